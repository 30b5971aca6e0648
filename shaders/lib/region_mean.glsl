// A region of the face by its samples, see lib/probe_sample.glsl.

// The mean colour of a region, and the share of its samples that are free of what is before it.
vec4 measured(int region, out float free) {
    int first = REGION_FIRST[region];
    int last = REGION_FIRST[region + 1];
    vec4 channel = channelOf(region);
    vec3 sum = vec3(0.0);
    float seen = 0.0;
    float top = 0.01;
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        float weight = bare(i, channel);
        sum += c * weight;
        seen += weight;
        top = max(top, luma(c) * smoothstep(0.0, 0.1, weight));
    }
    float mean = luma(sum) / seen;
    bool white = region == RIGHT_SCLERA || region == LEFT_SCLERA;
    // A second look: samples much darker than the mean (mouth seam, hair, lashes) hardly count, glints count less;
    // in the eye only the brightest count, which are its white.
    float total = 0.0;
    sum = vec3(0.0);
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        float off = (luma(c) - mean) / max(mean, 0.01);
        float weight = white ? exp2(16.0 * (luma(c) / top - 1.0)) : 1.0 / (1.0 + (off < 0.0 ? 12.0 : 1.0) * off * off);
        weight *= bare(i, channel);
        sum += c * weight;
        total += weight;
    }
    free = seen / float(last - first);
    return vec4(sum / total, luma(sum / total));
}

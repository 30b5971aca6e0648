// What tells the light besides skin, and the neck. Each is held times its trust (w), so what comes and goes fades.

const int ROOM_SIDE = 12; // samples a side of the square around the face
const highp float AROUND = 1.6; // half sides of the face's square that it reaches, as in render/face_row.py

vec3 tapped(highp vec2 at, highp float reach) {
    highp vec2 place = at / u_size;
    highp vec2 r = reach / u_size;
    vec3 sum = texture(u_frame, place + r).rgb + texture(u_frame, place - r).rgb
        + texture(u_frame, place + vec2(r.x, -r.y)).rgb + texture(u_frame, place - vec2(r.x, -r.y)).rgb;
    return toLinear(sum * 0.25);
}

// The white of the eyes, as far as they are open and free; of two the brighter counts more.
vec4 eyeWhites() {
    vec2 free;
    vec4 right = measured(RIGHT_SCLERA, free.x);
    vec4 left = measured(LEFT_SCLERA, free.y);
    vec2 open = clamp(2.0 * seenMore().zw, 0.0, 1.0) * smoothstep(0.05, 0.3, free);
    float top = max(max(right.w, left.w), 0.01);
    highp vec2 share = open * exp2(16.0 * (vec2(right.w, left.w) / top - 1.0));
    float trust = max(open.x, open.y);
    return vec4((right.rgb * share.x + left.rgb * share.y) * (trust / max(share.x + share.y, 1e-6)), trust);
}

// Teeth between open lips: less red than the skin, and bright. Tongue and shadow are neither.
vec4 teethShown(vec4 skin) {
    float bare = logChroma(skin.rgb).x;
    highp vec4 sum = vec4(0.0);
    for (int i = REGION_FIRST[TEETH]; i < REGION_FIRST[TEETH + 1]; i++) {
        vec3 c = sampled(i);
        float pale = smoothstep(-0.12, -0.30, logChroma(c).x - bare) * smoothstep(0.35, 0.75, luma(c) / skin.w);
        sum += vec4(c, 1.0) * pale;
    }
    float trust = smoothstep(0.1, 0.5, sum.w / float(REGION_FIRST[TEETH + 1] - REGION_FIRST[TEETH]));
    return vec4(sum.rgb * (trust / max(sum.w, 1e-3)), trust);
}

// The neck: what looks like this face's skin as far below the jaw as the second landmark of a pair lies above it.
vec4 neckShown(vec4 skin) {
    vec2 bare = logChroma(skin.rgb);
    highp vec4 box = faceBox();
    highp vec4 sum = vec4(0.0);
    for (int i = REGION_FIRST[NECK]; i < REGION_FIRST[NECK + 1]; i++) {
        highp vec2 at = 2.0 * landmark(SAMPLE_FIRST[i]).xy - landmark(SAMPLE_SECOND[i]).xy;
        bool inside = all(greaterThan(at, max(vec2(1.0), box.xy - AROUND * box.z)))
            && all(lessThan(at, min(u_size - 1.0, box.xy + AROUND * box.z)));
        if (!inside) continue;
        vec3 c = tapped(at, 0.02 * box.w);
        float level = luma(c) / skin.w;
        float weight = alike(logChroma(c), bare, 0.3) * smoothstep(0.12, 0.35, level) * smoothstep(1.8, 1.2, level);
        sum += vec4(c, 1.0) * weight;
    }
    float trust = smoothstep(0.05, 0.25, sum.w / float(REGION_FIRST[NECK + 1] - REGION_FIRST[NECK]));
    return vec4(sum.rgb * (trust / max(sum.w, 1e-3)), trust);
}

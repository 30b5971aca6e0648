// Measures each region's mean colour (one pixel of the target each) and steadies it in time without a read-back.
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "generated/samples.glsl"
#include "lib/probe_sample.glsl"

uniform highp sampler2D u_probe;
uniform float u_keep; // how much of the last measurement stays, 0 for a photo
out highp vec4 o_color;

void main() {
    int region = int(gl_FragCoord.x);
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
    vec4 now = vec4(sum / total, luma(sum / total));
    // Of what is hidden the last measurement stays.
    float hidden = u_keep > 0.0 ? 1.0 - smoothstep(0.05, 0.3, seen / float(last - first)) : 0.0;
    o_color = mix(now, texelFetch(u_probe, ivec2(region, u_face), 0), mix(u_keep, 1.0, hidden));
}

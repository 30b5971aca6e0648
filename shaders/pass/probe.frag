// Measures each region's mean colour, and what else tells the light (one pixel of the target each), and steadies it
// in time without a read-back.
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/log_chroma.glsl"
#include "generated/samples.glsl"

uniform sampler2D u_frame;
uniform highp sampler2D u_probe;
uniform float u_keep; // how much of the last measurement stays, 0 for a photo
out highp vec4 o_color;

vec3 sampled(int place) {
    highp vec2 at = 0.5 * (landmark(SAMPLE_FIRST[place]) + landmark(SAMPLE_SECOND[place])).xy / u_size;
    highp vec2 r = 0.008 * faceBox().w / u_size;
    vec3 sum = texture(u_frame, at + r).rgb + texture(u_frame, at - r).rgb
        + texture(u_frame, at + vec2(r.x, -r.y)).rgb + texture(u_frame, at - vec2(r.x, -r.y)).rgb;
    return toLinear(sum * 0.25);
}

vec4 measured(int region) {
    int first = REGION_FIRST[region];
    int last = REGION_FIRST[region + 1];
    vec3 sum = vec3(0.0);
    float top = 0.01;
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        sum += c;
        top = max(top, luma(c));
    }
    float mean = luma(sum) / float(last - first);
    bool white = region == RIGHT_SCLERA || region == LEFT_SCLERA;
    // A second look: samples much darker than the mean (mouth seam, hair, lashes) hardly count, glints count less;
    // in the eye only the brightest count, which are its white.
    float total = 0.0;
    sum = vec3(0.0);
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        float off = (luma(c) - mean) / max(mean, 0.01);
        float weight = white ? exp2(16.0 * (luma(c) / top - 1.0)) : 1.0 / (1.0 + (off < 0.0 ? 12.0 : 1.0) * off * off);
        sum += c * weight;
        total += weight;
    }
    return vec4(sum / total, luma(sum / total));
}

#include "lib/witness.glsl"
#include "lib/room.glsl"

vec4 witness(int region) {
    if (region == WHITES) return eyeWhites();
    vec4 skin = max(measured(SKIN), vec4(0.0005));
    if (region == NECK) return neckShown(skin);
    return region == TEETH ? teethShown(skin) : roomShown(skin);
}

void main() {
    int region = int(gl_FragCoord.x);
    vec4 now = region < NECK ? measured(region) : witness(region);
    o_color = mix(now, texelFetch(u_probe, ivec2(region, u_face), 0), u_keep);
}

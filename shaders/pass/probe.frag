// Measures each region's mean colour, and what else tells the light (one pixel of the target each), and steadies it
// in time without a read-back.
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/log_chroma.glsl"
#include "generated/samples.glsl"
#include "lib/probe_sample.glsl"

uniform highp sampler2D u_probe;
uniform float u_keep; // how much of the last measurement stays, 0 for a photo
out highp vec4 o_color;

#include "lib/region_mean.glsl"
#include "lib/witness.glsl"
#include "lib/room.glsl"

vec4 witness(int region) {
    if (region == WHITES) return eyeWhites();
    float free;
    vec4 skin = max(measured(SKIN, free), vec4(0.0005));
    if (region == NECK) return neckShown(skin);
    return region == TEETH ? teethShown(skin) : roomShown(skin);
}

void main() {
    int region = int(gl_FragCoord.x);
    float free = 1.0;
    vec4 now = region < NECK ? measured(region, free) : witness(region);
    // Of what is hidden the last measurement stays.
    float hidden = u_keep > 0.0 ? 1.0 - smoothstep(0.05, 0.3, free) : 0.0;
    o_color = mix(now, texelFetch(u_probe, ivec2(region, u_face), 0), mix(u_keep, 1.0, hidden));
}

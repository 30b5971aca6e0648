// Measures the hair and steadies it in time: first pixel mean linear colour and luminance, second how long it is and how far it stands.
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/head.glsl"
#include "lib/along_hair.glsl"

uniform sampler2D u_mean;
uniform highp sampler2D u_measured;
uniform float u_keep; // how much of the last measurement stays, 0 for a photo
out highp vec4 o_color;

void main() {
    highp vec4 bounds = hairBounds();
    highp vec3 sum = vec3(0.0);
    highp vec2 reach = vec2(0.0);
    highp float total = 1e-4;
    for (int i = 0; i < 256; i++) {
        highp vec2 at = mix(bounds.xy, bounds.zw, (vec2(i & 15, i >> 4) + 0.5) / 16.0);
        highp vec4 c = texture(u_mean, at);
        highp vec2 far = vec2(alongHair(fromSkull(at)), length(fromSkull(at)));
        far *= far;
        highp float weight = c.a * c.a;
        sum += c.rgb * weight;
        reach += far * far * weight;
        total += weight;
    }
    // The mean of the fourth power is near the longest strands, but no stray pixel decides.
    highp vec4 now = vec4(sum / total, luma(sum / total));
    if (int(gl_FragCoord.x) == 1) now = vec4(vec2(1.4, 1.2) * sqrt(sqrt(reach / total)), 0.0, 0.0);
    o_color = mix(now, texelFetch(u_measured, ivec2(gl_FragCoord.x, u_face), 0), u_keep);
}

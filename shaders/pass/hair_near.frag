// The head square in small: the frame's colours, and the hair mask in alpha.
#include "lib/landmark.glsl"
#include "lib/head.glsl"

uniform sampler2D u_frame;
uniform sampler2D u_hair;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    highp vec2 size = vec2(textureSize(u_frame, 0));
    highp vec2 at = headToFrame(v_at) / size;
    highp vec2 r = 0.33 / 96.0 * vec2(length(vec2(headRow(0).x, headRow(1).x))) / size;
    vec3 sum = texture(u_frame, at).rgb;
    for (int i = 0; i < 4; i++) {
        highp vec2 off = r * vec2(i < 2 ? 1.0 : -1.0, (i & 1) == 0 ? 1.0 : -1.0);
        sum += texture(u_frame, at + off).rgb;
    }
    o_color = vec4(sum * 0.2, texture(u_hair, v_at).r);
}

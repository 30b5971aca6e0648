// Where there is hair to draw: the largest value of the mask in and around each tile, see hair.vert.
#include "lib/landmark.glsl"
#include "lib/head.glsl"

uniform sampler2D u_hair;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    highp vec4 bounds = hairBounds();
    highp vec2 at = mix(bounds.xy, bounds.zw, v_at);
    highp vec2 step = (bounds.zw - bounds.xy) / 16.0 / 6.0 + 0.5 / 192.0;
    float most = 0.0;
    for (int y = -3; y <= 3; y++) {
        for (int x = -3; x <= 3; x++) {
            most = max(most, texture(u_hair, at + vec2(x, y) * step).r);
        }
    }
    o_color = vec4(most);
}

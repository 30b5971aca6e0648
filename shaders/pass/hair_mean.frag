// The hair's own colour around each place, linear, and how much hair there is.
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/head.glsl"

uniform sampler2D u_small;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    vec3 sum = vec3(0.0);
    float total = 0.0;
    float step = 2.0 / 128.0 * (1.5 / headReach());
    for (int y = -3; y <= 3; y++) {
        for (int x = -3; x <= 3; x++) {
            vec4 c = texture(u_small, v_at + vec2(x, y) * step);
            float weight = c.a * c.a * exp2(-0.11 * float(x * x + y * y));
            sum += toLinear(c.rgb) * weight;
            total += weight;
        }
    }
    o_color = vec4(sum / max(total, 1e-4), total / 13.5);
}

// One direction of a bilateral blur (Tomasi and Manduchi 1998): strong edges such as lips and brows stay out.
// Alpha tells how little the blur has moved the pixel off the sharp picture: 0 at strong edges.
#include "lib/color.glsl"

uniform sampler2D u_blurred;
uniform sampler2D u_near;
uniform vec2 u_step;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    vec3 centre = texture(u_blurred, v_at).rgb;
    vec3 sum = centre;
    float total = 1.0;
    for (int i = 1; i <= 3; i++) {
        highp vec2 off = u_step * (float(i) * 2.4 - 0.9);
        float near = exp2(-0.08 * float(i * i));
        vec3 a = texture(u_blurred, v_at + off).rgb;
        vec3 b = texture(u_blurred, v_at - off).rgb;
        float wa = near / (1.0 + 60.0 * dot(a - centre, a - centre));
        float wb = near / (1.0 + 60.0 * dot(b - centre, b - centre));
        sum += a * wa + b * wb;
        total += wa + wb;
    }
    vec3 wide = sum / total;
    float sharp = luma(toLinear(texture(u_near, v_at).rgb));
    float soft = max(luma(toLinear(wide)), 0.01);
    o_color = vec4(wide, 1.0 - smoothstep(0.10, 0.40, abs(sharp - soft) / soft));
}

// Skin: foundation, contour, blush, highlighter.
#include "generated/look.glsl"
#include "lib/color.glsl"
in highp vec3 v_face;
flat in vec3 f_light;
flat in vec4 f_skin;
flat in highp vec4 f_box;
out vec4 o_color;
#include "lib/grain.glsl"
#include "lib/pigment.glsl"
#include "lib/foundation.glsl"
#include "lib/cheek.glsl"
#include "lib/skin.glsl"

void main() {
    vec3 raw = camera(ivec2(gl_FragCoord.xy));
    vec3 c = toLinear(raw);
    vec3 near = toLinear(nearby(gl_FragCoord.xy, 0.011 * f_box.w));
    vec3 wide = toLinear(texture(u_soft, (gl_FragCoord.xy - f_box.xy) / f_box.z * 0.5 + 0.5).rgb);
    vec3 made = skinLook(c, near, wide, v_face.xy, v_face.z);
    o_color = vec4(raw + toSrgb(made) - toSrgb(c), 1.0);
}

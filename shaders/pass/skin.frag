// Skin: foundation, contour, blush, highlighter.
#include "generated/look.glsl"
#include "lib/color.glsl"
in highp vec3 v_face;
out vec4 o_color;
#include "lib/skin.glsl"

void main() {
    vec3 raw = camera(ivec2(gl_FragCoord.xy));
    vec3 c = toLinear(raw);
    highp vec2 place = inBox(gl_FragCoord.xy);
    vec3 near = toLinear(texture(u_near, place).rgb);
    vec4 wide = texture(u_wide, place);
    wide.rgb = toLinear(wide.rgb);
    vec3 made = skinLook(c, near, wide, v_face.xy, v_face.z * allowed(parts(place).g));
    o_color = vec4(shown(made, c, raw), 1.0);
}

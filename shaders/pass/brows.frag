// Brows: what lies on the skin under them, then their hair. The strip below is drawn by eyes.frag.
#include "generated/look.glsl"
#include "lib/color.glsl"
in highp vec4 v_face;
flat in vec4 f_brow;
flat in vec2 f_seen;
out vec4 o_color;
#include "lib/skin.glsl"
#include "lib/brows.glsl"

void main() {
    vec3 raw = camera(ivec2(gl_FragCoord.xy));
    vec3 c = toLinear(raw);
    highp vec2 place = inBox(gl_FragCoord.xy);
    vec3 near = toLinear(texture(u_near, place).rgb);
    vec4 wide = texture(u_wide, place);
    wide.rgb = toLinear(wide.rgb);
    vec2 bare = f_seen * allowed(parts(place).g); // this eye, this cheek
    vec3 made = skinLook(c, near, wide, v_face.xy, bare.y);
    made = mix(made, brows(made, v_face.zw), bare.x);
    o_color = vec4(shown(made, c, raw), 1.0);
}

// Eyes: what lies on the skin around them, then shadow, liner, brows, eyeball, lashes on top.
#include "generated/look.glsl"
#include "lib/color.glsl"
in highp vec4 v_face;
in highp vec4 v_region;
in highp vec4 v_eye;
flat in vec4 f_lid;
flat in vec4 f_iris;
flat in vec4 f_brow;
flat in float f_dim;
flat in vec2 f_seen;
flat in float f_pixel;
out vec4 o_color;
#include "lib/skin.glsl"
#include "lib/eyeshadow.glsl"
#include "lib/eyeliner.glsl"
#include "lib/lashes.glsl"
#include "lib/brows.glsl"
#include "lib/eyeball.glsl"

void main() {
    vec3 raw = camera(ivec2(gl_FragCoord.xy));
    vec3 c = toLinear(raw);
    highp vec2 place = inBox(gl_FragCoord.xy);
    vec3 near = toLinear(texture(u_near, place).rgb);
    vec4 wide = texture(u_wide, place);
    wide.rgb = toLinear(wide.rgb);
    float along = v_region.x;
    float upper = v_region.y;
    float off = v_region.w;
    float opening = 1.0 - smoothstep(-0.010, 0.004, off);
    vec4 part = parts(place);
    vec2 bare = f_seen * allowed(part.g); // this eye, this cheek
    vec3 made = skinLook(c, near, wide, v_face.xy, bare.y * (1.0 - opening));

    float shade = luma(c) / f_lid.w;
    vec3 eye = eyeshadow(made, clamp(shade, 0.0, 2.5), along, upper, max(v_region.z, 0.0), v_face.xy * 4.0);
    eye = mix(eye, made, opening);
    eye = eyeball(eye, opening * allowed(part.b), v_eye.zw);
    eye = brows(eye, v_face.zw);
    eye = eyeliner(eye, min(shade, 1.5), along, upper, off, v_eye.xy);
    eye = lashes(eye, along, upper, off);
    made = mix(made, eye, bare.x);
    o_color = vec4(shown(made, c, raw), 1.0);
}

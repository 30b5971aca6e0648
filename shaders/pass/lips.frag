// Lips: what lies on the skin around them, then lipstick, liner; teeth in the opening.
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/chroma.glsl"
in highp vec4 v_face;
in highp vec4 v_region;
in highp vec2 v_inside;
flat in vec4 f_lips;
flat in float f_redness;
flat in vec4 f_upper;
flat in vec4 f_lower;
flat in vec2 f_trust;
flat in vec2 f_seen;
flat in float f_sealed;
flat in float f_pixel;
out vec4 o_color;
#include "lib/skin.glsl"
#include "lib/lip_edge.glsl"
#include "lib/lipstick.glsl"
#include "lib/lip_liner.glsl"
#include "lib/teeth.glsl"

void main() {
    vec3 raw = camera(ivec2(gl_FragCoord.xy));
    vec3 c = toLinear(raw);
    highp vec2 place = inBox(gl_FragCoord.xy);
    vec3 near = toLinear(texture(u_near, place).rgb);
    vec4 wide = texture(u_wide, place);
    wide.rgb = toLinear(wide.rgb);
    float y = luma(c);
    float shade = min(y / f_lips.w, 3.0);
    vec4 part = parts(place);
    // Corners are finer than the parsing: landmarks decide there.
    part.r = max(part.r, 0.35 * (1.0 - smoothstep(0.05, 0.20, min(v_region.x, 1.0 - v_region.x))));
    float bare = allowed(part.g);
    float upper = smoothstep(-0.3, 0.3, v_region.y);
    float trust = mix(f_trust.y, f_trust.x, upper);
    float hue = lipness(0.5 * (near + wide.rgb), upper);
    float free = mix(uncovered(wide.rgb, lipness(wide.rgb, upper), trust), bare * mix(smoothstep(0.02, 0.15, part.r), 1.0, f_sealed), f_parsed);
    float covered = f_seen.x * free * innerEdge(v_inside.y, c, y, near, part);
    float feather = mix(0.015, 0.075, lips_softness);

    vec3 made = skinLook(c, near, wide, v_face.xy, f_seen.y * bare * (1.0 - smoothstep(-0.02, 0.0, v_inside.x)));
    made = lipstick(made, shade, v_region.z, outerEdge(v_inside.x, hue, trust, feather, part.r) * covered, v_face.zw);
    made = lipLiner(made, shade, v_inside.x, outerEdge(v_inside.x, hue, trust, 0.02, part.r) * covered);
    float inMouth = (1.0 - smoothstep(-0.006, 0.004, v_inside.y)) * (1.0 - f_sealed);
    made = teeth(made, f_seen.y * mix(inMouth, smoothstep(0.3, 0.7, part.a), f_parsed));
    o_color = vec4(shown(made, c, raw), 1.0);
}

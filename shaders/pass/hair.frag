// Hair: the mask at the strands' own resolution, and the colour.
#include "generated/look.glsl"
#include "lib/color.glsl"

uniform sampler2D u_frame;
uniform sampler2D u_drawn; // the frame with the makeup on it, in f_drawn
uniform sampler2D u_hair;
uniform highp sampler2D u_fit;
in highp vec2 v_head;
in vec4 v_around;
in vec4 v_unlike;
in highp vec4 v_at;
flat in vec3 f_light;
flat in highp vec4 f_drawn;
flat in vec4 f_root;
flat in vec4 f_tip;
flat in vec3 f_rootShade;
flat in vec3 f_tipShade;
flat in vec4 f_rootEase;
flat in vec4 f_tipEase;
flat in vec2 f_line;
flat in vec4 f_hair;
out vec4 o_color;
#include "lib/dye.glsl"
#include "lib/hair.glsl"

// The frame around a pixel, a knight's move each way.
vec3 calmed(ivec2 at, vec3 raw) {
    vec3 sum = raw + texelFetch(u_frame, at + ivec2(1, 2), 0).rgb + texelFetch(u_frame, at + ivec2(2, -1), 0).rgb;
    return 0.2 * (sum + texelFetch(u_frame, at - ivec2(1, 2), 0).rgb + texelFetch(u_frame, at - ivec2(2, -1), 0).rgb);
}

void main() {
    highp vec2 at = gl_FragCoord.xy;
    vec3 raw = texelFetch(u_frame, ivec2(at), 0).rgb;
    bool before = all(greaterThan(at, f_drawn.xy)) && all(lessThan(at, f_drawn.zw));
    vec3 drawn = before ? texelFetch(u_drawn, ivec2(at), 0).rgb : raw;
    float mask = texture(u_hair, v_head).r;
    highp vec4 fit = texture(u_fit, v_head);
    float hair = clamp((dot(fit.rgb, raw) + fit.a - 0.08) / 0.84, 0.0, 1.0);
    // Away from its edge the mask has the last word.
    hair = clamp(hair, ramp(0.8, 0.96, mask), ramp(0.08, 0.32, mask)) * f_hair.y;
    // At the hairline and the ears: 0 where a pixel has the skin's colour rather than the hair's, if those differ.
    float unlike = ramp(0.08, 0.45, dot(v_unlike.xyz, raw) + v_unlike.w);
    hair *= mix(1.0, unlike, v_at.z * ramp(1.0, 0.9, mask));
    // The square's rim cuts no hair off: what goes on beyond it loses the colour on the way.
    highp vec2 inside = min(v_head, 1.0 - v_head);
    hair *= clamp(14.0 * min(inside.x, inside.y), 0.0, 1.0);
    if (hair < 0.004) discard;
    // Where strands are mixed with what is behind them, their own colour is that of the hair around.
    vec3 c = toLinear(drawn);
    float own = ramp(0.4, 0.9, hair);
    vec3 strand = mix(v_around.rgb, c, own);
    float calm = mix(luma(v_around.rgb), luma(toLinear(calmed(ivec2(at), raw))), own) + DARK;
    vec3 dyed = hairColor(strand, calm, ramp(0.9, 0.99, mask));
    // No lighter than hair and background make it: a mask that is too wide draws no rim.
    vec3 made = min(c + (dyed - strand) * hair, max(c, dyed) + (0.5 - 0.5 * hair) * c);
    o_color = vec4(shown(made, c, drawn), 1.0);
}

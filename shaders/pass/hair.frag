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
in highp vec3 v_at;
flat in vec3 f_light;
flat in highp vec4 f_drawn;
flat in vec4 f_root;
flat in vec4 f_tip;
flat in vec3 f_rootEase;
flat in vec3 f_tipEase;
flat in vec2 f_line;
flat in vec3 f_hair;
out vec4 o_color;
#include "lib/dye.glsl"
#include "lib/hair.glsl"

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
    if (hair < 0.004) discard;
    // Where strands are mixed with what is behind them, their own colour is that of the hair around.
    vec3 c = toLinear(drawn);
    vec3 strand = mix(v_around.rgb, c, ramp(0.4, 0.9, hair));
    vec3 made = c + (hairColor(strand) - strand) * hair;
    o_color = vec4(shown(made, c, drawn), 1.0);
}

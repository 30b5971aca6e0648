// Hair: the mask at the strands' own resolution, and the colour.
#include "generated/look.glsl"
#include "lib/color.glsl"

uniform sampler2D u_frame;
uniform sampler2D u_drawn; // the frame with the makeup on it
uniform sampler2D u_hair;
uniform highp sampler2D u_fit;
in highp vec2 v_head;
in vec4 v_around;
in vec4 v_unlike;
in highp vec3 v_at;
flat in vec3 f_light;
flat in vec4 f_root;
flat in vec4 f_tip;
flat in vec3 f_rootEase;
flat in vec3 f_tipEase;
flat in vec3 f_hair;
out vec4 o_color;
#include "lib/dye.glsl"
#include "lib/hair.glsl"

void main() {
    float mask = texture(u_hair, v_head).r;
    vec3 raw = texelFetch(u_frame, ivec2(gl_FragCoord.xy), 0).rgb;
    highp vec4 fit = texture(u_fit, v_head);
    float hair = clamp((dot(fit.rgb, raw) + fit.a - 0.08) / 0.84, 0.0, 1.0);
    // Away from its edge the mask has the last word.
    hair = clamp(hair, smoothstep(0.75, 1.0, mask), smoothstep(0.08, 0.35, mask)) * f_hair.y;
    // At the hairline and the ears: 0 where a pixel has the skin's colour rather than the hair's, if those differ.
    float unlike = smoothstep(0.05, 0.5, dot(v_unlike.xyz, raw) + v_unlike.w);
    hair *= mix(1.0, unlike, v_at.z * (1.0 - smoothstep(0.9, 1.0, mask)));
    if (hair < 0.004) discard;
    // Where strands are mixed with what is behind them, their own colour is that of the hair around.
    vec3 strand = mix(v_around.rgb, toLinear(raw), smoothstep(0.35, 0.95, hair));
    vec3 drawn = texelFetch(u_drawn, ivec2(gl_FragCoord.xy), 0).rgb;
    vec3 c = toLinear(drawn);
    vec3 made = c + (hairColor(strand) - strand) * hair;
    o_color = vec4(shown(made, c, drawn), 1.0);
}

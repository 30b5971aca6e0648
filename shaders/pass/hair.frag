// Hair: the mask at the strands' own resolution, and the colour.
#include "generated/look.glsl"
#include "lib/color.glsl"

uniform sampler2D u_frame;
uniform sampler2D u_drawn; // the frame with the makeup on it
uniform sampler2D u_hair;
uniform highp sampler2D u_fit;
uniform sampler2D u_mean;
in highp vec2 v_head;
flat in vec3 f_light;
flat in vec3 f_skin;
flat in vec4 f_mean;
flat in float f_long;
flat in float f_here;
out vec4 o_color;
#include "lib/hair.glsl"
#include "lib/along_hair.glsl"

// At the hairline and the ears: 0 where a pixel has the skin's colour rather than the hair's, if those differ.
float unlikeSkin(vec3 hair, vec3 raw) {
    vec3 skin = sqrt(f_skin);
    vec3 way = hair - skin;
    float apart = dot(way, way);
    float unlike = smoothstep(0.05, 0.5, dot(raw - skin, way) / max(apart, 1e-3));
    float face = 1.0 - smoothstep(0.95, 1.2, length((v_head - 0.5) * vec2(5.8, 5.0)));
    return mix(1.0, unlike, smoothstep(0.01, 0.05, apart) * face);
}

void main() {
    highp vec2 r = vec2(1.3 / 128.0, 0.0);
    float mask = 0.25 * (texture(u_hair, v_head + r).r + texture(u_hair, v_head - r).r
        + texture(u_hair, v_head + r.yx).r + texture(u_hair, v_head - r.yx).r);
    vec3 raw = texelFetch(u_frame, ivec2(gl_FragCoord.xy), 0).rgb;
    highp vec4 fit = texture(u_fit, v_head);
    float hair = clamp((dot(fit.rgb, raw) + fit.a - 0.08) / 0.84, 0.0, 1.0);
    // Away from its edge the mask has the last word.
    hair = clamp(hair, smoothstep(0.75, 1.0, mask), smoothstep(0.0, 0.3, mask)) * f_here;
    vec3 around = texture(u_mean, v_head).rgb;
    hair *= mix(unlikeSkin(sqrt(around), raw), 1.0, smoothstep(0.9, 1.0, mask));
    if (hair < 0.004) discard;
    // Where strands are mixed with what is behind them, their own colour is that of the hair around.
    vec3 strand = mix(around, toLinear(raw), smoothstep(0.35, 0.95, hair));
    vec3 drawn = texelFetch(u_drawn, ivec2(gl_FragCoord.xy), 0).rgb;
    vec3 c = toLinear(drawn);
    vec3 made = c + (hairColor(strand, around, alongHair(v_head) / f_long) - strand) * hair;
    o_color = vec4(shown(made, c, drawn), 1.0);
}

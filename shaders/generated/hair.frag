// Generated from shaders/pass/hair.frag by prink_export.codegen; do not edit.
// Hair: the mask at the strands' own resolution, and the colour.
// Generated from sdk/prink/params/schema.py by prink_export.codegen; do not edit.

uniform mediump vec4 u_look[31];
#define lips_color u_look[0]
#define lips_inner u_look[1]
#define lips_gloss u_look[2].x
#define lips_gloss_sharpness u_look[2].y
#define lips_shimmer u_look[2].z
#define lips_metallic u_look[2].w
#define lips_softness u_look[3].x
#define lips_inner_ratio u_look[3].y
#define lip_liner_color u_look[4]
#define lip_liner_width u_look[5].x
#define eyeshadow_lid u_look[6]
#define eyeshadow_crease u_look[7]
#define eyeshadow_outer u_look[8]
#define eyeshadow_shimmer u_look[9].x
#define eyeshadow_height u_look[9].y
#define eyeshadow_blend u_look[9].z
#define eyeliner_color u_look[10]
#define eyeliner_thickness u_look[11].x
#define eyeliner_wing u_look[11].y
#define eyeliner_smudge u_look[11].z
#define eyeliner_lower u_look[11].w
#define lashes_color u_look[12]
#define lashes_length u_look[13].x
#define lashes_density u_look[13].y
#define brows_color u_look[14]
#define brows_definition u_look[15].x
#define blush_color u_look[16]
#define blush_placement u_look[17].x
#define blush_size u_look[17].y
#define contour_color u_look[18]
#define contour_nose u_look[19].x
#define highlight_color u_look[20]
#define highlight_shimmer u_look[21].x
#define foundation_color u_look[22]
#define foundation_match u_look[23].x
#define foundation_smoothing u_look[23].y
#define foundation_dewiness u_look[23].z
#define eyes_iris u_look[24]
#define eyes_whitening u_look[25].x
#define teeth_whitening u_look[26].x
#define hair_root u_look[27]
#define hair_tip u_look[28]
#define hair_line u_look[29].x
#define hair_softness u_look[29].y
#define hair_lightening u_look[29].z
#define hair_shine u_look[29].w
#define hair_grey u_look[30].x
// Colour: sRGB to linear light and back, luminance.

const vec3 LUMA = vec3(0.2126, 0.7152, 0.0722); // Rec. 709

float luma(vec3 c) {
    return dot(c, LUMA);
}

// Cubic fit of the sRGB decoding curve, within 0.002 (Chilliant 2012).
vec3 toLinear(vec3 s) {
    return s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878);
}

// Its inverse, fitted to give every byte back (within 0.09 of a step) at the price of one square root.
vec3 toSrgb(vec3 l) {
    vec3 s = sqrt(max(l, vec3(0.0)) + 0.0000441068);
    return s * (1.20287316 + 0.06482727 * l) - 0.25910589 * l - 0.00833810;
}

// The drawn pixel, or the camera's own bytes where nothing was drawn.
vec3 shown(vec3 made, vec3 c, vec3 raw) {
    return made == c ? raw : toSrgb(made);
}

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
// Hair colour. Its twin for training, sdk/prink/render/reference/hair.py, is changed by hand.

// A strand after the dye. What is laid on is hue and depth; the strand's light relative to the hair around it, and
// that of the hair around it relative to all of it, stay: they are volume and shine.
vec3 dyed(vec3 strand, vec3 around, vec3 swatch) {
    vec3 target = swatch * f_light;
    float deep = luma(target);
    // Dye without bleach hardly lightens: dark hair takes red as a glint of red.
    float reach = min(deep, 1.35 * f_mean.w + 0.008);
    float y = mix(reach, deep, hair_lightening);
    float stops = max(log2((y + 0.003) / (f_mean.w + 0.003)), 0.0);
    float broad = clamp((luma(around) + 0.003) / (f_mean.w + 0.003), 0.25, 3.0);
    float fine = (luma(strand) + 0.003) / (luma(around) + 0.003);
    // Dark hair has more contrast than light hair: bleach takes some of it away.
    float lit = pow(broad, 1.0 / (1.0 + 0.04 * stops)) * pow(fine, 1.0 / (1.0 + 0.10 * stops));
    float over = max(lit - 1.0, 0.0);
    y *= min(lit, 1.0) + over / (1.0 + over * min(2.2 * y + 0.1 * stops, 1.2));
    y = min(y, 0.65) + 0.33 * (1.0 - exp2(-max(y - 0.65, 0.0) * 4.4)); // white hair is not a white patch
    vec3 made = target * (y / max(deep, 1e-4));
    // A highlight is the light's colour, not the hair's.
    float shine = 0.6 * hair_shine * smoothstep(1.2, 3.2, broad * fine);
    made = mix(made, f_light * (y / luma(f_light)), shine);
    // Darkening does not take the glints off the strands' surface.
    float glint = max(luma(strand) - 1.4 * f_mean.w, 0.0) * clamp(1.0 - y / f_mean.w, 0.0, 1.0);
    return made + f_light * (0.8 * hair_shine * glint / luma(f_light));
}

// How grey a strand is: pale and without hue.
float greyness(vec3 strand) {
    float top = max(strand.r, max(strand.g, strand.b));
    float low = min(strand.r, min(strand.g, strand.b));
    return (1.0 - smoothstep(0.15, 0.45, (top - low) / max(top, 1e-3))) * smoothstep(0.06, 0.20, luma(strand) / luma(f_light));
}

// Root colour, then tip colour beyond the line.
vec3 hairColor(vec3 strand, vec3 around, highp float along) {
    float soft = mix(0.03, 0.45, hair_softness);
    float line = mix(-soft, 1.0 + soft, hair_line);
    float takes = mix(1.0 - greyness(strand), 1.0, hair_grey);
    vec3 made = mix(strand, dyed(strand, around, hair_root.rgb), hair_root.a * takes);
    float tip = hair_tip.a * smoothstep(line - soft, line + soft, along);
    return tip > 0.0 ? mix(made, dyed(strand, around, hair_tip.rgb), tip * takes) : made;
}
// How far along a strand a place of the head square lies, in face sizes: over the skull from the crown to the height
// of the ears, then straight down. The skull is a ball that shows its front.

const float SKULL = 0.6; // radius, in face sizes

highp float alongHair(highp vec2 at) {
    highp vec2 q = (at - vec2(0.5, 0.45)) * 3.0;
    highp float r = length(q);
    if (q.y > 0.0) return 1.5708 * SKULL + q.y + 0.3 * max(r - SKULL, 0.0);
    return acos(clamp(-q.y / max(r, SKULL), 0.0, 1.0)) * SKULL + max(r - SKULL, 0.0);
}

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

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
#define hair_root_shadow u_look[30].y
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
// What a hair dye comes to on this head in this light: the same at every corner.

const float DARK = 0.003; // luminance that sensors cannot tell from black
// What bleach leaves of the pigment at a luminance: red, then orange, gold and yellow, level 3 to 10 of hairdressers.
const vec3 LIFTED = vec3(0.55, 1.05, 1.9);

vec3 lifted(float y) {
    vec3 left = pow(vec3(clamp(y, 0.004, 0.8)), LIFTED);
    return left / luma(left);
}

// How much of its own colour the hair keeps at a distance from the roots. longest: both in face sizes.
float naturalRoot(float far, float longest) {
    float less = 1.0 - hair_root_shadow;
    float near = clamp(1.5 - 1.5 * far / min(1.1 - 0.85 * less, 0.75 * longest), 0.0, 1.0);
    return (1.0 - less * less * less * less * less) * near * near * (3.0 - 2.0 * near);
}

// hue: the dye at luminance one, and how light the hair becomes; shade: the hue in the depth between strands; ease: how
// much of its contrast the hair around, each strand, its highlights and what is finer than a strand keep.
void setDye(vec3 swatch, vec3 light, float hair, out vec4 hue, out vec3 shade, out vec4 ease) {
    vec3 target = swatch * light;
    float deep = max(luma(target), 1e-4);
    // Dye without bleach hardly lightens: dark hair takes red as a glint of red.
    float reach = min(deep, 1.35 * hair + 0.008);
    float y = mix(reach, deep, hair_lightening);
    float by = max(log2(y / reach), 0.0); // stops that bleach gave
    // Toner hides what pigment bleach left only where the hair was lifted as far as the swatch asks.
    float untoned = (1.0 - hair_lightening) * min(0.35 * by, 1.0);
    float white = luma(light);
    vec3 pigment = light / white * lifted(y / white);
    vec3 tone = mix(target / deep, pigment / luma(pigment), untoned);
    hue = vec4(tone, y);
    // Light in the depth passed more strands: their colour twice and, under a blond, more of what bleach left.
    vec3 own = max(tone, vec3(0.02));
    float blond = clamp(5.0 * min(swatch.r - swatch.g, swatch.g - swatch.b) / max(swatch.g, 1e-3), 0.0, 1.0);
    shade = own * mix(sqrt(own), pow(lifted(0.25 * y / white) / lifted(y / white), vec3(0.5)), blond);
    shade /= luma(shade);
    // Dark hair has more contrast than light hair, whose strands light each other: bleach takes some of it away. What
    // is finest may hardly grow on the screen, or the sensor's noise would, to four times its size on black hair.
    float stops = max(log2((y + DARK) / (hair + DARK)), 0.0);
    float glow = 0.4 * y * min(0.5 * stops, 1.0);
    float strands = min(1.0 / (1.0 + 0.10 * stops + 0.5 * glow), 6.0 * exp2(-0.5 * stops));
    float fine = min(1.2 * exp2(-0.5 * stops), strands);
    ease = vec4(1.0 / (1.0 + 0.04 * stops + glow), strands, min(2.2 * y + 0.2 * stops, 1.8), fine);
    // Highlights make the mean of dark hair: most of it is darker, and is lifted as far.
    hue.w *= exp2(0.12 * max(stops - 2.0, 0.0) * (1.0 - y));
}
// Hair colour; dye.glsl prepares it. Their twin for training, sdk/prink/render/reference/hair.py, is changed by hand.

// 0 at low, 1 at high, straight between: hair covers more pixels than anything else, and smoothstep costs twice this.
float ramp(float low, float high, float x) {
    return clamp((x - low) / (high - low), 0.0, 1.0);
}

// How grey a strand is: pale and without hue.
float greyness(vec3 strand, float y) {
    float top = max(strand.r, max(strand.g, strand.b));
    float low = min(strand.r, min(strand.g, strand.b));
    return ramp(0.48, 0.15, (top - low) / max(top, 1e-3)) * ramp(0.06, 0.20, y * f_hair.z);
}

// A strand after the dye: root colour, beyond the line tip colour. What is laid on is hue and depth; a strand's light
// relative to the hair around it, and that of the hair around relative to all hair, stay: they are volume and shine.
// calm: the luminance here without the sensor's noise, and DARK; firm: 0 where what is behind the hair shines through.
vec3 hairColor(vec3 strand, float calm, float firm) {
    float y = luma(strand);
    float tip = hair_tip.a * smoothstep(f_line.x, f_line.y, v_at.x);
    float cover = 1.0 - (1.0 - hair_root.a) * (1.0 - tip);
    float ends = tip / max(cover, 1e-4);
    vec4 hue = mix(f_root, f_tip, ends);
    vec4 ease = mix(f_rootEase, f_tipEase, ends);

    float lit = exp2(v_at.y * ease.x + (log2(calm) - v_around.w) * ease.y);
    // What shines through would be lifted with the hair, as a rim of light around it.
    firm = max(firm, 1.0 - 6.0 * (1.0 - ease.y));
    float over = max(lit - 1.0, 0.0) * firm;
    float made = hue.w * (min(lit, 0.85 + 0.15 * firm) + over / (1.0 + over * ease.z));
    made *= 1.0 + clamp(((y + DARK) / calm - 1.0) * ease.w, -0.6, 0.8);
    float white = max(made - 0.65, 0.0); // white hair is not a white patch
    made = min(made, 0.65) + white / (1.0 + 2.6 * white);
    // A highlight is the light's colour, not the hair's, and darkening does not take it off the strands' surface.
    float shine = 0.6 * hair_shine * ramp(1.3, 2.7, lit);
    float glint = 0.8 * hair_shine * max(y - f_hair.w, 0.0) * clamp(1.0 - hue.w / f_hair.x, 0.0, 1.0);
    vec3 tone = mix(mix(f_rootShade, f_tipShade, ends), hue.rgb, min(lit, 1.0));
    vec3 dyed = tone * (made * (1.0 - shine)) + f_light * ((made * shine + glint) * f_hair.z);
    cover *= 1.0 - v_at.w;
    if (hair_grey < 1.0) cover *= 1.0 - greyness(strand, y) * (1.0 - hair_grey);
    return mix(strand, dyed, cover);
}

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

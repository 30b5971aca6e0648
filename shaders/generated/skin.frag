// Generated from shaders/pass/skin.frag by prink_export.codegen; do not edit.
// Skin: foundation, contour, blush, highlighter.
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
in highp vec3 v_face;
out vec4 o_color;
// The fragment side of lib/skin_flat.glsl.
flat in vec3 f_light;
flat in vec4 f_skin;
flat in vec4 f_tone;
flat in highp vec4 f_box;
flat in vec3 f_contour;
flat in highp vec4 f_blush;
flat in float f_lean;
flat in highp float f_grain;
flat in float f_parsed;
// What the pixels of the face are, where the host had it parsed: r lips, g face (what makeup may cover; no hand, hair,
// beard, lens), b open eye, a teeth. f_parsed tells how far that decides; at 0 landmarks alone do.

uniform sampler2D u_parts; // made by parts.frag, in the square around the face

vec4 parts(highp vec2 place) {
    return texture(u_parts, place);
}

// How much of a product its part lets through: where the parsing is unsure, geometry and colour decide.
float allowed(float part) {
    return mix(1.0, smoothstep(0.25, 0.65, part), f_parsed);
}
// Small-scale texture from one tiling picture: r white noise, g soft noise, b strokes along v, a sparse sparkles.

uniform sampler2D u_grain;

// Sparkles anchored in region coordinates, so they stay put when the head moves.
float sparkle(highp vec2 place) {
    return texture(u_grain, place).a;
}

// The same over the flat face, unfiltered: its texels are about as large as pixels, see lib/skin_flat.glsl.
float glitter(highp vec2 face) {
    ivec2 at = ivec2(face * f_grain) & 127;
    return texelFetch(u_grain, at, 1).a;
}

float stroke(highp vec2 place) {
    return texture(u_grain, place).b;
}
// How a product meets the skin under it. `c` is the camera pixel, `y` its luminance, all linear.

// Opaque pigment replaces the albedo and keeps the shading, which is the pixel's luminance over its region's mean.
vec3 paint(vec3 c, vec4 pigment, vec3 shaded, float mask) {
    return mix(c, pigment.rgb * shaded, pigment.a * mask);
}

// Sheer powder: its hue is laid on, its luminance stays near the skin's, so it never greys or bruises.
vec3 veil(vec3 c, vec4 pigment, vec3 shaded, float mask) {
    vec3 target = pigment.rgb * shaded;
    float y = luma(c);
    float lit = max(luma(target), 1e-4);
    target *= clamp(lit, 0.62 * y, 1.15 * y) / lit;
    return mix(c, target, pigment.a * mask);
}
// Foundation, smoothing and dew.

// Blotches are what lies between two blurs; pores are finer than both and stay. wide.a is zero at strong edges.
vec3 smoothed(vec3 c, vec3 near, vec4 wide, float amount) {
    return max(c + (wide.rgb - near) * (wide.a * amount), 0.3 * c);
}

vec3 foundation(vec3 c, vec3 near, vec4 wide, float mask) {
    c = smoothed(c, near, wide, foundation_smoothing * (2.0 - foundation_smoothing) * mask);
    float y = luma(c);
    // The wearer's own shade keeps half of how it varies over the face, or warm and dark skin would turn grey.
    vec3 own = 0.5 * (f_tone.rgb + wide.rgb / max(luma(wide.rgb), 0.004));
    vec3 shade = mix(foundation_color.rgb * f_light * f_tone.w, own, foundation_match);
    c = mix(c, shade * y, 0.85 * foundation_color.a * mask);
    float sheen = smoothstep(0.95, 1.9, y * f_tone.w);
    return c + (foundation_dewiness * mask * sheen * 0.45 * y) * (0.5 + 0.5 * f_light);
}
// Blush, contour and highlighter.

// A slanted oval that travels from the apple of the cheek to the cheekbone, in flat face coordinates.
float blushMask(highp vec2 face) {
    highp vec2 d = vec2(abs(face.x - 0.5), face.y) - f_blush.xy;
    vec2 q = vec2(d.x + f_lean * d.y, d.y + f_lean * d.x) * f_blush.zw;
    float r = max(1.0 - 0.25 * dot(q, q), 0.0);
    return r * r;
}

vec3 blush(vec3 c, highp vec2 face, float onSkin) {
    float y = luma(c) * f_tone.w;
    return veil(c, blush_color, f_light * y * 0.9, blushMask(face) * onSkin * 0.6);
}

// A thin brown film filters what the skin sends back, so it darkens every skin by the same share.
vec3 contour(vec3 c, vec4 mask, float onSkin) {
    float amount = contour_color.a * max(mask.g, mask.a * contour_nose) * onSkin;
    return c * mix(vec3(1.0), f_contour, amount);
}

// Powder that shines where the skin already catches light.
vec3 highlight(vec3 c, highp vec2 face, vec4 mask, float onSkin) {
    float y = luma(c) * f_tone.w;
    float glow = highlight_color.a * mask.b * onSkin * smoothstep(0.55, 1.45, y);
    float sparkles = highlight_shimmer * (6.0 * glitter(face) - 0.1);
    return c + highlight_color.rgb * (0.65 * luma(c) + 0.07 * luma(f_light)) * glow * (1.0 + sparkles);
}
// Everything that lies on bare skin, in the order a make-up artist applies it.

uniform sampler2D u_frame;
uniform sampler2D u_near; // the face at one pixel per 2 % of the inter-ocular distance
uniform sampler2D u_wide; // the same after a bilateral blur
uniform sampler2D u_mask; // in flat face coordinates: r foundation, g contour, b highlight, a sides of the nose

vec3 camera(ivec2 pixel) {
    return texelFetch(u_frame, pixel, 0).rgb;
}

// How much a pixel looks like this face's skin: 0 on hair, nostrils, glasses, cloth.
float skinLikeness(vec3 c) {
    float y = max(luma(c), 0.003);
    vec2 off = c.rb / y - f_tone.rb;
    float hue = clamp(1.2 - 1.7 * dot(off, off), 0.0, 1.0);
    return hue * smoothstep(0.10, 0.42, y * f_tone.w);
}

// Where a frame pixel lies in the square around the face.
highp vec2 inBox(highp vec2 at) {
    return (at - f_box.xy) / f_box.z * 0.5 + 0.5;
}

vec3 skinLook(vec3 c, vec3 near, vec4 wide, highp vec2 face, float seen) {
    vec4 mask = texture(u_mask, face);
    float onSkin = skinLikeness(c) * seen;
    c = foundation(c, near, wide, mask.r * onSkin);
    c = contour(c, mask, onSkin);
    c = blush(c, face, onSkin);
    return highlight(c, face, mask, onSkin);
}

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

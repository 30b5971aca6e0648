// Generated from shaders/pass/hair.vert by prink_export.codegen; do not edit.
// The part of the head square with hair, in tiles, of which those without any are left out. What changes slowly
// over the hair is worked out at their corners.
// Generated from export/prink_export/face_mesh/rings.py by prink_export.codegen; do not edit.

#define LIPS 0
#define SKIN 1
#define RIGHT_LID 2
#define LEFT_LID 3
#define RIGHT_IRIS 4
#define LEFT_IRIS 5
#define RIGHT_BROW 6
#define LEFT_BROW 7
#define RIGHT_SCLERA 8
#define LEFT_SCLERA 9
#define RIGHT_CHEEK 10
#define LEFT_CHEEK 11
#define LOWER_LIP 12
#define UPPER_LIP 13
#define BELOW_LIPS 14
#define ABOVE_LIPS 15
#define REGIONS 16
const int REGION_FIRST[17] = int[17](0, 28, 51, 59, 67, 71, 75, 81, 87, 103, 119, 123, 127, 141, 155, 167, 179);
const int SAMPLE_FIRST[179] = int[179](90, 90, 180, 180, 85, 85, 16, 16, 315, 315, 404, 404, 320, 320, 304, 304, 303, 303, 302, 302, 11, 11, 72, 72, 73, 73, 74, 74, 117, 50, 205, 36, 118, 117, 36, 101, 346, 280, 425, 266, 347, 346, 266, 330, 9, 9, 9, 107, 336, 108, 337, 158, 159, 160, 157, 27, 28, 29, 159, 385, 386, 387, 384, 257, 258, 259, 386, 468, 468, 468, 468, 473, 473, 473, 473, 65, 52, 53, 55, 65, 52, 295, 282, 283, 285, 295, 282, 469, 471, 471, 469, 7, 163, 7, 163, 163, 144, 155, 154, 154, 155, 153, 154, 474, 476, 476, 474, 249, 390, 249, 390, 390, 373, 382, 381, 381, 382, 380, 381, 117, 50, 205, 36, 346, 280, 425, 266, 90, 90, 180, 180, 85, 85, 16, 16, 315, 315, 404, 404, 320, 320, 304, 304, 303, 303, 302, 302, 11, 11, 72, 72, 73, 73, 74, 74, 18, 83, 313, 182, 406, 18, 18, 83, 313, 18, 182, 406, 167, 393, 165, 391, 164, 164, 164, 92, 322, 167, 393, 164);
const int SAMPLE_SECOND[179] = int[179](90, 89, 180, 179, 85, 86, 16, 15, 315, 316, 404, 403, 320, 319, 304, 272, 303, 271, 302, 268, 11, 12, 72, 38, 73, 41, 74, 42, 118, 101, 50, 205, 101, 50, 50, 36, 347, 330, 280, 425, 330, 280, 280, 266, 107, 151, 336, 151, 151, 151, 151, 28, 27, 29, 56, 223, 222, 224, 158, 258, 257, 259, 286, 443, 442, 444, 385, 469, 470, 471, 472, 474, 475, 476, 477, 66, 105, 63, 66, 105, 63, 296, 334, 293, 296, 334, 293, 33, 133, 33, 133, 246, 161, 161, 246, 160, 161, 173, 157, 173, 157, 157, 158, 263, 362, 263, 362, 466, 388, 388, 466, 387, 388, 398, 384, 398, 384, 384, 385, 118, 101, 50, 205, 347, 330, 280, 425, 90, 89, 180, 179, 85, 86, 16, 15, 315, 316, 404, 403, 320, 319, 304, 272, 303, 271, 302, 268, 11, 12, 72, 38, 73, 41, 74, 42, 18, 83, 313, 182, 406, 83, 313, 182, 406, 17, 181, 405, 167, 393, 165, 391, 164, 167, 393, 92, 322, 37, 267, 0);
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
// What the host says about one face: row u_face of u_points. Its table is sdk/prink/render/row.py.
// Generated from sdk/prink/render/row.py by prink_export.codegen; do not edit.
// xyz points
#define ROW_POINTS 0
// x presence, y lips_seen, z right_eye_seen, w left_eye_seen
#define ROW_SEEN 478
// x right_cheek_seen, y left_cheek_seen, z right_open, w left_open
#define ROW_SEEN_MORE 479
// xy centre, z half, w scale
#define ROW_FACE_BOX 480
// xyz hair_to_frame
#define ROW_HAIR_TO_FRAME 481
// xyzw hair_bounds
#define ROW_HAIR_BOUNDS 483
// xyzw drawn_box
#define ROW_DRAWN_BOX 484
// xyz face_from_frame
#define ROW_FACE_FROM_FRAME 485
// x parsed
#define ROW_PARSED 487
// x hair_reach
#define ROW_HAIR_REACH 488

uniform highp sampler2D u_points;
uniform int u_face;
uniform highp vec2 u_size; // frame, in pixels

highp vec3 landmark(int i) {
    return texelFetch(u_points, ivec2(i, u_face), 0).xyz;
}

// A point of the region mesh: up to four landmarks and their weights.
highp vec3 follow(highp vec4 index, highp vec4 weight) {
    return landmark(int(index.x)) * weight.x + landmark(int(index.y)) * weight.y
        + landmark(int(index.z)) * weight.z + landmark(int(index.w)) * weight.w;
}

// presence, then how visible lips, right eye and left eye are
vec4 seen() {
    return texelFetch(u_points, ivec2(ROW_SEEN, u_face), 0);
}

// visible right and left cheek, then how open the right and the left eye are
vec4 seenMore() {
    return texelFetch(u_points, ivec2(ROW_SEEN_MORE, u_face), 0);
}

// centre and half side of the square around the face, then the inter-ocular distance, all in pixels
highp vec4 faceBox() {
    return texelFetch(u_points, ivec2(ROW_FACE_BOX, u_face), 0);
}

// how far the parsing of the face decides, 0..1
float parsed() {
    return texelFetch(u_points, ivec2(ROW_PARSED, u_face), 0).x;
}

highp vec4 toClip(highp vec2 pixel) {
    return vec4(pixel / u_size * 2.0 - 1.0, 0.0, 1.0);
}
// The head square that the hair mask covers: the host's affine from its 0..1 to frame pixels, and the part of it
// where there is any hair.

highp vec4 headRow(int i) {
    return texelFetch(u_points, ivec2(ROW_HAIR_TO_FRAME + i, u_face), 0);
}

highp vec2 headToFrame(highp vec2 at) {
    highp vec3 p = vec3(at, 1.0);
    return vec2(dot(headRow(0).xyz, p), dot(headRow(1).xyz, p));
}

// half the square's side, in face sizes
highp float headReach() {
    return texelFetch(u_points, ivec2(ROW_HAIR_REACH, u_face), 0).x;
}

// lowest and highest pixel of the frame on which something may have been drawn before
highp vec4 drawnBox() {
    return texelFetch(u_points, ivec2(ROW_DRAWN_BOX, u_face), 0);
}

// lowest and highest place with hair, 0..1
highp vec4 hairBounds() {
    return texelFetch(u_points, ivec2(ROW_HAIR_BOUNDS, u_face), 0);
}
// How far along the hair a place of the head square lies, from the roots. The skull is a ball that shows its front.

const float SKULL = 0.6; // radius, in face sizes
const float HAIRLINE = 0.45; // distance from the middle of the skull at which hair begins

// from the middle of the skull, in face sizes
highp vec2 fromSkull(highp vec2 at) {
    return (at - 0.5) * (2.0 * headReach()) + vec2(0.0, 0.15);
}

// Along a strand that hangs down, in face sizes: over the skull from the crown to the height of the ears, then straight.
highp float alongHair(highp vec2 q) {
    highp float r = length(q);
    if (q.y > 0.0) return 1.5708 * SKULL + q.y + 0.3 * max(r - SKULL, 0.0);
    return acos(clamp(-q.y / max(r, SKULL), 0.0, 1.0)) * SKULL + max(r - SKULL, 0.0);
}

// measured: the longest hair that hangs and how far its outline is from the middle of the skull. Hair too short to hang
// stands away from the skull: its ends are its outline.
highp float hanging(highp vec2 measured) {
    return smoothstep(0.7, 0.9, measured.x);
}

highp float longestHair(highp vec2 measured) {
    return mix(max(measured.y - HAIRLINE, 0.15), max(measured.x, 0.3), hanging(measured));
}

// How far along the hair, 1 at the ends.
highp float hairShare(highp vec2 q, highp vec2 measured) {
    highp float standing = max(length(q) - HAIRLINE, 0.0) / max(measured.y - HAIRLINE, 0.15);
    return mix(standing, alongHair(q) / max(measured.x, 0.3), hanging(measured));
}
// What the probe pass measured on this face: mean linear colour of each region, and the light on it.

uniform highp sampler2D u_probe;

vec4 probe(int region) {
    return texelFetch(u_probe, ivec2(region, u_face), 0);
}

// Colour of the light that falls on the face: what a white card would look like there. One photo cannot tell dark
// skin from dim light, so both witnesses are asked: the skin, of which half of the deviation (in stops) from a mean
// skin is taken for light, and the white of the eyes, alike in all people, where it can be seen.
vec3 faceLight() {
    vec3 skin = max(probe(SKIN).rgb, vec3(0.002));
    float white = max(probe(RIGHT_SCLERA).w, probe(LEFT_SCLERA).w);
    float bySkin = sqrt(luma(skin) / 0.40);
    float byWhite = clamp(white / 0.45, 0.3, 1.2);
    float open = clamp(2.0 * max(seenMore().z, seenMore().w), 0.0, 1.0) * smoothstep(0.5, 0.9, white / luma(skin));
    float exposure = mix(bySkin, sqrt(bySkin * byWhite), open);
    vec3 tint = sqrt(skin / luma(skin) / vec3(1.48, 0.90, 0.66));
    tint = clamp(tint / luma(tint), 0.75, 1.35);
    return tint * clamp(exposure, 0.25, 1.05);
}

const int TILES = 16; // a side of the part with hair

uniform highp sampler2D u_measured;
uniform sampler2D u_tiles;
uniform sampler2D u_mean;
out highp vec2 v_head;
out vec4 v_around; // the hair's colour here, linear, and log2 of its luminance
out vec4 v_unlike; // see main() of hair.frag
out highp vec4 v_at; // share of the hair's length, log2 of its light here, how near the face, share that stays natural
flat out vec3 f_light;
flat out highp vec4 f_drawn;
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
flat out vec4 f_root;
flat out vec4 f_tip;
flat out vec3 f_rootShade;
flat out vec3 f_tipShade;
flat out vec4 f_rootEase;
flat out vec4 f_tipEase;
flat out vec2 f_line; // where the tip colour begins and is full
flat out vec4 f_hair; // mean luminance of the hair, presence, one over the light's luminance, luminance of a highlight

void main() {
    vec4 mean = max(texelFetch(u_measured, ivec2(0, u_face), 0), vec4(0.0005));
    highp vec2 measured = texelFetch(u_measured, ivec2(1, u_face), 0).xy;
    vec3 light = faceLight();
    f_light = light;
    f_drawn = drawnBox();
    // Light hair is bright without any highlight.
    float glint = mean.w * (1.4 + min(2.5 * mean.w, 0.8));
    f_hair = vec4(mean.w, seen().x, 1.0 / luma(light), glint);
    float soft = mix(0.03, 0.45, hair_softness);
    f_line = mix(-soft, 1.0 + soft, hair_line) + vec2(-soft, soft);
    setDye(hair_root.rgb, light, mean.w, f_root, f_rootShade, f_rootEase);
    setDye(hair_tip.rgb, light, mean.w, f_tip, f_tipShade, f_tipEase);

    int tile = gl_VertexID / 6;
    int corner = gl_VertexID - 6 * tile;
    corner = corner < 3 ? corner : corner - 2; // two triangles
    ivec2 place = ivec2(tile & (TILES - 1), tile / TILES);
    highp vec4 bounds = hairBounds();
    v_head = mix(bounds.xy, bounds.zw, vec2(place + ivec2(corner & 1, corner >> 1)) / float(TILES));
    v_around = texture(u_mean, v_head);
    v_around.w = log2(luma(v_around.rgb) + DARK);
    float broad = clamp(v_around.w - log2(mean.w + DARK), -2.0, 1.585);
    highp float wide = headReach() / 1.5;
    float near = 1.0 - smoothstep(0.95, 1.2, length((v_head - 0.5) * vec2(5.8, 5.0) * wide));
    highp float share = hairShare(fromSkull(v_head), measured);
    float longest = longestHair(measured);
    v_at = vec4(share, broad, near, naturalRoot(share * longest, longest));

    vec3 skin = sqrt(probe(SKIN).rgb);
    vec3 way = sqrt(v_around.rgb) - skin;
    float apart = dot(way, way);
    v_unlike.xyz = way / max(apart, 1e-3);
    v_unlike.w = -dot(skin, v_unlike.xyz);
    v_at.z *= smoothstep(0.01, 0.05, apart);
    bool hairy = texelFetch(u_tiles, place, 0).r > 0.08;
    gl_Position = hairy ? toClip(headToFrame(v_head)) : vec4(2.0, 2.0, 2.0, 1.0);
}

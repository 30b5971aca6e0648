// Generated from shaders/pass/eyes.vert by prink_export.codegen; do not edit.
// Both eyes with lids and brows.
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
// A vertex of the region mesh; see shaders/mesh/face.json.

in highp vec4 index;
in highp vec4 weight;
in highp vec4 near;
in highp vec4 near_weight;
in highp vec4 far;
in highp vec4 far_weight;
in highp vec4 face;
in highp vec4 region;
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
// What the skin's formulas need once per face, worked out per vertex and passed on unchanged.

flat out vec3 f_light;
flat out vec4 f_skin;       // mean linear colour of the skin, its luminance
flat out vec4 f_tone;       // that colour at luminance one, and one over its luminance
flat out highp vec4 f_box;  // see faceBox()
flat out vec3 f_contour;    // what full contour lets through
flat out highp vec4 f_blush; // centre and inverse radius of the blush in flat face coordinates
flat out float f_lean;      // slant of the blush
flat out highp float f_grain; // texels of glitter in the width of the flat face
flat out float f_parsed;    // how far the parsing of the face decides

const float EYES_APART = 0.30; // in the flat face

void setSkin() {
    f_light = faceLight();
    f_skin = max(probe(SKIN), vec4(0.002));
    f_tone = vec4(f_skin.rgb, 1.0) / f_skin.w;
    f_box = faceBox();
    f_parsed = parsed();
    f_grain = exp2(floor(log2(max(f_box.w / EYES_APART, 16.0)))); // each covers one to two pixels

    vec3 hue = contour_color.rgb / max(max(contour_color.r, contour_color.g), max(contour_color.b, 0.02));
    float depth = mix(0.40, 0.95, sqrt(luma(contour_color.rgb)));
    f_contour = depth * mix(vec3(1.0), hue, 0.4);

    vec2 radius = mix(0.5, 1.15, blush_size) * mix(vec2(0.105, 0.100), vec2(0.165, 0.085), blush_placement);
    f_blush = vec4(mix(vec2(0.225, 0.625), vec2(0.325, 0.560), blush_placement), 1.0 / radius);
    f_lean = mix(0.25, 0.75, blush_placement);
}

out highp vec4 v_face;   // flat face coordinates, brow coordinates
out highp vec4 v_region; // along the lid, upper lid, ring, distance from the lid contour
out highp vec4 v_eye;    // in the frame of the eye, in the frame of the iris
flat out vec4 f_lid;
flat out vec4 f_iris;
flat out vec4 f_brow;
flat out float f_dim;  // 0 where the eye lies in deep shadow
flat out vec2 f_seen; // this eye, this cheek
flat out float f_pixel; // one pixel in inter-ocular distances

void main() {
    bool right = region.w < 0.0;
    setSkin();
    f_lid = max(probe(right ? RIGHT_LID : LEFT_LID), vec4(0.002));
    f_iris = max(probe(right ? RIGHT_IRIS : LEFT_IRIS), vec4(0.002));
    f_brow = max(probe(right ? RIGHT_BROW : LEFT_BROW), vec4(0.002));
    f_dim = smoothstep(0.02, 0.35, f_lid.w / f_skin.w);
    // Light differs from side to side: the lid's own mean, moved by half of what the cheek below it tells.
    float side = probe(right ? RIGHT_CHEEK : LEFT_CHEEK).w / f_skin.w;
    f_lid.w = max(f_lid.w, 0.35 * f_skin.w) / clamp(sqrt(side), 0.6, 1.35);
    f_brow.w = max(f_brow.w, 0.08 * f_skin.w);
    vec4 eyes = seen();
    vec4 more = seenMore();
    f_seen = eyes.x * vec2(right ? eyes.z : eyes.w, right ? more.x : more.y);
    f_pixel = 1.0 / f_box.w;

    highp vec2 at = follow(index, weight).xy;
    highp vec2 inner = landmark(right ? 133 : 362).xy;
    highp vec2 outer = landmark(right ? 33 : 263).xy;
    highp vec2 x = outer - inner;
    highp float wide = max(length(x), 0.36 * f_box.w); // a turned head shortens the eye but not its height
    highp vec2 y = vec2(-x.y, x.x) * (right ? 1.0 : -1.0) / length(x);
    highp vec2 centre = landmark(right ? 468 : 473).xy;
    highp float radius = 0.25 * (distance(centre, landmark(right ? 469 : 474).xy) + distance(centre, landmark(right ? 470 : 475).xy)
        + distance(centre, landmark(right ? 471 : 476).xy) + distance(centre, landmark(right ? 472 : 477).xy));
    v_eye = vec4(dot(at - inner, x) / dot(x, x), dot(at - inner, y) / wide, (at - centre) / max(radius, 1.0));
    highp float off = distance(at, follow(near, near_weight).xy) / f_box.w;
    v_region = vec4(region.xyz, region.z < 0.0 ? -off : off);
    v_face = face;
    gl_Position = toClip(at);
}

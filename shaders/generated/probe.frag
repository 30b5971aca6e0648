// Generated from shaders/pass/probe.frag by prink_export.codegen; do not edit.
// Measures each region's mean colour (one pixel of the target each) and steadies it in time without a read-back.
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
// What the probe pass samples, and how far each sample shows what it is meant to.

uniform sampler2D u_frame;
uniform sampler2D u_parts; // see lib/parts.glsl

highp vec2 placeOf(int place) {
    return 0.5 * (landmark(SAMPLE_FIRST[place]) + landmark(SAMPLE_SECOND[place])).xy;
}

vec3 sampled(int place) {
    highp vec2 at = placeOf(place) / u_size;
    highp vec2 r = 0.008 * faceBox().w / u_size;
    vec3 sum = texture(u_frame, at + r).rgb + texture(u_frame, at - r).rgb
        + texture(u_frame, at + vec2(r.x, -r.y)).rgb + texture(u_frame, at - vec2(r.x, -r.y)).rgb;
    return toLinear(sum * 0.25);
}

// How much a sample shows its region rather than a hand, hair or glass before it; never quite nothing.
float bare(int place, vec4 channel) {
    highp vec4 box = faceBox();
    float part = dot(texture(u_parts, (placeOf(place) - box.xy) / box.z * 0.5 + 0.5), channel);
    return mix(1.0, max(smoothstep(0.3, 0.7, part), 0.002), parsed());
}

vec4 channelOf(int region) {
    bool eye = region == RIGHT_IRIS || region == LEFT_IRIS || region == RIGHT_SCLERA || region == LEFT_SCLERA;
    bool lip = region == LIPS || region == UPPER_LIP || region == LOWER_LIP;
    return lip ? vec4(1.0, 0.0, 0.0, 0.0) : vec4(0.0, eye ? 0.0 : 1.0, eye ? 1.0 : 0.0, 0.0);
}

uniform highp sampler2D u_probe;
uniform float u_keep; // how much of the last measurement stays, 0 for a photo
out highp vec4 o_color;

void main() {
    int region = int(gl_FragCoord.x);
    int first = REGION_FIRST[region];
    int last = REGION_FIRST[region + 1];
    vec4 channel = channelOf(region);
    vec3 sum = vec3(0.0);
    float seen = 0.0;
    float top = 0.01;
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        float weight = bare(i, channel);
        sum += c * weight;
        seen += weight;
        top = max(top, luma(c) * smoothstep(0.0, 0.1, weight));
    }
    float mean = luma(sum) / seen;
    bool white = region == RIGHT_SCLERA || region == LEFT_SCLERA;
    // A second look: samples much darker than the mean (mouth seam, hair, lashes) hardly count, glints count less;
    // in the eye only the brightest count, which are its white.
    float total = 0.0;
    sum = vec3(0.0);
    for (int i = first; i < last; i++) {
        vec3 c = sampled(i);
        float off = (luma(c) - mean) / max(mean, 0.01);
        float weight = white ? exp2(16.0 * (luma(c) / top - 1.0)) : 1.0 / (1.0 + (off < 0.0 ? 12.0 : 1.0) * off * off);
        weight *= bare(i, channel);
        sum += c * weight;
        total += weight;
    }
    vec4 now = vec4(sum / total, luma(sum / total));
    // Of what is hidden the last measurement stays.
    float hidden = u_keep > 0.0 ? 1.0 - smoothstep(0.05, 0.3, seen / float(last - first)) : 0.0;
    o_color = mix(now, texelFetch(u_probe, ivec2(region, u_face), 0), mix(u_keep, 1.0, hidden));
}

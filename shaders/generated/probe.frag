// Generated from shaders/pass/probe.frag by prink_export.codegen; do not edit.
// Measures each region's mean colour, and what else tells the light (one pixel of the target each), and steadies it
// in time without a read-back.
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
// Colour without brightness: logs of red and blue over green. Another light adds the same to all that it falls on.

// What white light makes of a mean skin, of the white of the eyes as far as it can be seen between lids, of teeth,
// and of a room's paler things.
const vec2 OF_SKIN = vec2(0.4974, -0.3102);
const vec2 OF_WHITES = vec2(0.32, -0.14);
const vec2 OF_TEETH = vec2(0.16, -0.15);
const vec2 OF_ROOM = vec2(0.07, -0.03);

highp vec2 logChroma(highp vec3 c) {
    highp vec3 lit = max(c, vec3(0.0005)); // noise in the dark makes no colours
    return log(lit.rb / lit.g);
}

// 1 where two such colours are one, less the farther they are apart.
float alike(highp vec2 a, highp vec2 b, float reach) {
    highp vec2 off = (a - b) / reach;
    return exp(-dot(off, off));
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
#define NECK 16
#define WHITES 17
#define TEETH 18
#define ROOM 19
#define REGIONS 20
const int REGION_FIRST[21] = int[21](0, 28, 51, 59, 67, 71, 75, 81, 87, 103, 119, 123, 127, 141, 155, 167, 179, 200, 200, 211, 211);
const int SAMPLE_FIRST[211] = int[211](90, 90, 180, 180, 85, 85, 16, 16, 315, 315, 404, 404, 320, 320, 304, 304, 303, 303, 302, 302, 11, 11, 72, 72, 73, 73, 74, 74, 117, 50, 205, 36, 118, 117, 36, 101, 346, 280, 425, 266, 347, 346, 266, 330, 9, 9, 9, 107, 336, 108, 337, 158, 159, 160, 157, 27, 28, 29, 159, 385, 386, 387, 384, 257, 258, 259, 386, 468, 468, 468, 468, 473, 473, 473, 473, 65, 52, 53, 55, 65, 52, 295, 282, 283, 285, 295, 282, 469, 471, 471, 469, 7, 163, 7, 163, 163, 144, 155, 154, 154, 155, 153, 154, 474, 476, 476, 474, 249, 390, 249, 390, 390, 373, 382, 381, 381, 382, 380, 381, 117, 50, 205, 36, 346, 280, 425, 266, 90, 90, 180, 180, 85, 85, 16, 16, 315, 315, 404, 404, 320, 320, 304, 304, 303, 303, 302, 302, 11, 11, 72, 72, 73, 73, 74, 74, 18, 83, 313, 182, 406, 18, 18, 83, 313, 18, 182, 406, 167, 393, 165, 391, 164, 164, 164, 92, 322, 167, 393, 164, 152, 152, 152, 152, 152, 148, 148, 148, 377, 377, 377, 176, 176, 176, 400, 400, 400, 149, 149, 378, 378, 13, 82, 312, 81, 311, 80, 310, 82, 312, 81, 311);
const int SAMPLE_SECOND[211] = int[211](90, 89, 180, 179, 85, 86, 16, 15, 315, 316, 404, 403, 320, 319, 304, 272, 303, 271, 302, 268, 11, 12, 72, 38, 73, 41, 74, 42, 118, 101, 50, 205, 101, 50, 50, 36, 347, 330, 280, 425, 330, 280, 280, 266, 107, 151, 336, 151, 151, 151, 151, 28, 27, 29, 56, 223, 222, 224, 158, 258, 257, 259, 286, 443, 442, 444, 385, 469, 470, 471, 472, 474, 475, 476, 477, 66, 105, 63, 66, 105, 63, 296, 334, 293, 296, 334, 293, 33, 133, 33, 133, 246, 161, 161, 246, 160, 161, 173, 157, 173, 157, 157, 158, 263, 362, 263, 362, 466, 388, 388, 466, 387, 388, 398, 384, 398, 384, 384, 385, 118, 101, 50, 205, 347, 330, 280, 425, 90, 89, 180, 179, 85, 86, 16, 15, 315, 316, 404, 403, 320, 319, 304, 272, 303, 271, 302, 268, 11, 12, 72, 38, 73, 41, 74, 42, 18, 83, 313, 182, 406, 83, 313, 182, 406, 17, 181, 405, 167, 393, 165, 391, 164, 167, 393, 92, 322, 37, 267, 0, 18, 17, 14, 0, 2, 83, 84, 37, 313, 314, 267, 182, 181, 40, 406, 405, 270, 182, 91, 406, 321, 14, 87, 317, 178, 402, 88, 318, 14, 14, 87, 317);
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

// A region of the face by its samples, see lib/probe_sample.glsl.

// The mean colour of a region, and the share of its samples that are free of what is before it.
vec4 measured(int region, out float free) {
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
    free = seen / float(last - first);
    return vec4(sum / total, luma(sum / total));
}
// What tells the light besides skin, and the neck. Each is held times its trust (w), so what comes and goes fades.

const int ROOM_SIDE = 12; // samples a side of the square around the face
const highp float AROUND = 1.6; // half sides of the face's square that it reaches, as in render/face_row.py

vec3 tapped(highp vec2 at, highp float reach) {
    highp vec2 place = at / u_size;
    highp vec2 r = reach / u_size;
    vec3 sum = texture(u_frame, place + r).rgb + texture(u_frame, place - r).rgb
        + texture(u_frame, place + vec2(r.x, -r.y)).rgb + texture(u_frame, place - vec2(r.x, -r.y)).rgb;
    return toLinear(sum * 0.25);
}

// The white of the eyes, as far as they are open and free; of two the brighter counts more.
vec4 eyeWhites() {
    vec2 free;
    vec4 right = measured(RIGHT_SCLERA, free.x);
    vec4 left = measured(LEFT_SCLERA, free.y);
    vec2 open = clamp(2.0 * seenMore().zw, 0.0, 1.0) * smoothstep(0.05, 0.3, free);
    float top = max(max(right.w, left.w), 0.01);
    highp vec2 share = open * exp2(16.0 * (vec2(right.w, left.w) / top - 1.0));
    float trust = max(open.x, open.y);
    return vec4((right.rgb * share.x + left.rgb * share.y) * (trust / max(share.x + share.y, 1e-6)), trust);
}

// Teeth between open lips: less red than the skin, and bright. Tongue and shadow are neither.
vec4 teethShown(vec4 skin) {
    float bare = logChroma(skin.rgb).x;
    highp vec4 sum = vec4(0.0);
    for (int i = REGION_FIRST[TEETH]; i < REGION_FIRST[TEETH + 1]; i++) {
        vec3 c = sampled(i);
        float pale = smoothstep(-0.12, -0.30, logChroma(c).x - bare) * smoothstep(0.35, 0.75, luma(c) / skin.w);
        sum += vec4(c, 1.0) * pale;
    }
    float trust = smoothstep(0.1, 0.5, sum.w / float(REGION_FIRST[TEETH + 1] - REGION_FIRST[TEETH]));
    return vec4(sum.rgb * (trust / max(sum.w, 1e-3)), trust);
}

// The neck: what looks like this face's skin as far below the jaw as the second landmark of a pair lies above it.
vec4 neckShown(vec4 skin) {
    vec2 bare = logChroma(skin.rgb);
    highp vec4 box = faceBox();
    highp vec4 sum = vec4(0.0);
    for (int i = REGION_FIRST[NECK]; i < REGION_FIRST[NECK + 1]; i++) {
        highp vec2 at = 2.0 * landmark(SAMPLE_FIRST[i]).xy - landmark(SAMPLE_SECOND[i]).xy;
        bool inside = all(greaterThan(at, max(vec2(1.0), box.xy - AROUND * box.z)))
            && all(lessThan(at, min(u_size - 1.0, box.xy + AROUND * box.z)));
        if (!inside) continue;
        vec3 c = tapped(at, 0.02 * box.w);
        float level = luma(c) / skin.w;
        float weight = alike(logChroma(c), bare, 0.3) * smoothstep(0.12, 0.35, level) * smoothstep(1.8, 1.2, level);
        sum += vec4(c, 1.0) * weight;
    }
    float trust = smoothstep(0.05, 0.25, sum.w / float(REGION_FIRST[NECK + 1] - REGION_FIRST[NECK]));
    return vec4(sum.rgb * (trust / max(sum.w, 1e-3)), trust);
}
// The picture around the face: the colour of what would be nearly white in the light that skin and eyes tell of, as
// logs times their trust, then how bright the brightest is. Skin itself, and walls of another colour, hardly count.
vec4 roomShown(vec4 skin) {
    vec2 bare = logChroma(skin.rgb);
    vec4 eyes = eyeWhites();
    float seen = eyes.w * smoothstep(0.35, 0.7, luma(eyes.rgb) / max(eyes.w, 1e-3) / skin.w);
    vec2 light = mix(bare - OF_SKIN, logChroma(eyes.rgb / max(eyes.w, 1e-3)) - OF_WHITES, 0.5 * seen);

    highp vec4 box = faceBox();
    highp float side = 2.0 * AROUND * box.z / float(ROOM_SIDE);
    highp vec3 sum = vec3(0.0);
    highp vec2 bright = vec2(1e-9);
    highp float count = 0.0;
    for (int i = 0; i < ROOM_SIDE * ROOM_SIDE; i++) {
        highp vec2 cell = vec2(i % ROOM_SIDE, i / ROOM_SIDE) + 0.5 - 0.5 * float(ROOM_SIDE);
        vec3 c = tapped(clamp(box.xy + cell * side, vec2(1.0), u_size - 1.0), 0.25 * side);
        highp float level = luma(c);
        highp vec2 hue = logChroma(c);
        float pale = alike(hue, light, 0.3) * (1.0 - alike(hue, bare, 0.2));
        sum += vec3(hue, 1.0) * (pale * level);
        count += pale * smoothstep(0.1, 0.4, level / skin.w);
        highp float eighth = pow(max(level, 0.01), 8.0); // its mean is near the brightest, but no one pixel decides
        bright += vec2(eighth * level, eighth);
    }
    float trust = smoothstep(0.02, 0.15, count / float(ROOM_SIDE * ROOM_SIDE));
    return vec4(sum.xy * (trust / max(sum.z, 1e-3)), bright.x / bright.y, trust);
}

vec4 witness(int region) {
    if (region == WHITES) return eyeWhites();
    float free;
    vec4 skin = max(measured(SKIN, free), vec4(0.0005));
    if (region == NECK) return neckShown(skin);
    return region == TEETH ? teethShown(skin) : roomShown(skin);
}

void main() {
    int region = int(gl_FragCoord.x);
    float free = 1.0;
    vec4 now = region < NECK ? measured(region, free) : witness(region);
    // Of what is hidden the last measurement stays.
    float hidden = u_keep > 0.0 ? 1.0 - smoothstep(0.05, 0.3, free) : 0.0;
    o_color = mix(now, texelFetch(u_probe, ivec2(region, u_face), 0), mix(u_keep, 1.0, hidden));
}

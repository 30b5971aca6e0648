// Generated from shaders/pass/head.vert by prink_export.codegen; do not edit.
// The part of a square target where there is hair, and u_grow around it for filters.
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

uniform highp float u_grow;
out highp vec2 v_at;

void main() {
    highp vec4 bounds = clamp(hairBounds() + vec4(-u_grow, -u_grow, u_grow, u_grow), 0.0, 1.0);
    int corner = gl_VertexID < 3 ? gl_VertexID : gl_VertexID - 2; // two triangles
    v_at = vec2((corner & 1) == 0 ? bounds.x : bounds.z, corner < 2 ? bounds.y : bounds.w);
    gl_Position = vec4(v_at * 2.0 - 1.0, 0.0, 1.0);
}

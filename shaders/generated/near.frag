// Generated from shaders/pass/near.frag by prink_export.codegen; do not edit.
// The square around the face at a fixed small size: two hundredths of the inter-ocular distance a pixel.
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

uniform sampler2D u_frame;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    highp vec4 box = faceBox();
    highp vec2 at = (box.xy + (v_at * 2.0 - 1.0) * box.z) / u_size;
    highp vec2 r = box.z / vec2(textureSize(u_frame, 0)) / 128.0 * 0.66;
    vec3 sum = texture(u_frame, at + vec2(-r.x, -r.y)).rgb + texture(u_frame, at + vec2(r.x, -r.y)).rgb
        + texture(u_frame, at + vec2(-r.x, r.y)).rgb + texture(u_frame, at + r).rgb;
    o_color = vec4(sum * 0.25, 1.0);
}

// Generated from shaders/pass/unwrap.vert by prink_export.codegen; do not edit.
// One tile of the face atlas: the region mesh laid flat, its place in the frame as the coordinate.
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
// How squarely the surface looks at the camera: the canonical normal turned with the head, -1..1.
float facing(highp vec3 normal) {
    highp vec3 x = normalize(landmark(263) - landmark(33));
    highp vec3 y = normalize(landmark(152) - landmark(10));
    highp vec3 z = cross(x, y);
    return normal.z * z.z + normal.y * y.z - normal.x * x.z;
}

uniform highp vec4 u_tile; // face coordinates to clip space: scale, then offset
uniform int u_part; // 0 skin, 1 eyes and brows, 2 lips

out highp vec3 v_from; // place in the frame, 0..1, and how well the host sees it

float visible() {
    vec4 regions = seen();
    if (u_part == 2) return regions.x * regions.y;
    if (u_part == 1) return regions.x * (region.w < 0.0 ? regions.z : regions.w);
    vec4 sides = seenMore();
    float side = mix(sides.x, sides.y, smoothstep(0.35, 0.65, face.x));
    return regions.x * side * smoothstep(0.02, 0.35, facing(region.xyz));
}

void main() {
    v_from = vec3(follow(index, weight).xy / u_size, visible());
    gl_Position = vec4(face.xy * u_tile.xy + u_tile.zw, 0.0, 1.0);
}

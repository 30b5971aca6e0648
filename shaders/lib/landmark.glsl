// What the host says about one face: row u_face of u_points. Its table is sdk/prink/render/row.py.
#include "generated/row.glsl"

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

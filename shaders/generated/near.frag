// Generated from shaders/pass/near.frag by prink_export.codegen; do not edit.
// The square around the face at a fixed small size: two hundredths of the inter-ocular distance a pixel.
// Landmarks of one face: row u_face of u_points, 478 points in frame pixels, then what the host says about the face.

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
    return texelFetch(u_points, ivec2(478, u_face), 0);
}

// visible right and left cheek, then how open the right and the left eye are
vec4 seenMore() {
    return texelFetch(u_points, ivec2(479, u_face), 0);
}

// centre and half side of the square around the face, then the inter-ocular distance, all in pixels
highp vec4 faceBox() {
    return texelFetch(u_points, ivec2(480, u_face), 0);
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

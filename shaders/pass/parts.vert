// The square around the face, as near.frag covers it, and where its pixels lie in the face layer.
#include "lib/landmark.glsl"

out highp vec2 v_at;
out highp vec2 v_layer;
flat out highp vec4 f_step; // in the layer: a step of 0.012 of the square to the right, and one down

void main() {
    v_at = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    highp vec4 box = faceBox();
    highp vec3 pixel = vec3(box.xy + (v_at * 2.0 - 1.0) * box.z, 1.0);
    highp vec3 x = texelFetch(u_points, ivec2(ROW_FACE_FROM_FRAME, u_face), 0).xyz;
    highp vec3 y = texelFetch(u_points, ivec2(ROW_FACE_FROM_FRAME + 1, u_face), 0).xyz;
    v_layer = vec2(dot(x, pixel), dot(y, pixel));
    f_step = vec4(x.x, y.x, x.y, y.y) * box.z * 0.024;
    gl_Position = vec4(v_at * 2.0 - 1.0, 0.0, 1.0);
}

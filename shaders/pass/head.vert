// The part of a square target where there is hair, and u_grow around it for filters.
#include "lib/landmark.glsl"
#include "lib/head.glsl"

uniform highp float u_grow;
out highp vec2 v_at;

void main() {
    highp vec4 bounds = clamp(hairBounds() + vec4(-u_grow, -u_grow, u_grow, u_grow), 0.0, 1.0);
    int corner = gl_VertexID < 3 ? gl_VertexID : gl_VertexID - 2; // two triangles
    v_at = vec2((corner & 1) == 0 ? bounds.x : bounds.z, corner < 2 ? bounds.y : bounds.w);
    gl_Position = vec4(v_at * 2.0 - 1.0, 0.0, 1.0);
}

// Generated from shaders/pass/quad.vert by prink_export.codegen; do not edit.
// A triangle that covers the target; no vertex data needed.
out highp vec2 v_at;

void main() {
    v_at = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(v_at * 2.0 - 1.0, 0.0, 1.0);
}

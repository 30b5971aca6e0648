// Generated from shaders/pass/present.frag by prink_export.codegen; do not edit.
// Shows a picture stored top row first in a window, whose rows start at the bottom.
uniform sampler2D u_picture;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    o_color = vec4(texture(u_picture, vec2(v_at.x, 1.0 - v_at.y)).rgb, 1.0);
}

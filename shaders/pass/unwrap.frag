// What the frame shows at this place of the face atlas; alpha is how well it is seen.

uniform sampler2D u_frame;
in highp vec3 v_from;
out vec4 o_color;

void main() {
    bool inside = all(lessThan(abs(v_from.xy - 0.5), vec2(0.5)));
    o_color = vec4(texture(u_frame, v_from.xy).rgb, inside ? v_from.z : 0.0);
}

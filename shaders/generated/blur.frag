// Generated from shaders/pass/blur.frag by prink_export.codegen; do not edit.
// One direction of a bilateral blur (Tomasi and Manduchi 1998): strong edges such as lips and brows stay out.
uniform sampler2D u_blurred;
uniform vec2 u_step;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    vec3 centre = texture(u_blurred, v_at).rgb;
    vec3 sum = centre;
    float total = 1.0;
    for (int i = 1; i <= 3; i++) {
        highp vec2 off = u_step * (float(i) * 1.5 - 0.5);
        float near = exp2(-0.22 * float(i * i));
        vec3 a = texture(u_blurred, v_at + off).rgb;
        vec3 b = texture(u_blurred, v_at - off).rgb;
        float wa = near / (1.0 + 60.0 * dot(a - centre, a - centre));
        float wb = near / (1.0 + 60.0 * dot(b - centre, b - centre));
        sum += a * wa + b * wb;
        total += wa + wb;
    }
    o_color = vec4(sum / total, 1.0);
}

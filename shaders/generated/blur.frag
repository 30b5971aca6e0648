// Generated from shaders/pass/blur.frag by prink_export.codegen; do not edit.
// One direction of a bilateral blur (Tomasi and Manduchi 1998): strong edges such as lips and brows stay out.
// Alpha tells how little the blur has moved the pixel off the sharp picture: 0 at strong edges.
// Colour: sRGB to linear light and back, luminance.

const vec3 LUMA = vec3(0.2126, 0.7152, 0.0722); // Rec. 709

float luma(vec3 c) {
    return dot(c, LUMA);
}

// Cubic fit of the sRGB decoding curve, within 0.002 (Chilliant 2012).
vec3 toLinear(vec3 s) {
    return s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878);
}

// Its inverse, fitted to give every byte back (within 0.09 of a step) at the price of one square root.
vec3 toSrgb(vec3 l) {
    vec3 s = sqrt(max(l, vec3(0.0)) + 0.0000441068);
    return s * (1.20287316 + 0.06482727 * l) - 0.25910589 * l - 0.00833810;
}

// The drawn pixel, or the camera's own bytes where nothing was drawn.
vec3 shown(vec3 made, vec3 c, vec3 raw) {
    return made == c ? raw : toSrgb(made);
}

uniform sampler2D u_blurred;
uniform sampler2D u_near;
uniform vec2 u_step;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    vec3 centre = texture(u_blurred, v_at).rgb;
    vec3 sum = centre;
    float total = 1.0;
    for (int i = 1; i <= 3; i++) {
        highp vec2 off = u_step * (float(i) * 2.4 - 0.9);
        float near = exp2(-0.08 * float(i * i));
        vec3 a = texture(u_blurred, v_at + off).rgb;
        vec3 b = texture(u_blurred, v_at - off).rgb;
        float wa = near / (1.0 + 60.0 * dot(a - centre, a - centre));
        float wb = near / (1.0 + 60.0 * dot(b - centre, b - centre));
        sum += a * wa + b * wb;
        total += wa + wb;
    }
    vec3 wide = sum / total;
    float sharp = luma(toLinear(texture(u_near, v_at).rgb));
    float soft = max(luma(toLinear(wide)), 0.01);
    o_color = vec4(wide, 1.0 - smoothstep(0.10, 0.40, abs(sharp - soft) / soft));
}

// Generated from shaders/pass/hair_mean.frag by prink_export.codegen; do not edit.
// The hair's own colour around each place, linear, and how much hair there is.
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

uniform sampler2D u_small;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    vec3 sum = vec3(0.0);
    float total = 0.0;
    for (int y = -3; y <= 3; y++) {
        for (int x = -3; x <= 3; x++) {
            vec4 c = texture(u_small, v_at + vec2(x, y) * (2.0 / 128.0));
            float weight = c.a * c.a * exp2(-0.11 * float(x * x + y * y));
            sum += toLinear(c.rgb) * weight;
            total += weight;
        }
    }
    o_color = vec4(sum / max(total, 1e-4), total / 13.5);
}

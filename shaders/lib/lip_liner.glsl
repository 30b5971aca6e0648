// Lip liner: a pencil line on the outer contour, softer toward the inside.

vec3 lipLiner(vec3 c, float shade, float inside, float mask) {
    float width = mix(0.012, 0.065, lip_liner_width);
    float line = 1.0 - smoothstep(0.45 * width, width, inside);
    return paint(c, lip_liner_color, f_light * min(shade, 1.25), mask * line);
}

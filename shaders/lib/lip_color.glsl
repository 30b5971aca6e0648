// What sets lips apart from skin: hue, and a little how light they are.

vec3 lipColor(vec3 c) {
    return vec3(chroma(c), 1.2 * log2(luma(c) + 0.002));
}

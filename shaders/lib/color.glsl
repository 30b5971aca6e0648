// Colour: sRGB to linear light and back, luminance.

const vec3 LUMA = vec3(0.2126, 0.7152, 0.0722); // Rec. 709

float luma(vec3 c) {
    return dot(c, LUMA);
}

// Cubic fit of the sRGB decoding curve, within 0.002 (Chilliant 2012).
vec3 toLinear(vec3 s) {
    return s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878);
}

// Its inverse by three square roots, which every GPU has in hardware (Chilliant 2012).
vec3 toSrgb(vec3 l) {
    vec3 s1 = sqrt(max(l, vec3(0.0)));
    vec3 s2 = sqrt(s1);
    return 0.585122381 * s1 + 0.783140355 * s2 - 0.368262736 * sqrt(s2);
}

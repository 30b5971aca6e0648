// Teeth: the bright, hardly red part of the open mouth loses its yellow.

vec3 teeth(vec3 c, float inMouth) {
    float y = luma(c);
    float pale = (1.0 - smoothstep(0.60, 0.80, c.r / max(c.g, 0.003) / f_redness)) * smoothstep(0.35, 0.75, y * f_tone.w);
    vec3 clean = mix(c, vec3(y) * vec3(0.99, 1.0, 1.02), 0.75) * 1.14;
    return mix(c, min(clean, max(c, vec3(0.92))), teeth_whitening * pale * inMouth);
}

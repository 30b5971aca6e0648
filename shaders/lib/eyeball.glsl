// Lens colour and the white of the eye. `iris` is measured from the iris centre in iris radii.

vec3 eyeball(vec3 c, float opening, vec2 iris) {
    float r = length(iris);
    float y = luma(c);
    float white = opening * smoothstep(1.05, 1.30, r) * smoothstep(0.25, 0.6, y / max(f_iris.w * 1.5, 0.05));
    vec3 clear = mix(c, vec3(y), 0.55) * 1.16;
    c = mix(c, min(clear, max(c, vec3(0.85))), eyes_whitening * white);

    // The pupil, the dark ring and the catchlight stay.
    float ring = (1.0 - smoothstep(0.88, 1.04, r)) * smoothstep(0.30, 0.46, r) * opening;
    float ratio = y / max(f_iris.w, 0.004);
    float keepLight = 1.0 - smoothstep(2.2, 4.0, ratio);
    vec3 lens = f_light * f_dim * (0.16 + 0.50 * min(ratio, 2.0)) * mix(0.9, 0.30, smoothstep(0.62, 1.0, r));
    return paint(c, eyes_iris, lens, 0.78 * ring * keepLight);
}

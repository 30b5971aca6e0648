// How a product meets the skin under it. `c` is the camera pixel, `y` its luminance, all linear.

// Opaque pigment replaces the albedo and keeps the shading, which is the pixel's luminance over its region's mean.
vec3 paint(vec3 c, vec4 pigment, vec3 shaded, float mask) {
    return mix(c, pigment.rgb * shaded, pigment.a * mask);
}

// Sheer powder: its hue is laid on, its luminance stays near the skin's, so it never greys or bruises.
vec3 veil(vec3 c, vec4 pigment, vec3 shaded, float mask) {
    vec3 target = pigment.rgb * shaded;
    float y = luma(c);
    float lit = max(luma(target), 1e-4);
    target *= clamp(lit, 0.62 * y, 1.15 * y) / lit;
    return mix(c, target, pigment.a * mask);
}

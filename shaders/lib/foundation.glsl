// Foundation, smoothing and dew.

// Blotches are what lies between two blurs; pores are finer than both and stay. Strong edges are left alone.
vec3 smoothed(vec3 c, vec3 near, vec3 wide, float amount) {
    float edge = abs(luma(near) - luma(wide)) / max(luma(wide), 0.01);
    vec3 even = c + (wide - near) * (1.0 - smoothstep(0.10, 0.40, edge));
    return mix(c, max(even, 0.3 * c), amount);
}

vec3 foundation(vec3 c, vec3 near, vec3 wide, float mask) {
    c = smoothed(c, near, wide, foundation_smoothing * mask);
    float y = luma(c);
    // The wearer's own shade keeps half of how it varies over the face, or warm and dark skin would turn grey.
    vec3 own = 0.5 * (f_skin.rgb / f_skin.w + wide / max(luma(wide), 0.004));
    vec3 shade = mix(foundation_color.rgb * f_light / f_skin.w, own, foundation_match);
    c = mix(c, shade * y, 0.85 * foundation_color.a * mask);
    float sheen = smoothstep(0.95, 1.9, y / f_skin.w);
    return c + foundation_dewiness * mask * sheen * 0.45 * y * mix(vec3(1.0), f_light, 0.5);
}

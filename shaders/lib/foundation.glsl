// Foundation, smoothing and dew.

// Blotches are what lies between two blurs; pores are finer than both and stay. wide.a is zero at strong edges.
vec3 smoothed(vec3 c, vec3 near, vec4 wide, float amount) {
    return max(c + (wide.rgb - near) * (wide.a * amount), 0.3 * c);
}

vec3 foundation(vec3 c, vec3 near, vec4 wide, float mask) {
    c = smoothed(c, near, wide, foundation_smoothing * (2.0 - foundation_smoothing) * mask);
    float y = luma(c);
    // The wearer's own shade keeps half of how it varies over the face, or warm and dark skin would turn grey. A
    // make-up artist matches it to the neck.
    vec3 own = 0.5 * (f_tone.rgb + wide.rgb / max(luma(wide.rgb), 0.004)) * f_neck;
    vec3 shade = mix(foundation_color.rgb * f_light * f_tone.w, own, foundation_match);
    c = mix(c, shade * y, 0.85 * foundation_color.a * mask);
    float sheen = smoothstep(0.95, 1.9, y * f_tone.w);
    return c + (foundation_dewiness * mask * sheen * 0.45 * y) * (0.5 + 0.5 * f_light);
}

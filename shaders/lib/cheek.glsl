// Blush, contour and highlighter.

// A slanted oval that travels from the apple of the cheek to the cheekbone, in flat face coordinates.
float blushMask(highp vec2 face) {
    highp vec2 d = vec2(abs(face.x - 0.5), face.y) - f_blush.xy;
    vec2 q = vec2(d.x + f_lean * d.y, d.y + f_lean * d.x) * f_blush.zw;
    float r = max(1.0 - 0.25 * dot(q, q), 0.0);
    return r * r;
}

vec3 blush(vec3 c, highp vec2 face, float onSkin) {
    float y = luma(c) * f_tone.w;
    return veil(c, blush_color, f_light * y * 0.9, blushMask(face) * onSkin * 0.6);
}

// A thin brown film filters what the skin sends back, so it darkens every skin by the same share.
vec3 contour(vec3 c, vec4 mask, float onSkin) {
    float amount = contour_color.a * max(mask.g, mask.a * contour_nose) * onSkin;
    return c * mix(vec3(1.0), f_contour, amount);
}

// Powder that shines where the skin already catches light.
vec3 highlight(vec3 c, highp vec2 face, vec4 mask, float onSkin) {
    float y = luma(c) * f_tone.w;
    float glow = highlight_color.a * mask.b * onSkin * smoothstep(0.55, 1.45, y);
    float sparkles = highlight_shimmer * (6.0 * glitter(face) - 0.1);
    return c + highlight_color.rgb * (0.65 * luma(c) + 0.07 * luma(f_light)) * glow * (1.0 + sparkles);
}

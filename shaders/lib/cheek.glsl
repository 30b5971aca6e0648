// Blush, contour and highlighter.

// A slanted oval that travels from the apple of the cheek to the cheekbone, in flat face coordinates.
float blushMask(highp vec2 face) {
    highp vec2 p = vec2(abs(face.x - 0.5), face.y);
    highp vec2 centre = mix(vec2(0.225, 0.625), vec2(0.325, 0.560), blush_placement);
    highp vec2 d = p - centre;
    float lean = mix(0.25, 0.75, blush_placement);
    d = vec2(d.x - lean * -d.y, d.y + lean * d.x);
    vec2 radius = mix(0.5, 1.15, blush_size) * mix(vec2(0.105, 0.100), vec2(0.165, 0.085), blush_placement);
    vec2 q = d / radius;
    float r = dot(q, q);
    return r < 4.0 ? (1.0 - r * 0.25) * (1.0 - r * 0.25) : 0.0;
}

vec3 blush(vec3 c, highp vec2 face, float onSkin) {
    float y = luma(c) / f_skin.w;
    return veil(c, blush_color, f_light * y * 0.9, blushMask(face) * onSkin * 0.6);
}

// A thin brown film filters what the skin sends back, so it darkens every skin by the same share.
vec3 contour(vec3 c, vec4 mask, float onSkin) {
    vec3 hue = contour_color.rgb / max(max(contour_color.r, contour_color.g), max(contour_color.b, 0.02));
    float depth = mix(0.40, 0.95, sqrt(luma(contour_color.rgb)));
    float amount = contour_color.a * max(mask.g, mask.a * contour_nose) * onSkin;
    return c * mix(vec3(1.0), depth * mix(vec3(1.0), hue, 0.4), amount);
}

// Powder that shines where the skin already catches light.
vec3 highlight(vec3 c, highp vec2 face, vec4 mask, float onSkin) {
    float y = luma(c) / f_skin.w;
    float glow = highlight_color.a * mask.b * onSkin * smoothstep(0.55, 1.45, y);
    float glitter = highlight_shimmer * (2.2 * sparkle(face * 7.0) - 0.25);
    return c + highlight_color.rgb * (0.5 * luma(c) + 0.06 * luma(f_light)) * glow * (1.0 + glitter);
}

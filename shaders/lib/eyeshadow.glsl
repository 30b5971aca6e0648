// Eyeshadow. `ring` is 0 at the lash line, 1 at the fold of the lid, 2 above it, 3 at the brow; for `eye` see
// lib/eyeliner.glsl.

// Powder over skin. Opaque pigment covers it; a dark one filters what the skin sends back: it is never paler than the
// skin that it shades, and where a grey one is thin the skin's own hue shows, or charcoal would turn to ash.
vec3 powder(vec3 c, vec4 pigment, vec3 light, float mask) {
    float depth = luma(pigment.rgb);
    float dark = 1.0 - smoothstep(0.06, 0.24, depth);
    float cover = pigment.a * mask;
    vec3 target = pigment.rgb * light;
    float deepest = luma(c) * sqrt(4.5 * depth);
    target *= mix(1.0, min(deepest / max(luma(target), 1e-4), 1.0), dark);
    float least = min(min(pigment.r, pigment.g), pigment.b);
    float grey = least / max(max(max(pigment.r, pigment.g), pigment.b), 0.002);
    target = mix(target, luma(target) * f_tone.rgb, dark * grey * (1.0 - cover * cover));
    return mix(c, target, cover);
}

// Above the line from the outer corner toward the tail of the brow there is shadow, below it only what wraps the eye.
float lifted(vec2 eye, float above, float soft) {
    float height = dot(eye - vec2(0.985, 0.0), vec2(-0.53, 0.85)) + 0.10 * (1.0 - above) + 0.4 * soft;
    return mix(1.0, smoothstep(-soft, soft, height), smoothstep(0.84, 1.0, eye.x));
}

vec3 eyeshadow(vec3 c, float shade, float along, float upper, float ring, vec2 eye) {
    float top = mix(1.1, 2.7, eyeshadow_height);
    float haze = mix(0.10, 0.95, eyeshadow_blend);
    float above = smoothstep(-0.1, 0.5, upper);
    float fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring);
    float ends = smoothstep(0.0, 0.22, along);
    float lift = lifted(eye, above, 0.02 + 0.16 * haze);

    float lid = above * ends * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring)) * fade * lift;
    float fold = above * smoothstep(0.02, 0.35, along) * smoothstep(1.0 - 0.68 * haze, 1.05, ring) * fade * lift;
    float corner = smoothstep(0.72 - 0.30 * haze, 0.98, along) * lift;
    float under = 1.0 - smoothstep(0.3 * haze, 0.35 + 1.1 * haze, ring);
    float outer = corner * mix(under, 1.0 - smoothstep(0.55 * top, 0.9 * top, ring), above);

    // A film levels what lies under it, and the skin's own shine most of all.
    float lit = mix(1.0, min(shade, 1.0), 0.9) + (0.45 + 0.4 * eyeshadow_shimmer) * max(shade - 1.0, 0.0);
    vec3 light = f_light * lit;
    c = powder(c, eyeshadow_lid, light * (1.0 - 0.15 * eyeshadow_shimmer), lid * mix(1.0, 0.95, min(ring, 1.0)));
    c = powder(c, eyeshadow_crease, light, fold * 0.96);
    c = powder(c, eyeshadow_outer, light, outer * 0.97);

    // Sheen sits where the moving lid bulges, sparkles on the lid and nowhere else: they lie in its own coordinates,
    // about as wide as tall.
    float bulge = (1.0 - smoothstep(0.1, 0.45, abs(along - 0.5))) * (1.0 - smoothstep(0.0, 0.75, abs(ring - 0.55)));
    float sheen = lid * bulge * smoothstep(0.5, 1.3, shade);
    float glitter = lid * (1.0 - smoothstep(1.0, 1.3, ring)) * sparkle(vec2(0.23 * along, 0.06 * ring));
    return c + eyeshadow_shimmer * eyeshadow_lid.a * (eyeshadow_lid.rgb + 0.08) * f_light * (0.75 * sheen + 0.8 * glitter);
}

// Eyeshadow. `ring` is 0 at the lash line, 1 at the fold of the lid, 2 above it, 3 at the brow.

vec3 eyeshadow(vec3 c, float shade, float along, float upper, float ring, highp vec2 place) {
    float top = mix(1.1, 2.7, eyeshadow_height);
    float haze = mix(0.10, 0.95, eyeshadow_blend);
    float above = smoothstep(-0.1, 0.5, upper);
    float fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring);
    float ends = smoothstep(0.0, 0.22, along);

    float lid = above * ends * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring)) * fade;
    float fold = above * smoothstep(0.02, 0.35, along) * smoothstep(0.35, 1.05, ring) * fade;
    float corner = smoothstep(0.72 - 0.30 * haze, 0.98, along);
    float outer = corner * mix(1.0 - smoothstep(0.25, 0.9 + 0.5 * haze, ring), 1.0 - smoothstep(0.55 * top, 0.9 * top, ring), above);

    vec3 light = f_light * shade;
    c = paint(c, eyeshadow_lid, light, lid * mix(1.0, 0.85, min(ring, 1.0)));
    c = paint(c, eyeshadow_crease, light, fold * 0.85);
    c = paint(c, eyeshadow_outer, light, outer * 0.9);

    // Sheen sits on the middle of the moving lid, sparkles wherever the shadow is.
    float sheen = lid * (1.0 - smoothstep(0.1, 0.45, abs(along - 0.5))) * smoothstep(0.5, 1.3, shade);
    float glitter = max(lid, 0.5 * fold) * sparkle(place);
    return c + eyeshadow_shimmer * eyeshadow_lid.a * (eyeshadow_lid.rgb + 0.08) * f_light * (0.45 * sheen + 0.8 * glitter);
}

// Lipstick: colour, two-tone, finish. After a change here `make gen` brings it to every platform; the twins in
// sdk/prink/render/formulas/lipstick.py (for gradients) and sdk/prink/reading/lips.py (simpler) are changed by hand.

// Finish of the film: shade is the lips' own light and wrinkles (1 is their mean), across runs 0 at the outer
// contour to 1 at the inner one. Matte presses highlights down, gloss lifts them where the light already is: `calm` is
// the shade without the camera's grain, of which every grain would be a highlight.
vec3 lipShading(vec3 pigment, float shade, float calm, float across, float glitter) {
    shade = mix(1.0, shade, 0.85); // a film levels the lips a little
    float over = max(shade - 1.0, 0.0);
    float matte = smoothstep(0.0, 0.3, lips_gloss);
    float body = min(shade, 1.0) + over * mix(0.25, 1.0, matte);
    vec3 film = pigment * f_light * body;

    // Wet film: a soft band along the fullest part of the lip, broken by the wrinkles, plus the natural glints.
    float gloss = smoothstep(0.3, 1.0, lips_gloss);
    float width = mix(0.34, 0.15, lips_gloss_sharpness);
    float bend = (across - 0.46) / width;
    float band = exp2(-2.0 * bend * bend);
    float broken = smoothstep(mix(0.75, 0.95, lips_gloss_sharpness), mix(1.55, 1.35, lips_gloss_sharpness), calm);
    float glint = band * broken + 0.6 * clamp(0.85 * (calm - 1.0), 0.0, 1.5);
    film += gloss * f_light * glint * (0.10 + 0.22 * f_lips.w);

    // Foil: dark in the folds, and the highlight has the metal's own colour.
    vec3 foil = pigment * f_light * (0.32 * shade + 1.7 * band * smoothstep(0.4, 1.4, calm));
    film = mix(film, foil, lips_metallic);
    return film + lips_shimmer * glitter * (pigment * 2.0 + 0.3) * f_light;
}

vec3 lipstick(vec3 c, float shade, float calm, float across, float mask, highp vec2 place) {
    float spread = 0.35;
    float inner = lips_inner.a * smoothstep(1.0 - lips_inner_ratio - spread, 1.0 - lips_inner_ratio + spread, across);
    vec3 pigment = mix(lips_color.rgb, lips_inner.rgb, inner);
    float coverage = max(lips_color.a, inner) * mask;
    vec3 film = lipShading(pigment, shade, calm, across, sparkle(place));
    return mix(c, film, coverage);
}

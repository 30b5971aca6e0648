// What the skin's formulas need once per face, worked out per vertex and passed on unchanged.

flat out vec3 f_light;
flat out vec4 f_skin;       // mean linear colour of the skin, its luminance
flat out vec4 f_tone;       // that colour at luminance one, and one over its luminance
flat out highp vec4 f_box;  // see faceBox()
flat out vec3 f_contour;    // what full contour lets through
flat out highp vec4 f_blush; // centre and inverse radius of the blush in flat face coordinates
flat out float f_lean;      // slant of the blush
flat out highp float f_grain; // texels of glitter in the width of the flat face
flat out float f_parsed;    // how far the parsing of the face decides

const float EYES_APART = 0.30; // in the flat face

void setSkin() {
    f_light = faceLight();
    f_skin = max(probe(SKIN), vec4(0.002));
    f_tone = vec4(f_skin.rgb, 1.0) / f_skin.w;
    f_box = faceBox();
    f_parsed = parsed();
    f_grain = exp2(floor(log2(max(f_box.w / EYES_APART, 16.0)))); // each covers one to two pixels

    vec3 hue = contour_color.rgb / max(max(contour_color.r, contour_color.g), max(contour_color.b, 0.02));
    float depth = mix(0.40, 0.95, sqrt(luma(contour_color.rgb)));
    f_contour = depth * mix(vec3(1.0), hue, 0.4);

    vec2 radius = mix(0.5, 1.15, blush_size) * mix(vec2(0.105, 0.100), vec2(0.165, 0.085), blush_placement);
    f_blush = vec4(mix(vec2(0.225, 0.625), vec2(0.325, 0.560), blush_placement), 1.0 / radius);
    f_lean = mix(0.25, 0.75, blush_placement);
}

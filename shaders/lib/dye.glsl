// What a hair dye comes to on this head in this light: the same at every corner.

const float DARK = 0.003; // luminance that sensors cannot tell from black
// What bleach leaves of the pigment at a luminance: red, then orange, gold and yellow, level 3 to 10 of hairdressers.
const vec3 LIFTED = vec3(0.55, 1.05, 1.9);

vec3 lifted(float y) {
    vec3 left = pow(vec3(clamp(y, 0.004, 0.8)), LIFTED);
    return left / luma(left);
}

// How much of its own colour the hair keeps at a distance from the roots. longest: both in face sizes.
float naturalRoot(float far, float longest) {
    float less = 1.0 - hair_root_shadow;
    float near = clamp(1.5 - 1.5 * far / min(1.1 - 0.85 * less, 0.75 * longest), 0.0, 1.0);
    return (1.0 - less * less * less * less * less) * near * near * (3.0 - 2.0 * near);
}

// hue: the dye at luminance one, and how light the hair becomes; shade: the hue in the depth between strands; ease: how
// much of its contrast the hair around, each strand, its highlights and what is finer than a strand keep.
void setDye(vec3 swatch, vec3 light, float hair, out vec4 hue, out vec3 shade, out vec4 ease) {
    vec3 target = swatch * light;
    float deep = max(luma(target), 1e-4);
    // Dye without bleach hardly lightens: dark hair takes red as a glint of red.
    float reach = min(deep, 1.35 * hair + 0.008);
    float y = mix(reach, deep, hair_lightening);
    float by = max(log2(y / reach), 0.0); // stops that bleach gave
    // Toner hides what pigment bleach left only where the hair was lifted as far as the swatch asks.
    float untoned = (1.0 - hair_lightening) * min(0.35 * by, 1.0);
    float white = luma(light);
    vec3 pigment = light / white * lifted(y / white);
    vec3 tone = mix(target / deep, pigment / luma(pigment), untoned);
    hue = vec4(tone, y);
    // Light in the depth passed more strands: their colour twice and, under a blond, more of what bleach left.
    vec3 own = max(tone, vec3(0.02));
    float blond = clamp(5.0 * min(swatch.r - swatch.g, swatch.g - swatch.b) / max(swatch.g, 1e-3), 0.0, 1.0);
    shade = own * mix(sqrt(own), pow(lifted(0.25 * y / white) / lifted(y / white), vec3(0.5)), blond);
    shade /= luma(shade);
    // Dark hair has more contrast than light hair, whose strands light each other: bleach takes some of it away. What
    // is finest may hardly grow on the screen, or the sensor's noise would, to four times its size on black hair.
    float stops = max(log2((y + DARK) / (hair + DARK)), 0.0);
    float glow = 0.4 * y * min(0.5 * stops, 1.0);
    float strands = min(1.0 / (1.0 + 0.10 * stops + 0.5 * glow), 6.0 * exp2(-0.5 * stops));
    float fine = min(1.2 * exp2(-0.5 * stops), strands);
    ease = vec4(1.0 / (1.0 + 0.04 * stops + glow), strands, min(2.2 * y + 0.2 * stops, 1.8), fine);
    // Highlights make the mean of dark hair: most of it is darker, and is lifted as far.
    hue.w *= exp2(0.12 * max(stops - 2.0, 0.0) * (1.0 - y));
}

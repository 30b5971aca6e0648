// What a hair dye comes to on this head in this light: the same at every corner.

const float DARK = 0.003; // luminance that sensors cannot tell from black

// hue: the dye at luminance one, and how light the hair becomes; ease: how much of its contrast the hair around, each
// strand and its highlights keep.
void setDye(vec3 swatch, float hair, out vec4 hue, out vec3 ease) {
    vec3 target = swatch * f_light;
    float deep = luma(target);
    // Dye without bleach hardly lightens: dark hair takes red as a glint of red.
    float reach = min(deep, 1.35 * hair + 0.008);
    float y = mix(reach, deep, hair_lightening);
    // Dark hair has more contrast than light hair: bleach takes some of it away.
    float stops = max(log2((y + DARK) / (hair + DARK)), 0.0);
    hue = vec4(target / max(deep, 1e-4), y);
    ease = vec3(1.0 / (1.0 + 0.04 * stops), 1.0 / (1.0 + 0.10 * stops), min(2.2 * y + 0.1 * stops, 1.2));
}

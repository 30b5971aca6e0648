// Hair colour; dye.glsl prepares it. Their twin for training, sdk/prink/render/reference/hair.py, is changed by hand.

// 0 at low, 1 at high, straight between: hair covers more pixels than anything else, and smoothstep costs twice this.
float ramp(float low, float high, float x) {
    return clamp((x - low) / (high - low), 0.0, 1.0);
}

// How grey a strand is: pale and without hue.
float greyness(vec3 strand, float y) {
    float top = max(strand.r, max(strand.g, strand.b));
    float low = min(strand.r, min(strand.g, strand.b));
    return ramp(0.48, 0.15, (top - low) / max(top, 1e-3)) * ramp(0.06, 0.20, y * f_hair.z);
}

// A strand after the dye: root colour, beyond the line tip colour. What is laid on is hue and depth; a strand's light
// relative to the hair around it, and that of the hair around relative to all hair, stay: they are volume and shine.
// calm: the luminance here without the sensor's noise, and DARK; firm: 0 where what is behind the hair shines through.
vec3 hairColor(vec3 strand, float calm, float firm) {
    float y = luma(strand);
    float tip = hair_tip.a * smoothstep(f_line.x, f_line.y, v_at.x);
    float cover = 1.0 - (1.0 - hair_root.a) * (1.0 - tip);
    float ends = tip / max(cover, 1e-4);
    vec4 hue = mix(f_root, f_tip, ends);
    vec4 ease = mix(f_rootEase, f_tipEase, ends);

    float lit = exp2(v_at.y * ease.x + (log2(calm) - v_around.w) * ease.y);
    // What shines through would be lifted with the hair, as a rim of light around it.
    firm = max(firm, 1.0 - 6.0 * (1.0 - ease.y));
    float over = max(lit - 1.0, 0.0) * firm;
    float made = hue.w * (min(lit, 0.85 + 0.15 * firm) + over / (1.0 + over * ease.z));
    made *= 1.0 + clamp(((y + DARK) / calm - 1.0) * ease.w, -0.6, 0.8);
    float white = max(made - 0.65, 0.0); // white hair is not a white patch
    made = min(made, 0.65) + white / (1.0 + 2.6 * white);
    // A highlight is the light's colour, not the hair's, and darkening does not take it off the strands' surface.
    float shine = 0.6 * hair_shine * ramp(1.3, 2.7, lit);
    float glint = 0.8 * hair_shine * max(y - f_hair.w, 0.0) * clamp(1.0 - hue.w / f_hair.x, 0.0, 1.0);
    vec3 tone = mix(mix(f_rootShade, f_tipShade, ends), hue.rgb, min(lit, 1.0));
    vec3 dyed = tone * (made * (1.0 - shine)) + f_light * ((made * shine + glint) * f_hair.z);
    cover *= 1.0 - v_at.w;
    if (hair_grey < 1.0) cover *= 1.0 - greyness(strand, y) * (1.0 - hair_grey);
    return mix(strand, dyed, cover);
}

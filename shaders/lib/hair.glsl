// Hair colour; dye.glsl prepares it. Their twin for training, sdk/prink/render/reference/hair.py, is changed by hand.

// How grey a strand is: pale and without hue.
float greyness(vec3 strand, float y) {
    float top = max(strand.r, max(strand.g, strand.b));
    float low = min(strand.r, min(strand.g, strand.b));
    return (1.0 - smoothstep(0.15, 0.45, (top - low) / max(top, 1e-3))) * smoothstep(0.06, 0.20, y * f_hair.z);
}

// A strand after the dye: root colour, beyond the line tip colour. What is laid on is hue and depth; a strand's light
// relative to the hair around it, and that of the hair around relative to all hair, stay: they are volume and shine.
vec3 hairColor(vec3 strand) {
    float y = luma(strand);
    float soft = mix(0.03, 0.45, hair_softness);
    float line = mix(-soft, 1.0 + soft, hair_line);
    float tip = hair_tip.a * smoothstep(line - soft, line + soft, v_at.x);
    float cover = 1.0 - (1.0 - hair_root.a) * (1.0 - tip);
    float ends = tip / max(cover, 1e-4);
    vec4 hue = mix(f_root, f_tip, ends);
    vec3 ease = mix(f_rootEase, f_tipEase, ends);

    float lit = exp2(v_at.y * ease.x + log2((y + DARK) / v_around.w) * ease.y);
    float over = max(lit - 1.0, 0.0);
    float made = hue.w * (min(lit, 1.0) + over / (1.0 + over * ease.z));
    made = min(made, 0.65) + 0.33 * (1.0 - exp2(-max(made - 0.65, 0.0) * 4.4)); // white hair is not a white patch
    // A highlight is the light's colour, not the hair's, and darkening does not take it off the strands' surface.
    float shine = 0.6 * hair_shine * smoothstep(1.2, 2.8, lit);
    float glint = 0.8 * hair_shine * max(y - 1.4 * f_hair.x, 0.0) * clamp(1.0 - hue.w / f_hair.x, 0.0, 1.0);
    vec3 dyed = hue.rgb * (made * (1.0 - shine)) + f_light * ((made * shine + glint) * f_hair.z);
    cover *= mix(1.0 - greyness(strand, y), 1.0, hair_grey);
    return mix(strand, dyed, cover);
}

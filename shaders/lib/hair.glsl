// Hair colour. Its twin for training, sdk/prink/render/reference/hair.py, is changed by hand.

// A strand after the dye. What is laid on is hue and depth; the strand's light relative to the hair around it, and
// that of the hair around it relative to all of it, stay: they are volume and shine.
vec3 dyed(vec3 strand, vec3 around, vec3 swatch) {
    vec3 target = swatch * f_light;
    float deep = luma(target);
    // Dye without bleach hardly lightens: dark hair takes red as a glint of red.
    float reach = min(deep, 1.35 * f_mean.w + 0.008);
    float y = mix(reach, deep, hair_lightening);
    float stops = max(log2((y + 0.003) / (f_mean.w + 0.003)), 0.0);
    float broad = clamp((luma(around) + 0.003) / (f_mean.w + 0.003), 0.25, 3.0);
    float fine = (luma(strand) + 0.003) / (luma(around) + 0.003);
    // Dark hair has more contrast than light hair: bleach takes some of it away.
    float lit = pow(broad, 1.0 / (1.0 + 0.04 * stops)) * pow(fine, 1.0 / (1.0 + 0.10 * stops));
    float over = max(lit - 1.0, 0.0);
    y *= min(lit, 1.0) + over / (1.0 + over * min(2.2 * y + 0.1 * stops, 1.2));
    y = min(y, 0.65) + 0.33 * (1.0 - exp2(-max(y - 0.65, 0.0) * 4.4)); // white hair is not a white patch
    vec3 made = target * (y / max(deep, 1e-4));
    // A highlight is the light's colour, not the hair's.
    float shine = 0.6 * hair_shine * smoothstep(1.2, 3.2, broad * fine);
    made = mix(made, f_light * (y / luma(f_light)), shine);
    // Darkening does not take the glints off the strands' surface.
    float glint = max(luma(strand) - 1.4 * f_mean.w, 0.0) * clamp(1.0 - y / f_mean.w, 0.0, 1.0);
    return made + f_light * (0.8 * hair_shine * glint / luma(f_light));
}

// How grey a strand is: pale and without hue.
float greyness(vec3 strand) {
    float top = max(strand.r, max(strand.g, strand.b));
    float low = min(strand.r, min(strand.g, strand.b));
    return (1.0 - smoothstep(0.15, 0.45, (top - low) / max(top, 1e-3))) * smoothstep(0.06, 0.20, luma(strand) / luma(f_light));
}

// Root colour, then tip colour beyond the line.
vec3 hairColor(vec3 strand, vec3 around, highp float along) {
    float soft = mix(0.03, 0.45, hair_softness);
    float line = mix(-soft, 1.0 + soft, hair_line);
    float takes = mix(1.0 - greyness(strand), 1.0, hair_grey);
    vec3 made = mix(strand, dyed(strand, around, hair_root.rgb), hair_root.a * takes);
    float tip = hair_tip.a * smoothstep(line - soft, line + soft, along);
    return tip > 0.0 ? mix(made, dyed(strand, around, hair_tip.rgb), tip * takes) : made;
}

// Lashes, hair by hair: roots on the lid contour, tips tapered, each hair with its own length.

float lashRow(float along, float off, float count, float reach, float root) {
    float hair = along * count;
    float own = texture(u_grain, vec2((floor(hair) + 0.5) * 0.37, root)).r;
    float lengthOf = reach * mix(0.55, 1.0, own);
    float up = clamp(off / lengthOf, 0.0, 1.0);
    float half_ = mix(0.20, 0.30, lashes_density) * (1.0 - 0.9 * up);
    float pixel = count * f_pixel * 2.1; // one pixel counted in hairs
    float away = abs(fract(hair) - 0.5 - 0.25 * (own - 0.5));
    float crisp = clamp((half_ - away) / pixel + 0.5, 0.0, 1.0);
    float cover = mix(crisp, 1.6 * half_, smoothstep(0.5, 1.4, pixel)); // too fine to resolve: their mean
    return cover * (1.0 - smoothstep(0.85, 1.0, up)) * step(-0.004, off);
}

vec3 lashes(vec3 c, float along, float upper, float off, vec2 eye) {
    float count = mix(22.0, 46.0, lashes_density);
    float lean = along + (along - 0.35) * off * 0.9; // tips fan outward
    float profile = smoothstep(0.02, 0.25, along) * mix(0.65, 1.0, smoothstep(0.2, 0.8, along));
    float reach = mix(0.035, 0.17, lashes_length) * profile + 1e-3;
    float top = smoothstep(0.05, 0.5, upper) * lashRow(lean, off, count, reach, 0.1);
    float low = 0.7 * smoothstep(0.05, 0.5, -upper) * lashRow(lean, off, 0.7 * count, 0.38 * reach, 0.6);
    float rootLine = 0.7 * smoothstep(0.05, 0.5, upper) * smoothstep(-0.010, 0.0, off) * (1.0 - smoothstep(0.006, 0.016, off)) * profile;
    return paint(c, lashes_color, f_light, max(max(top, low), rootLine));
}

// Lashes, hair by hair: roots on the lid contour, thick there and fine at the tips, each with its own length, place and
// curl.

const float LASHES = 34.0; // of the longest row

float lashRow(float along, float off, float count, float reach, float lean, int row) {
    float turned = max(along - 0.7, 0.0);
    float hair = count * (along - 0.9 * turned * turned); // near the corner the contour turns: fewer have room
    vec2 own = texelFetch(u_grain, ivec2((int(hair) * 95 + 512) & 255, row), 0).rg;
    float lengthOf = reach * mix(0.40, 1.0, own.x);
    float up = clamp(off / lengthOf, 0.0, 1.0);
    float grown = smoothstep(0.45, 0.85, 1.25 * lashes_density + own.x); // the long hairs come first
    float half_ = mix(0.24, 0.30, lashes_density) * grown * (1.0 - up) * (1.0 - 0.35 * up);
    float pixel = count * f_pixel * mix(2.1, 3.0, smoothstep(0.75, 0.95, along)); // one pixel counted in hairs
    float bent = up * (2.0 - up) * (0.5 * (own.y - 0.5) + lean); // leaves the root aslant and curls upward
    float away = abs(fract(hair) - 0.5 - 0.35 * (own.x - 0.5) - bent);
    float crisp = clamp((min(half_ - away, half_) + 0.5 * pixel) / pixel, 0.0, min(2.0 * half_ / pixel, 1.0));
    float cover = mix(crisp, 1.6 * half_, smoothstep(0.5, 1.4, pixel)); // too fine to resolve: their mean
    return cover * smoothstep(-0.006, 0.0, off);
}

vec3 lashes(vec3 c, float along, float upper, float off) {
    // Natural tips curl upward; doll lashes stand like rays, longest in the middle; cat lashes sweep to the outer corner.
    float doll = 1.0 - abs(2.0 * lashes_style - 1.0);
    float cat = max(2.0 * lashes_style - 1.0, 0.0);
    float outward = smoothstep(0.2, 0.85, along);
    float round_ = 0.92 - 0.45 * smoothstep(0.12, 0.5, abs(along - 0.52));
    float longest = mix(mix(0.6 - 0.30 * cat, 1.0 + 0.30 * cat, outward), round_, doll);
    float profile = smoothstep(0.02, 0.25, along) * longest;
    float reach = mix(0.030, 0.155, lashes_length) * profile + 1e-3;
    if (off > max(reach, 0.016)) {
        return c;
    }
    float middle = 0.30 + 0.12 * doll + 0.60 * cat;
    float fan = along + (along - middle) * (1.0 - 0.7 * doll + 0.6 * cat) * off * (1.2 + 5.0 * off);
    // Mascara gathers tips into bunches.
    float tuft = fract(6.7 * along) - 0.5;
    float wider = fract(4.3 * along + 0.4) - 0.5;
    fan += (off + 0.008) * (1.5 * tuft * (1.0 - 4.0 * tuft * tuft) + 1.2 * wider * (1.0 - 4.0 * wider * wider));
    float lid = smoothstep(0.05, 0.5, upper);
    // The second row thickens the upper lashes; below the eye it is the only one, shorter and thinner.
    bool above = upper > 0.0;
    float count = (above ? 1.31 : 0.6) * LASHES;
    float second = lashRow(fan + 0.013, off, count, (above ? 0.8 : 0.33) * reach, -0.10, above ? 115 : 205);
    float top = max(lashRow(fan, off, LASHES, reach, 0.10, 25), second);
    float low = 0.5 * smoothstep(0.05, 0.5, -upper) * smoothstep(0.25, 0.6, along) * second;
    float rootLine = 0.8 * smoothstep(-0.010, 0.0, off) * (1.0 - smoothstep(0.004, 0.016, off)) * profile;
    return paint(c, lashes_color, f_light, max(lid * max(top, rootLine), low));
}

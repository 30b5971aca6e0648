// How light meets the surface: shadow, strands, cropped hair and shine.

float lit() {
    float sum = 0.0;
    for (int y = -1; y <= 1; y += 2)
        for (int x = -1; x <= 1; x += 2)
            sum += texture(shadow, in_light + vec3(vec2(x, y) * 0.004, -0.008));
    return sum / 4.0;
}

vec3 strands(float score) {
    float height = dot(seen_place - crown, up);
    vec3 dye = mix(tip_colour, hair_colour, smoothstep(tips.x, tips.y, height));
    return dye * exp((score * 2.0 - 1.0) * 3.0 * contrast - 0.5 * contrast * contrast);
}

// Cropped hair is a mat of dots.
float grain() {
    vec2 dot_of = floor(seen_uv * 1000.0);
    return 0.3 + 1.4 * fract(sin(dot(dot_of, vec2(12.9898, 78.233))) * 43758.5453);
}

// Strands fall away from the crown, along the surface (after Kajiya and Kay, 1989).
float strand_shine(vec3 n, vec3 halfway) {
    vec3 out_of = seen_place - crown;
    vec3 fall = normalize(out_of - up * (dot(out_of, up) + 1.0));
    vec3 along = normalize(fall - n * dot(n, fall) + 1e-4);
    float across = sqrt(max(0.0, 1.0 - pow(dot(along, halfway), 2.0)));
    return 0.04 * pow(across, 2.0 / (roughness * roughness));
}

float skin_shine(vec3 n, vec3 halfway, float fresnel) {
    float power = 2.0 / (roughness * roughness);
    return (power + 2.0) / (8.0 * PI) * pow(max(dot(n, halfway), 0.0), power) * fresnel;
}

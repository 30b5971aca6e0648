// A lit surface, and beside it whether it is hair and person, blended alike, and its class.

// Numbers in prink.parse.classes.CLASSES.
const int SKIN_CLASS = 1, UPPER_LIP = 6, LOWER_LIP = 7, TEETH = 8, MOUTH = 9, HAIR_CLASS = 10;
const int NECK = 14;

layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 masks;
layout(location = 2) out vec4 classes;

int class_of(vec4 texel, vec4 region, float hair) {
    bool gum = texel.r - texel.b > 0.13;
    if (label == TEETH) return gum ? MOUTH : TEETH;
    if (kind != SKIN || label != SKIN_CLASS) return label;
    if (region.b > 0.5) return MOUTH;
    if (region.r > 0.5) return region.a > 0.5 ? UPPER_LIP : LOWER_LIP;
    if (hair > 0.5) return HAIR_CLASS;
    return region.g > 0.5 ? NECK : SKIN_CLASS;
}

void main() {
    vec4 texel = texture(tex, seen_uv);
    float alpha = kind == SKIN ? 1.0 : texel.a;
    if (alpha < least_alpha || alpha > most_alpha) discard;
    vec3 to_eye = normalize(-seen_place);
    vec3 n = normalize(seen_normal);
    if (kind != SKIN && dot(n, to_eye) < 0.0) n = -n;
    vec4 region = vec4(0.0);
    if (kind == SKIN && label == SKIN_CLASS) region = texture(regions, seen_uv);
    float hair = kind == HAIR ? float(label == HAIR_CLASS) : kind == SKIN ? texel.a * stubble : 0.0;
    vec3 albedo = pow(texel.rgb, vec3(2.2)) * tint;
    if (kind == HAIR) albedo = strands(texel.r) * tint;
    if (kind == SKIN) albedo = mix(albedo, hair_colour * grain(), hair);
    if (kind == SKIN && region.b > 0.5) albedo *= mouth_light;
    vec3 wrap = kind == SKIN ? vec3(0.32, 0.14, 0.08) : vec3(kind == HAIR ? 0.25 : 0.0);
    float fresnel = 0.04 + 0.96 * pow(1.0 - max(dot(n, to_eye), 0.0), 5.0);
    vec3 sum = albedo * mix(ground, sky, dot(n, up) * 0.5 + 0.5);
    float open = lit();
    for (int i = 0; i < 3; ++i) {
        float facing = dot(n, ways[i]);
        vec3 light = lights[i] * (i == 0 ? open : 1.0);
        vec3 halfway = normalize(ways[i] + to_eye);
        sum += albedo * light * max((facing + wrap) / (1.0 + wrap), 0.0);
        float shine = kind == HAIR ? strand_shine(n, halfway) : skin_shine(n, halfway, fresnel);
        sum += light * gloss * shine * smoothstep(-0.1, 0.4, facing);
    }
    vec3 shown = 1.0 - exp(-sum * exposure);
    colour = vec4(pow(shown, vec3(1.0 / 2.2)), alpha);
    masks = vec4(hair, 1.0, 0.0, alpha);
    classes = vec4(float(class_of(texel, region, hair)) / 255.0);
}

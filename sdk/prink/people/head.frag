#version 330
// A lit surface, and beside it whether it is hair and person, blended alike, and its class.

const int PLAIN = 0, SKIN = 1, HAIR = 2;
const float PI = 3.14159;
// Numbers in prink.parse.classes.CLASSES.
const int SKIN_CLASS = 1, UPPER_LIP = 6, LOWER_LIP = 7, TEETH = 8, MOUTH = 9, HAIR_CLASS = 10;
const int NECK = 14;

uniform sampler2D tex;
uniform sampler2DShadow shadow;
uniform sampler2D regions;  // of the skin: lips, neck, inside of the mouth, upper lip
uniform int kind;
uniform int label;          // a class; the skin's is split by its regions
uniform float least_alpha;
uniform float most_alpha;
uniform vec3 tint;
uniform float gloss;
uniform float roughness;
uniform float stubble;      // cover of the scalp's hair
uniform vec3 hair_colour;   // linear, at the roots
uniform vec3 tip_colour;    // linear
uniform vec2 tips;          // heights in the head between which roots turn to tips
uniform vec3 up;            // the head's, in the camera's space
uniform vec3 crown;         // a place in the camera's space
uniform float contrast;     // of strands, in logarithms
uniform vec3 ways[3];       // to the lights
uniform vec3 lights[3];
uniform vec3 sky;
uniform vec3 ground;
uniform float exposure;
uniform float mouth_light;  // how much light comes into the mouth

in vec3 seen_place;
in vec3 seen_normal;
in vec2 seen_uv;
in vec3 in_light;

layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 masks;
layout(location = 2) out vec4 classes;

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

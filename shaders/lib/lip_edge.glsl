// Where the lips begin and end on this pixel. Distances are in inter-ocular distances. `part` is what lib/parts.glsl
// says; f_parsed tells how far it decides.
#include "lib/lip_color.glsl"

// 0 is the colour of the skin around, 1 the colour of this lip.
float lipness(vec3 c, float upper) {
    vec3 color = lipColor(c);
    return mix(dot(color, f_lower.xyz) - f_lower.w, dot(color, f_upper.xyz) - f_upper.w, upper);
}

// What the parsing says for lips, -1..1: it blurs thin lips, so what is hardly sure counts for them already.
float lipEvidence(float lips) {
    return clamp(lips * 2.9 - 1.0, -1.0, 1.0);
}

// Landmarks miss the colour edge by 1.9 % on average: the edge lies between them, the colour edge where lips and skin
// differ enough, and the parsed one. All three count distances, so the sum rises faster than one: a pixel stays a pixel.
float outerEdge(float inside, float hue, float trust, float feather, float lips) {
    float byColor = 0.024 * trust * clamp(hue * 2.0 - 1.0, -1.0, 1.0);
    float byPart = lipEvidence(lips);
    byPart *= byPart > 0.0 ? 0.030 : 0.015; // what hides lips is no face: here the parsing is the least sure
    float soft = max(feather * (1.0 + f_parsed), f_parsed * 1.4 * f_pixel * (2.0 + trust));
    return smoothstep(-0.5 * soft, 0.5 * soft, inside + byColor + byPart * f_parsed);
}

// What is not parsed: a finger before the mouth has the skin's colour, not the lips', so paint fades there. Deep shadow
// tells no colour.
float uncovered(vec3 wide, float hue, float trust) {
    float finger = (1.0 - smoothstep(-0.2, 0.2, hue)) * smoothstep(0.30, 0.60, luma(wide) / f_lips.w);
    return 1.0 - trust * finger;
}

// How much a colour looks like teeth: brighter and less red than the lips.
float pale(vec3 c, float y) {
    return (1.0 - smoothstep(0.62, 0.85, c.r / max(c.g, 0.003) / f_redness)) * smoothstep(1.1, 1.6, y / f_lips.w);
}

// Teeth stay bare, and so does the opening of the mouth unless it is sealed. A glint on the lip is pale too, but
// narrow. Landmarks miss this edge as well: lip-coloured pixels are painted a little way into the opening.
float innerEdge(float fromOpening, vec3 c, float y, vec3 near, vec4 part) {
    float yNear = luma(near);
    float white = pale(near, yNear);
    float tooth = pale(c, y) * smoothstep(0.0, 0.6, white) * (1.0 - smoothstep(0.006, 0.026, fromOpening)) * (1.0 - f_sealed * f_sealed);
    vec3 mean = 0.5 * (c + near);
    float level = 0.5 * (y + yNear) / f_lips.w;
    float lip = smoothstep(0.72, 0.92, mean.r / max(mean.g, 0.003) / f_redness) * smoothstep(0.35, 0.70, level)
        * (1.0 - smoothstep(1.3, 1.7, level));
    float open = smoothstep(0.0, 0.020, fromOpening + 0.012 * lip);

    // Parsed, the edge lies where lips end and teeth, tongue or the dark begin; colour decides where that is unsure.
    float likely = 0.5 * white - 0.25 - clamp(15.0 * fromOpening, -0.3, 0.6) - 0.4 * f_sealed;
    float seenTooth = smoothstep(-0.3, 0.3, part.a - part.r + likely) * smoothstep(0.2, 0.5, part.a);
    float soft = max(0.015, 1.4 * f_pixel * 2.5);
    float seenOpen = smoothstep(-0.5 * soft, 0.5 * soft, min(fromOpening, 0.03) + 0.055 * lipEvidence(part.r));
    tooth = mix(tooth, seenTooth, f_parsed);
    return (1.0 - tooth) * mix(mix(open, seenOpen, f_parsed), 1.0, f_sealed);
}

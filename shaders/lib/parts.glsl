// What the pixels of the face are, where the host had it parsed: r lips, g face (what makeup may cover; no hand, hair,
// beard, lens), b open eye, a teeth. f_parsed tells how far that decides; at 0 landmarks alone do.

uniform sampler2D u_parts; // made by parts.frag, in the square around the face

vec4 parts(highp vec2 place) {
    return texture(u_parts, place);
}

// How much of a product its part lets through: where the parsing is unsure, geometry and colour decide.
float allowed(float part) {
    return mix(1.0, smoothstep(0.25, 0.65, part), f_parsed);
}

// Small-scale texture from one tiling picture: r white noise, g soft noise, b strokes along v, a sparse sparkles.

uniform sampler2D u_grain;

// Sparkles anchored in region coordinates, so they stay put when the head moves.
float sparkle(highp vec2 place) {
    return texture(u_grain, place).a;
}

// The same over the flat face, unfiltered: its texels are about as large as pixels, see lib/skin_flat.glsl.
float glitter(highp vec2 face) {
    ivec2 at = ivec2(face * f_grain) & 127;
    return texelFetch(u_grain, at, 1).a;
}

float stroke(highp vec2 place) {
    return texture(u_grain, place).b;
}

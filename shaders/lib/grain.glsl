// Small-scale texture from one tiling picture: r white noise, g soft noise, b strokes along v, a sparse sparkles.

uniform sampler2D u_grain;

// Sparkles anchored in region coordinates, so they stay put when the head moves.
float sparkle(highp vec2 place) {
    return texture(u_grain, place).a;
}

float stroke(highp vec2 place) {
    return texture(u_grain, place).b;
}

// Colour without brightness: logs of red and blue over green. Another light adds the same to all that it falls on.

// What white light makes of a mean skin, of the white of the eyes as far as it can be seen between lids, of teeth,
// and of a room's paler things.
const vec2 OF_SKIN = vec2(0.4974, -0.3102);
const vec2 OF_WHITES = vec2(0.32, -0.14);
const vec2 OF_TEETH = vec2(0.16, -0.15);
const vec2 OF_ROOM = vec2(0.07, -0.03);

highp vec2 logChroma(highp vec3 c) {
    highp vec3 lit = max(c, vec3(0.0005)); // noise in the dark makes no colours
    return log(lit.rb / lit.g);
}

// 1 where two such colours are one, less the farther they are apart.
float alike(highp vec2 a, highp vec2 b, float reach) {
    highp vec2 off = (a - b) / reach;
    return exp(-dot(off, off));
}

// Hue without brightness: two opponent ratios in units of how much they vary over bare lips.

vec2 chroma(vec3 c) {
    vec3 lit = max(c, vec3(0.002));
    return vec2(33.0, 50.0) * lit.rb / (lit.rb + lit.gg);
}

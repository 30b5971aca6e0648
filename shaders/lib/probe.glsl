// What the probe pass measured on this face: mean linear colour of each region, and the light on it.

uniform highp sampler2D u_probe;

vec4 probe(int region) {
    return texelFetch(u_probe, ivec2(region, u_face), 0);
}

// Colour of the light that falls on the face: what a white card would look like there. One photo cannot tell dark
// skin from dim light, so both witnesses are asked: the skin, of which half of the deviation (in stops) from a mean
// skin is taken for light, and the white of the eyes, alike in all people, where it can be seen.
vec3 faceLight() {
    vec3 skin = max(probe(SKIN).rgb, vec3(0.002));
    float white = max(probe(RIGHT_SCLERA).w, probe(LEFT_SCLERA).w);
    float bySkin = sqrt(luma(skin) / 0.40);
    float byWhite = clamp(white / 0.45, 0.3, 1.2);
    float open = clamp(2.0 * max(seenMore().z, seenMore().w), 0.0, 1.0) * smoothstep(0.5, 0.9, white / luma(skin));
    float exposure = mix(bySkin, sqrt(bySkin * byWhite), open);
    vec3 tint = sqrt(skin / luma(skin) / vec3(1.48, 0.90, 0.66));
    tint = clamp(tint / luma(tint), 0.75, 1.35);
    return tint * clamp(exposure, 0.25, 1.05);
}

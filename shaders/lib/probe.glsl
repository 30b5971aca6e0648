// What the probe pass measured on this face: mean linear colour of each region, and the light on it.

uniform highp sampler2D u_probe;

vec4 probe(int region) {
    return texelFetch(u_probe, ivec2(region, u_face), 0);
}

// Colour of the light that falls on the face: what a white card would look like there. One photo cannot tell dark
// skin from dim light, so both witnesses are asked: the skin, of which a third of the deviation from a mean skin is
// taken for light, and the white of the eyes, which is alike in all people.
vec3 faceLight() {
    vec3 skin = max(probe(SKIN).rgb, vec3(0.002));
    vec3 white = max(max(probe(RIGHT_SCLERA).rgb, probe(LEFT_SCLERA).rgb), vec3(0.002));
    float bySkin = pow(luma(skin) / 0.32, 0.35);
    float byWhite = luma(white) / 0.40;
    float open = clamp(max(seenMore().z, seenMore().w) * 2.0, 0.0, 1.0);
    float exposure = mix(bySkin, sqrt(bySkin * byWhite), open);
    vec3 tint = pow(skin / luma(skin) / vec3(1.48, 0.92, 0.62), vec3(0.5));
    tint = clamp(tint / luma(tint), 0.75, 1.35);
    return tint * clamp(exposure, 0.25, 1.15);
}

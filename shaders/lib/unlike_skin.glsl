// Hair against skin: rgb . xyz + w is 0 on the skin's colour and 1 on the hair's around, all in square roots of linear.
// apart: how far these are from each other.
vec4 unlikeSkin(vec3 around, out float apart) {
    vec3 skin = sqrt(probe(SKIN).rgb);
    vec3 way = sqrt(around) - skin;
    apart = dot(way, way);
    way /= max(apart, 1e-3);
    return vec4(way, -dot(skin, way));
}

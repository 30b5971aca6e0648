// What the probe pass measured on this face: mean linear colour of each region, and the light on it.
#include "lib/log_chroma.glsl"

uniform highp sampler2D u_probe;

vec4 probe(int region) {
    return texelFetch(u_probe, ivec2(region, u_face), 0);
}

// What is held times its trust; a trust of a half is enough, so a blink changes nothing.
vec4 witnessed(vec4 held) {
    return vec4(held.rgb / max(held.w, 1e-3), min(2.0 * held.w, 1.0));
}

// What turns the face's hue (its colour at luminance one) toward the neck's, 1 where no neck is seen. Not all the way:
// the chin's shadow on the neck has a colour too.
vec3 neckByFace(vec3 face) {
    vec4 neck = witnessed(probe(NECK));
    vec3 ratio = clamp(neck.rgb / max(luma(neck.rgb), 1e-3) / face, 0.85, 1.18);
    ratio = mix(vec3(1.0), ratio, 0.6 * neck.w);
    return ratio / luma(ratio * face);
}

// Hue of the light, luminance one. Skin, the white of the eyes, teeth and the room are asked, and those that differ
// from the rest count less. Small casts may be the people's own and are halved, large ones can only be light.
vec3 lightTint(vec3 skin, vec4 whites, float seen) {
    vec4 teeth = witnessed(probe(TEETH));
    vec4 room = witnessed(probe(ROOM));
    mat4x2 said = mat4x2(logChroma(skin) - OF_SKIN, logChroma(whites.rgb) - OF_WHITES, logChroma(teeth.rgb) - OF_TEETH, room.xy - OF_ROOM);
    vec4 trust = vec4(0.5, seen, teeth.w, 1.2 * room.w);
    vec2 mean = said * (trust / dot(trust, vec4(1.0)));
    for (int i = 0; i < 4; i++) trust[i] /= 1.0 + dot(said[i] - mean, said[i] - mean) / 0.16;
    vec2 hue = said * (trust / dot(trust, vec4(1.0)));
    vec2 own = said[0] - hue; // of this skin in any light: on warm skin products are warmer, or they look blue
    hue *= 1.0 - 0.5 / (1.0 + dot(hue, hue) / 0.16);
    hue += 0.4 * vec2(max(own.x, 0.0), min(own.y, 0.0));
    hue = clamp(hue, vec2(-1.2, -4.0), vec2(1.8, 1.2));
    vec3 tint = vec3(exp(hue.x), 1.0, exp(hue.y));
    return tint / luma(tint);
}

// Colour of the light that falls on the face: what a white card would look like there. One photo cannot tell dark
// skin from dim light, so both witnesses are asked: the skin, of which half of the deviation (in stops) from a mean
// skin is taken for light, and the white of the eyes, alike in all people, where it can be seen. Where all around is
// dim too, it is the light; eyes much brighter than the skin tell dark skin.
vec3 faceLight() {
    vec3 skin = max(probe(SKIN).rgb, vec3(0.0005));
    vec4 whites = witnessed(probe(WHITES));
    vec3 tint = lightTint(skin, whites, whites.w * smoothstep(0.35, 0.7, luma(whites.rgb) / luma(skin)));
    float y = luma(skin / tint);
    float white = luma(whites.rgb / tint);
    float lit = clamp(max(probe(ROOM).z, max(white * whites.w, y)) / 0.45, 0.02, 1.0);
    float bySkin = sqrt(y / 0.40);
    float byWhite = clamp(white / 0.45, 0.3 * lit, 1.2);
    float open = whites.w * smoothstep(0.5, 0.9, white / y);
    float exposure = mix(bySkin, sqrt(bySkin * byWhite), open) * pow(lit, 0.6 - 0.3 * open);
    exposure *= mix(1.0, pow(clamp(white / y, 1.0, 1.6), 0.2), open);
    return tint * clamp(exposure, 0.25 * lit, 1.05);
}

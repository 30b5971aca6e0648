#include "lib/skin_light.glsl"
#include "lib/parts.glsl"
#include "lib/grain.glsl"
#include "lib/pigment.glsl"
#include "lib/foundation.glsl"
#include "lib/cheek.glsl"
// Everything that lies on bare skin, in the order a make-up artist applies it.

uniform sampler2D u_frame;
uniform sampler2D u_near; // the face at one pixel per 2 % of the inter-ocular distance
uniform sampler2D u_wide; // the same after a bilateral blur
uniform sampler2D u_mask; // in flat face coordinates: r foundation, g contour, b highlight, a sides of the nose

vec3 camera(ivec2 pixel) {
    return texelFetch(u_frame, pixel, 0).rgb;
}

// How much a pixel looks like this face's skin: 0 on hair, nostrils, glasses, cloth.
float skinLikeness(vec3 c) {
    float y = max(luma(c), 0.003);
    vec2 off = c.rb / y - f_tone.rb;
    float hue = clamp(1.2 - 1.7 * dot(off, off), 0.0, 1.0);
    return hue * smoothstep(0.10, 0.42, y * f_tone.w);
}

// Where a frame pixel lies in the square around the face.
highp vec2 inBox(highp vec2 at) {
    return (at - f_box.xy) / f_box.z * 0.5 + 0.5;
}

vec3 skinLook(vec3 c, vec3 near, vec4 wide, highp vec2 face, float seen) {
    vec4 mask = texture(u_mask, face);
    float onSkin = skinLikeness(c) * seen;
    c = foundation(c, near, wide, mask.r * onSkin);
    c = contour(c, mask, onSkin);
    c = blush(c, face, onSkin);
    return highlight(c, face, mask, onSkin);
}

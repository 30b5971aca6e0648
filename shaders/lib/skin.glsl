// Everything that lies on bare skin, in the order a make-up artist applies it.

uniform sampler2D u_frame;
uniform sampler2D u_soft;
uniform sampler2D u_mask; // in flat face coordinates: r foundation, g contour, b highlight, a sides of the nose

vec3 camera(ivec2 pixel) {
    return texelFetch(u_frame, pixel, 0).rgb;
}

// How much a pixel looks like this face's skin: 0 on hair, nostrils, glasses, cloth.
float skinLikeness(vec3 c) {
    float y = max(luma(c), 0.003);
    vec2 off = c.rb / y - f_skin.rb / f_skin.w;
    float hue = 1.0 - smoothstep(0.35, 0.85, length(off));
    return hue * smoothstep(0.10, 0.42, y / f_skin.w);
}

// The neighbourhood of a pixel at one hundredth of the inter-ocular distance, encoded as the frame is.
vec3 nearby(highp vec2 at, float reach) {
    highp vec2 texel = 1.0 / vec2(textureSize(u_frame, 0));
    highp vec2 r = max(reach, 1.0) * texel;
    highp vec2 uv = at * texel;
    vec3 sum = texture(u_frame, uv + vec2(r.x, 0.4 * r.y)).rgb + texture(u_frame, uv - vec2(r.x, 0.4 * r.y)).rgb
        + texture(u_frame, uv + vec2(-0.4 * r.x, r.y)).rgb + texture(u_frame, uv - vec2(-0.4 * r.x, r.y)).rgb;
    return sum * 0.25;
}

vec3 skinLook(vec3 c, vec3 near, vec3 wide, highp vec2 face, float seen) {
    vec4 mask = texture(u_mask, face);
    float onSkin = skinLikeness(c) * seen;
    c = foundation(c, near, wide, mask.r * onSkin);
    c = contour(c, mask, onSkin);
    c = blush(c, face, onSkin);
    return highlight(c, face, mask, onSkin);
}

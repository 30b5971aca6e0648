// What the probe pass samples, and how far each sample shows what it is meant to.

uniform sampler2D u_frame;
uniform sampler2D u_parts; // see lib/parts.glsl

highp vec2 placeOf(int place) {
    return 0.5 * (landmark(SAMPLE_FIRST[place]) + landmark(SAMPLE_SECOND[place])).xy;
}

vec3 sampled(int place) {
    highp vec2 at = placeOf(place) / u_size;
    highp vec2 r = 0.008 * faceBox().w / u_size;
    vec3 sum = texture(u_frame, at + r).rgb + texture(u_frame, at - r).rgb
        + texture(u_frame, at + vec2(r.x, -r.y)).rgb + texture(u_frame, at - vec2(r.x, -r.y)).rgb;
    return toLinear(sum * 0.25);
}

// How much a sample shows its region rather than a hand, hair or glass before it; never quite nothing.
float bare(int place, vec4 channel) {
    highp vec4 box = faceBox();
    float part = dot(texture(u_parts, (placeOf(place) - box.xy) / box.z * 0.5 + 0.5), channel);
    return mix(1.0, max(smoothstep(0.3, 0.7, part), 0.002), parsed());
}

vec4 channelOf(int region) {
    bool eye = region == RIGHT_IRIS || region == LEFT_IRIS || region == RIGHT_SCLERA || region == LEFT_SCLERA;
    bool lip = region == LIPS || region == UPPER_LIP || region == LOWER_LIP;
    return lip ? vec4(1.0, 0.0, 0.0, 0.0) : vec4(0.0, eye ? 0.0 : 1.0, eye ? 1.0 : 0.0, 0.0);
}

// The picture around the face: the colour of what would be nearly white in the light that skin and eyes tell of, as
// logs times their trust, then how bright the brightest is. Skin itself, and walls of another colour, hardly count.
vec4 roomShown(vec4 skin) {
    vec2 bare = logChroma(skin.rgb);
    vec4 eyes = eyeWhites();
    float seen = eyes.w * smoothstep(0.35, 0.7, luma(eyes.rgb) / max(eyes.w, 1e-3) / skin.w);
    vec2 light = mix(bare - OF_SKIN, logChroma(eyes.rgb / max(eyes.w, 1e-3)) - OF_WHITES, 0.5 * seen);

    highp vec4 box = faceBox();
    highp float side = 2.0 * AROUND * box.z / float(ROOM_SIDE);
    highp vec3 sum = vec3(0.0);
    highp vec2 bright = vec2(1e-9);
    highp float count = 0.0;
    for (int i = 0; i < ROOM_SIDE * ROOM_SIDE; i++) {
        highp vec2 cell = vec2(i % ROOM_SIDE, i / ROOM_SIDE) + 0.5 - 0.5 * float(ROOM_SIDE);
        vec3 c = tapped(clamp(box.xy + cell * side, vec2(1.0), u_size - 1.0), 0.25 * side);
        highp float level = luma(c);
        highp vec2 hue = logChroma(c);
        float pale = alike(hue, light, 0.3) * (1.0 - alike(hue, bare, 0.2));
        sum += vec3(hue, 1.0) * (pale * level);
        count += pale * smoothstep(0.1, 0.4, level / skin.w);
        highp float eighth = pow(max(level, 0.01), 8.0); // its mean is near the brightest, but no one pixel decides
        bright += vec2(eighth * level, eighth);
    }
    float trust = smoothstep(0.02, 0.15, count / float(ROOM_SIDE * ROOM_SIDE));
    return vec4(sum.xy * (trust / max(sum.z, 1e-3)), bright.x / bright.y, trust);
}

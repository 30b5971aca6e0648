// How far along the hair a place of the head square lies, from the roots. The skull is a ball that shows its front.

const float SKULL = 0.6; // radius, in face sizes
const float HAIRLINE = 0.45; // distance from the middle of the skull at which hair begins

// from the middle of the skull, in face sizes
highp vec2 fromSkull(highp vec2 at) {
    return (at - 0.5) * (2.0 * headReach()) + vec2(0.0, 0.15);
}

// Along a strand that hangs down, in face sizes: over the skull from the crown to the height of the ears, then straight.
highp float alongHair(highp vec2 q) {
    highp float r = length(q);
    if (q.y > 0.0) return 1.5708 * SKULL + q.y + 0.3 * max(r - SKULL, 0.0);
    return acos(clamp(-q.y / max(r, SKULL), 0.0, 1.0)) * SKULL + max(r - SKULL, 0.0);
}

// measured: the longest hair that hangs and how far its outline is from the middle of the skull. Hair too short to hang
// stands away from the skull: its ends are its outline.
highp float hanging(highp vec2 measured) {
    return smoothstep(0.7, 0.9, measured.x);
}

highp float longestHair(highp vec2 measured) {
    return mix(max(measured.y - HAIRLINE, 0.15), max(measured.x, 0.3), hanging(measured));
}

// How far along the hair, 1 at the ends.
highp float hairShare(highp vec2 q, highp vec2 measured) {
    highp float standing = max(length(q) - HAIRLINE, 0.0) / max(measured.y - HAIRLINE, 0.15);
    return mix(standing, alongHair(q) / max(measured.x, 0.3), hanging(measured));
}

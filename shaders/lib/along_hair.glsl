// How far along a strand a place of the head square lies, in face sizes: over the skull from the crown to the height
// of the ears, then straight down. The skull is a ball that shows its front.

const float SKULL = 0.6; // radius, in face sizes

highp float alongHair(highp vec2 at) {
    highp vec2 q = (at - vec2(0.5, 0.45)) * 3.0;
    highp float r = length(q);
    if (q.y > 0.0) return 1.5708 * SKULL + q.y + 0.3 * max(r - SKULL, 0.0);
    return acos(clamp(-q.y / max(r, SKULL), 0.0, 1.0)) * SKULL + max(r - SKULL, 0.0);
}

// Where the lips begin and end on this pixel. Distances are in inter-ocular distances.

// 0 is the colour of the skin, 1 the colour of the lips, whatever the shading.
float lipness(vec3 c) {
    return dot(chroma(c), f_hue.xy) - f_hue.z;
}

// Landmarks miss the colour edge by 1.9 % on average: where lips and skin differ enough, the edge follows the colour.
float outerEdge(float inside, float hue, float feather) {
    float snapped = inside + f_hue.w * 0.024 * clamp(hue * 2.0 - 1.0, -1.0, 1.0);
    return smoothstep(-0.5 * feather, 0.5 * feather, snapped);
}

// A finger before the mouth has the skin's colour, not the lips': paint fades there. Deep shadow tells no colour.
float uncovered(vec3 wide) {
    float finger = (1.0 - smoothstep(-0.2, 0.2, lipness(wide))) * smoothstep(0.30, 0.60, luma(wide) / f_lips.w);
    return 1.0 - f_hue.w * finger;
}

// How much a colour looks like teeth: brighter and less red than the lips.
float pale(vec3 c, float y) {
    return (1.0 - smoothstep(0.62, 0.85, c.r / max(c.g, 0.003) / f_redness)) * smoothstep(1.1, 1.6, y / f_lips.w);
}

// Teeth stay bare, and so does the opening of the mouth unless it is sealed. A glint on the lip is pale too, but
// narrow. Landmarks miss this edge as well: lip-coloured pixels are painted a little way into the opening.
float innerEdge(float fromOpening, vec3 c, float y, vec3 near) {
    float yNear = luma(near);
    float tooth = pale(c, y) * smoothstep(0.0, 0.6, pale(near, yNear)) * (1.0 - smoothstep(0.006, 0.026, fromOpening));
    vec3 mean = 0.5 * (c + near);
    float level = 0.5 * (y + yNear) / f_lips.w;
    float lip = smoothstep(0.72, 0.92, mean.r / max(mean.g, 0.003) / f_redness) * smoothstep(0.35, 0.70, level)
        * (1.0 - smoothstep(1.3, 1.7, level));
    float open = smoothstep(0.0, 0.020, fromOpening + 0.012 * lip);
    return (1.0 - tooth * (1.0 - f_sealed * f_sealed)) * mix(open, 1.0, f_sealed);
}

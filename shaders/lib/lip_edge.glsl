// Where the lips begin and end on this pixel. Distances are in inter-ocular distances.

// 0 is the colour of the skin, 1 the colour of the lips; the red-green ratio ignores shading (Hulbert and Poggio 1998).
float lipness(vec3 c) {
    return (c.r / max(c.g, 0.003) - f_redness.x) / max(f_redness.y - f_redness.x, 0.02);
}

// Landmarks miss the colour edge by 1.9 % on average: where lips and skin differ enough, the edge follows the colour.
float outerEdge(float inside, vec3 near, float feather) {
    float snapped = inside + f_redness.z * 0.028 * clamp(lipness(near) * 2.0 - 1.0, -1.0, 1.0);
    return smoothstep(-0.5 * feather, 0.5 * feather, snapped);
}

// A finger before the mouth has the skin's colour, not the lips': paint fades there.
float uncovered(vec3 wide) {
    return mix(1.0, smoothstep(-0.10, 0.32, lipness(wide)), f_redness.z);
}

// Teeth are brighter and less red than lips; the opening of the mouth itself is never painted unless it is sealed.
float innerEdge(float fromOpening, vec3 c, float y) {
    float tooth = smoothstep(0.85, 0.62, c.r / max(c.g, 0.003) / f_redness.y) * smoothstep(0.55, 0.9, y / f_lips.w);
    float open = smoothstep(0.0, 0.022, fromOpening) * (1.0 - tooth * smoothstep(0.10, 0.04, fromOpening));
    return mix(open, 1.0, f_sealed);
}

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
    float finger = smoothstep(0.40, 0.0, lipness(wide)) * smoothstep(0.30, 0.60, luma(wide) / f_lips.w);
    return 1.0 - f_hue.w * finger;
}

// Teeth are brighter and less red than lips; the opening of the mouth itself is never painted unless it is sealed.
float innerEdge(float fromOpening, vec3 c, float y) {
    float tooth = smoothstep(0.85, 0.62, c.r / max(c.g, 0.003) / f_redness) * smoothstep(1.1, 1.6, y / f_lips.w)
        * smoothstep(0.055, 0.015, fromOpening) * (1.0 - f_sealed * f_sealed);
    return (1.0 - tooth) * mix(smoothstep(0.0, 0.020, fromOpening), 1.0, f_sealed);
}

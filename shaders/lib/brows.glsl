// Brows. Coordinates: u from the head (0) to the tail (1), v across from the lower (0) to the upper edge (1).

vec3 brows(vec3 c, highp vec2 brow) {
    float inside = smoothstep(-0.35, 0.15, brow.y) * (1.0 - smoothstep(0.85, 1.35, brow.y))
        * smoothstep(-0.25, 0.22, brow.x) * (1.0 - smoothstep(0.95, 1.2, brow.x));
    float y = luma(c);
    // Hair is darker than the skin around it; this keeps the brow's own shape.
    float hair = 1.0 - smoothstep(0.45, 0.95, y * f_tone.w);
    vec3 tinted = f_light * clamp(y / f_brow.w, 0.08, 2.2);
    c = paint(c, brows_color, tinted, inside * hair * 0.9);

    // Fine strokes where hair is sparse: they rise at the head and lie down toward the tail.
    float slant = mix(0.10, 0.75, clamp(brow.x, 0.0, 1.0));
    float lines = stroke(vec2(brow.x * 1.9 - slant * brow.y * 0.22, 0.35 * brow.y + 0.1 * brow.x));
    float core = smoothstep(-0.10, 0.25, brow.y) * (1.0 - smoothstep(0.70, 1.0, brow.y))
        * smoothstep(-0.05, 0.40, brow.x) * (1.0 - smoothstep(0.85, 1.03, brow.x));
    float fill = brows_definition * core * (1.0 - 0.6 * hair) * smoothstep(0.35, 0.75, lines);
    return paint(c, brows_color, f_light * min(1.2 * y * f_tone.w, 1.0), fill * 0.75);
}

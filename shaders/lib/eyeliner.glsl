// Eyeliner and wing. `off` is the distance from the lid contour in inter-ocular distances, `eye` lies in the frame of
// the eye: x from the inner (0) to the outer corner (1), y up, both in eye widths.

// A wedge from the outer corner toward the tail of the brow: as thick as the line where it begins, a point where it ends.
float wing(vec2 eye, float thick, float soft) {
    const vec2 lift = vec2(0.85, 0.53);
    vec2 d = eye - vec2(0.985, 0.0);
    float s = dot(d, lift);
    float t = d.y * lift.x - d.x * lift.y;
    float reach = 0.05 + 0.39 * eyeliner_wing;
    float left = clamp(1.0 - s / reach, 0.0, 1.0);
    float body = smoothstep(-soft, soft, t) * (1.0 - smoothstep(-soft, soft, t - thick * left * mix(left, 1.0, 0.7)));
    return body * smoothstep(-0.10, 0.0, s) * smoothstep(0.0, 0.12, left) * smoothstep(0.0, 0.3, eyeliner_wing);
}

vec3 eyeliner(vec3 c, float shade, float along, float upper, float off, vec2 eye) {
    float soft = max(0.005, 0.7 * f_pixel) + 0.045 * eyeliner_smudge;
    float thick = mix(0.006, 0.050, eyeliner_thickness) * mix(0.30, 1.0, smoothstep(0.05, 0.75, along));
    float onLash = smoothstep(-0.012, 0.002, off);
    float line = smoothstep(0.0, 0.45, upper) * onLash * (1.0 - smoothstep(thick - soft, thick + soft, off));
    float below = 0.6 * thick;
    float under = eyeliner_lower * smoothstep(0.0, 0.45, -upper) * smoothstep(0.15, 0.55, along) * onLash
        * (1.0 - smoothstep(below - soft, below + soft, off));
    float mask = max(max(line, under), onLash * wing(eye, 3.0 * thick, 1.6 * soft));
    return paint(c, eyeliner_color, f_light * mix(1.0, shade, 0.7), mask);
}

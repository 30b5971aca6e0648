// The head square that the hair mask covers: the host's affine from its 0..1 to frame pixels, and the part of it
// where there is any hair.

highp vec4 headRow(int i) {
    return texelFetch(u_points, ivec2(ROW_HAIR_TO_FRAME + i, u_face), 0);
}

highp vec2 headToFrame(highp vec2 at) {
    highp vec3 p = vec3(at, 1.0);
    return vec2(dot(headRow(0).xyz, p), dot(headRow(1).xyz, p));
}

// half the square's side, in face sizes
highp float headReach() {
    return texelFetch(u_points, ivec2(ROW_HAIR_REACH, u_face), 0).x;
}

// lowest and highest pixel of the frame on which something may have been drawn before
highp vec4 drawnBox() {
    return texelFetch(u_points, ivec2(ROW_DRAWN_BOX, u_face), 0);
}

// lowest and highest place with hair, 0..1
highp vec4 hairBounds() {
    return texelFetch(u_points, ivec2(ROW_HAIR_BOUNDS, u_face), 0);
}

#version 330
// Depth from the light; strands let light through where they let the eye through.

uniform sampler2D tex;
uniform int kind;

in vec2 seen_uv;

void main() {
    if (kind != 1 && texture(tex, seen_uv).a < 0.5) discard;
}

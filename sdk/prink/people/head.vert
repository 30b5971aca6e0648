#version 330
// A head's surface, given where the camera has it.

uniform mat4 projection;  // camera to clip space
uniform mat4 to_light;    // camera to the shadow map, 0..1

in vec3 place;
in vec3 normal;
in vec2 uv;

out vec3 seen_place;
out vec3 seen_normal;
out vec2 seen_uv;
out vec3 in_light;

void main() {
    seen_place = place;
    seen_normal = normal;
    seen_uv = uv;
    in_light = (to_light * vec4(place, 1.0)).xyz;
    gl_Position = projection * vec4(place, 1.0);
}

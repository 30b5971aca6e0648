// The face without eyes and lips.
#include "generated/samples.glsl"
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/mesh.glsl"
#include "lib/probe.glsl"

out highp vec3 v_face; // flat face coordinates, and how well the host sees this side of the face
flat out vec3 f_light;
flat out vec4 f_skin;
flat out highp vec4 f_box;

void main() {
    f_light = faceLight();
    f_skin = max(probe(SKIN), vec4(0.002));
    f_box = faceBox();
    vec4 sides = seenMore();
    v_face = vec3(face.xy, seen().x * mix(sides.x, sides.y, smoothstep(0.35, 0.65, face.x)));
    gl_Position = toClip(follow(index, weight).xy);
}

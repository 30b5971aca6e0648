// The face without eyes and lips.
#include "generated/samples.glsl"
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/mesh.glsl"
#include "lib/probe.glsl"
#include "lib/skin_flat.glsl"
#include "lib/facing.glsl"

out highp vec3 v_face; // flat face coordinates, and how well the host sees this side of the face

void main() {
    setSkin();
    vec4 sides = seenMore();
    float side = mix(sides.x, sides.y, smoothstep(0.35, 0.65, face.x));
    v_face = vec3(face.xy, seen().x * side * smoothstep(0.02, 0.35, facing(region.xyz)));
    gl_Position = toClip(follow(index, weight).xy);
}

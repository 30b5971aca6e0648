// One tile of the face atlas: the region mesh laid flat, its place in the frame as the coordinate.
#include "lib/landmark.glsl"
#include "lib/mesh.glsl"
#include "lib/facing.glsl"

uniform highp vec4 u_tile; // face coordinates to clip space: scale, then offset
uniform int u_part; // 0 skin, 1 eyes and brows, 2 lips

out highp vec3 v_from; // place in the frame, 0..1, and how well the host sees it

float visible() {
    vec4 regions = seen();
    if (u_part == 2) return regions.x * regions.y;
    if (u_part == 1) return regions.x * (region.w < 0.0 ? regions.z : regions.w);
    vec4 sides = seenMore();
    float side = mix(sides.x, sides.y, smoothstep(0.35, 0.65, face.x));
    return regions.x * side * smoothstep(0.02, 0.35, facing(region.xyz));
}

void main() {
    v_from = vec3(follow(index, weight).xy / u_size, visible());
    gl_Position = vec4(face.xy * u_tile.xy + u_tile.zw, 0.0, 1.0);
}

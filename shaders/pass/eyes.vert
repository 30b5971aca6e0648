// Both eyes with lids and brows.
#include "generated/samples.glsl"
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/mesh.glsl"
#include "lib/probe.glsl"
#include "lib/skin_flat.glsl"

out highp vec4 v_face;   // flat face coordinates, brow coordinates
out highp vec4 v_region; // along the lid, upper lid, ring, distance from the lid contour
out highp vec4 v_eye;    // in the frame of the eye, in the frame of the iris
flat out vec4 f_lid;
flat out vec4 f_iris;
flat out vec4 f_brow;
flat out float f_dim;  // 0 where the eye lies in deep shadow
flat out vec2 f_seen; // this eye, this cheek
flat out float f_pixel; // one pixel in inter-ocular distances

void main() {
    bool right = region.w < 0.0;
    setSkin();
    f_lid = max(probe(right ? RIGHT_LID : LEFT_LID), vec4(0.002));
    f_iris = max(probe(right ? RIGHT_IRIS : LEFT_IRIS), vec4(0.002));
    f_brow = max(probe(right ? RIGHT_BROW : LEFT_BROW), vec4(0.002));
    f_dim = smoothstep(0.02, 0.35, f_lid.w / f_skin.w);
    // Light differs from side to side: the lid's own mean, moved by half of what the cheek below it tells.
    float side = probe(right ? RIGHT_CHEEK : LEFT_CHEEK).w / f_skin.w;
    f_lid.w = max(f_lid.w, 0.35 * f_skin.w) / clamp(sqrt(side), 0.6, 1.35);
    f_brow.w = max(f_brow.w, 0.08 * f_skin.w);
    vec4 eyes = seen();
    vec4 more = seenMore();
    f_seen = eyes.x * vec2(right ? eyes.z : eyes.w, right ? more.x : more.y);
    f_pixel = 1.0 / f_box.w;

    highp vec2 at = follow(index, weight).xy;
    highp vec2 inner = landmark(right ? 133 : 362).xy;
    highp vec2 outer = landmark(right ? 33 : 263).xy;
    highp vec2 x = outer - inner;
    highp float wide = max(length(x), 0.36 * f_box.w); // a turned head shortens the eye but not its height
    highp vec2 y = vec2(-x.y, x.x) * (right ? 1.0 : -1.0) / length(x);
    highp vec2 centre = landmark(right ? 468 : 473).xy;
    highp float radius = 0.25 * (distance(centre, landmark(right ? 469 : 474).xy) + distance(centre, landmark(right ? 470 : 475).xy)
        + distance(centre, landmark(right ? 471 : 476).xy) + distance(centre, landmark(right ? 472 : 477).xy));
    v_eye = vec4(dot(at - inner, x) / dot(x, x), dot(at - inner, y) / wide, (at - centre) / max(radius, 1.0));
    highp float off = distance(at, follow(near, near_weight).xy) / f_box.w;
    v_region = vec4(region.xyz, region.z < 0.0 ? -off : off);
    v_face = face;
    gl_Position = toClip(at);
}

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
    // Half the eye's own axis, half that of the face: a slanted eye keeps its slant, and both wings match.
    highp vec2 across = normalize(landmark(263).xy - landmark(33).xy) * (right ? -1.0 : 1.0);
    highp float width = dot(outer - inner, across);
    highp vec2 x = normalize(normalize(outer - inner) + across);
    highp float wide = max(width, 0.36 * f_box.w); // a turned head shortens the eye but not its height
    highp vec2 y = vec2(-x.y, x.x) * (right ? 1.0 : -1.0);
    f_seen.x *= smoothstep(0.15, 0.25, width / f_box.w); // the far eye of a profile: points lie on the cheek
    highp vec2 centre = landmark(right ? 468 : 473).xy;
    highp float radius = 0.25 * (distance(centre, landmark(right ? 469 : 474).xy) + distance(centre, landmark(right ? 470 : 475).xy)
        + distance(centre, landmark(right ? 471 : 476).xy) + distance(centre, landmark(right ? 472 : 477).xy));
    v_eye.xy = vec2(1.0 + dot(at - outer, x) / max(width, 0.1 * f_box.w), dot(at - outer, y) / wide);
    v_eye.zw = (at - centre) / max(radius, 1.0);
    highp float off = distance(at, follow(near, near_weight).xy) / f_box.w;
    // A hooded lid hides under its fold: there the rings of colour move up, the more the less is seen, as far as the brow.
    highp float lid = distance(landmark(right ? 159 : 386).xy, landmark(right ? 27 : 257).xy) / f_box.w;
    float hood = 0.45 * (1.0 - smoothstep(0.055, 0.095, lid));
    float ring = region.z > 0.0 ? region.z * (1.0 - hood * (1.0 - region.z / 3.0)) : region.z;
    v_region = vec4(region.xy, ring, region.z < 0.0 ? -off : off);
    v_face = face;
    gl_Position = toClip(at);
}

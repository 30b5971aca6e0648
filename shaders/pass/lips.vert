// Lips, a margin around them, and the inside of the mouth.
#include "generated/samples.glsl"
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/chroma.glsl"
#include "lib/landmark.glsl"
#include "lib/mesh.glsl"
#include "lib/probe.glsl"
#include "lib/skin_flat.glsl"
#include "lib/lip_color.glsl"

out highp vec4 v_face;   // flat face coordinates, place for sparkles
out highp vec4 v_region; // along, upper, across (0 outer to 1 inner contour), -
out highp vec2 v_inside; // distance inside the outer contour, distance from the opening
flat out vec4 f_lips;
flat out float f_redness; // red over green of the lips
flat out vec4 f_upper;    // direction from the skin above to the upper lip, see lipColor(), and its offset
flat out vec4 f_lower;    // the same of the lower lip
flat out vec2 f_trust;    // how far to trust them: upper, lower
flat out vec2 f_seen;    // lips, face
flat out float f_sealed;
flat out float f_pixel; // one pixel in inter-ocular distances

// The way from a skin to its lip, and how far to trust it.
float way(vec4 skin, vec4 lip, out vec4 toward) {
    vec3 bare = lipColor(max(skin.rgb, vec3(0.002)));
    vec3 apart = lipColor(max(lip.rgb, vec3(0.002))) - bare;
    float apart2 = max(dot(apart, apart), 0.01);
    toward = vec4(apart, dot(bare, apart)) / apart2;
    return smoothstep(1.8, 3.6, sqrt(apart2));
}

void main() {
    setSkin();
    f_lips = max(probe(LIPS), vec4(0.002));
    f_redness = f_lips.r / f_lips.g;
    // Unparsed, both lips share the way from the skin of the cheeks, and hue alone counts.
    vec2 bare = chroma(f_skin.rgb);
    vec2 apart = chroma(f_lips.rgb) - bare;
    float apart2 = max(dot(apart, apart), 0.01);
    vec4 shared = vec4(apart, 0.0, dot(bare, apart)) / apart2;
    vec2 trust = vec2(way(probe(ABOVE_LIPS), probe(UPPER_LIP), f_upper), way(probe(BELOW_LIPS), probe(LOWER_LIP), f_lower));
    f_upper = mix(shared, f_upper, f_parsed);
    f_lower = mix(shared, f_lower, f_parsed);
    f_trust = mix(vec2(smoothstep(1.8, 3.6, sqrt(apart2))), trust, f_parsed);
    f_pixel = 1.0 / f_box.w;
    f_seen = vec2(seen().x * seen().y, seen().x);

    highp vec2 at = follow(index, weight).xy;
    highp float outer = distance(at, follow(near, near_weight).xy) / f_box.w;
    highp float inner = distance(at, follow(far, far_weight).xy) / f_box.w;
    v_inside = vec2(region.z < 0.0 ? -outer : outer, region.z > 1.0 ? -inner : inner);
    // A gap under three hundredths of the mouth's width is a closed mouth.
    highp float gap = distance(landmark(13).xy, landmark(14).xy) / max(distance(landmark(61).xy, landmark(291).xy), 1.0);
    f_sealed = 1.0 - smoothstep(0.03, 0.06, gap);
    v_region = region;
    v_face = vec4(face.xy, face.xy * 4.0);
    gl_Position = toClip(at);
}

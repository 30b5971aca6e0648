// The part of the head square with hair, in tiles, of which those without any are left out. What changes slowly
// over the hair is worked out at their corners.
#include "generated/samples.glsl"
#include "generated/look.glsl"
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/head.glsl"
#include "lib/along_hair.glsl"
#include "lib/probe.glsl"

const int TILES = 16; // a side of the part with hair

uniform highp sampler2D u_measured;
uniform sampler2D u_tiles;
uniform sampler2D u_mean;
out highp vec2 v_head;
out vec4 v_around; // the hair's colour here, linear, and log2 of its luminance
out vec4 v_unlike; // see main() of hair.frag
out highp vec4 v_at; // share of the hair's length, log2 of its light here, how near the face, share that stays natural
flat out vec3 f_light;
flat out highp vec4 f_drawn;
#include "lib/dye.glsl"
flat out vec4 f_root;
flat out vec4 f_tip;
flat out vec3 f_rootShade;
flat out vec3 f_tipShade;
flat out vec4 f_rootEase;
flat out vec4 f_tipEase;
flat out vec2 f_line; // where the tip colour begins and is full
flat out vec4 f_hair; // mean luminance of the hair, presence, one over the light's luminance, luminance of a highlight

void main() {
    vec4 mean = max(texelFetch(u_measured, ivec2(0, u_face), 0), vec4(0.0005));
    highp vec2 measured = texelFetch(u_measured, ivec2(1, u_face), 0).xy;
    vec3 light = faceLight();
    f_light = light;
    f_drawn = drawnBox();
    // Light hair is bright without any highlight.
    float glint = mean.w * (1.4 + min(2.5 * mean.w, 0.8));
    f_hair = vec4(mean.w, seen().x, 1.0 / luma(light), glint);
    float soft = mix(0.03, 0.45, hair_softness);
    f_line = mix(-soft, 1.0 + soft, hair_line) + vec2(-soft, soft);
    setDye(hair_root.rgb, light, mean.w, f_root, f_rootShade, f_rootEase);
    setDye(hair_tip.rgb, light, mean.w, f_tip, f_tipShade, f_tipEase);

    int tile = gl_VertexID / 6;
    int corner = gl_VertexID - 6 * tile;
    corner = corner < 3 ? corner : corner - 2; // two triangles
    ivec2 place = ivec2(tile & (TILES - 1), tile / TILES);
    highp vec4 bounds = hairBounds();
    v_head = mix(bounds.xy, bounds.zw, vec2(place + ivec2(corner & 1, corner >> 1)) / float(TILES));
    v_around = texture(u_mean, v_head);
    v_around.w = log2(luma(v_around.rgb) + DARK);
    float broad = clamp(v_around.w - log2(mean.w + DARK), -2.0, 1.585);
    highp float wide = headReach() / 1.5;
    float near = 1.0 - smoothstep(0.95, 1.2, length((v_head - 0.5) * vec2(5.8, 5.0) * wide));
    highp float share = hairShare(fromSkull(v_head), measured);
    float longest = longestHair(measured);
    v_at = vec4(share, broad, near, naturalRoot(share * longest, longest));

    vec3 skin = sqrt(probe(SKIN).rgb);
    vec3 way = sqrt(v_around.rgb) - skin;
    float apart = dot(way, way);
    v_unlike.xyz = way / max(apart, 1e-3);
    v_unlike.w = -dot(skin, v_unlike.xyz);
    v_at.z *= smoothstep(0.01, 0.05, apart);
    bool hairy = texelFetch(u_tiles, place, 0).r > 0.08;
    gl_Position = hairy ? toClip(headToFrame(v_head)) : vec4(2.0, 2.0, 2.0, 1.0);
}

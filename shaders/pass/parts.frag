// The parts of the face at the frame's own edges, once for all passes, over the square of near.frag. Guided filter (He et
// al. 2013, section 3.2): where the parsing is unsure, it is the best linear function of the colours around.
#include "lib/landmark.glsl"

uniform sampler2D u_frame;
uniform sampler2D u_near;
uniform sampler2D u_parsing;
in highp vec2 v_at;
out vec4 o_color;

const highp float RIDGE = 0.0006; // variance below which colour tells nothing: then the parsing itself counts

highp vec4 parsing(highp vec2 at) {
    highp vec4 box = faceBox();
    highp vec3 pixel = vec3(box.xy + (at * 2.0 - 1.0) * box.z, 1.0);
    highp vec2 place = vec2(dot(texelFetch(u_points, ivec2(ROW_FACE_FROM_FRAME, u_face), 0).xyz, pixel),
        dot(texelFetch(u_points, ivec2(ROW_FACE_FROM_FRAME + 1, u_face), 0).xyz, pixel));
    return texture(u_parsing, place);
}

void main() {
    highp vec4 here = parsing(v_at);
    highp vec4 doubt = here * (1.0 - here);
    int reach = max(max(doubt.x, doubt.y), max(doubt.z, doubt.w)) > 0.03 ? 2 : -1; // no loop where it is sure
    highp vec3 mean = vec3(0.0);
    highp vec3 squares = vec3(0.0);
    highp vec3 mixed = vec3(0.0); // red green, red blue, green blue
    highp vec4 part = vec4(0.0);
    highp mat3x4 masked = mat3x4(0.0);
    highp float total = 1e-6;
    for (int y = -reach; y <= reach; y++) {
        for (int x = -2; x <= 2; x++) {
            highp vec2 at = v_at + vec2(x, y) / 100.0;
            highp vec3 c = texture(u_near, at).rgb;
            highp vec4 p = parsing(at);
            highp float weight = exp2(-0.25 * float(x * x + y * y));
            mean += c * weight;
            squares += c * c * weight;
            mixed += c.rrg * c.gbb * weight;
            part += p * weight;
            masked += mat3x4(p * (c.r * weight), p * (c.g * weight), p * (c.b * weight));
            total += weight;
        }
    }
    mean /= total;
    part /= total;
    highp vec3 s = squares / total - mean * mean + RIDGE;
    highp vec3 k = mixed / total - mean.rrg * mean.gbb;
    // the inverse of a symmetric matrix, by cofactors
    highp vec3 p = vec3(s.y * s.z - k.z * k.z, k.y * k.z - k.x * s.z, k.x * k.z - s.y * k.y);
    highp vec3 q = vec3(p.y, s.x * s.z - k.y * k.y, k.x * k.y - s.x * k.z);
    highp vec3 r = vec3(p.z, q.z, s.x * s.y - k.x * k.x);
    highp vec4 box = faceBox();
    highp vec3 off = texture(u_frame, (box.xy + (v_at * 2.0 - 1.0) * box.z) / u_size).rgb - mean;
    highp vec3 share = vec3(dot(p, off), dot(q, off), dot(r, off)) / dot(p, vec3(s.x, k.x, k.y));
    highp vec4 fit = part + (masked / total - outerProduct(part, mean)) * share;
    // Away from its edges the parsing has the last word.
    o_color = clamp(reach > 0 ? fit : here, smoothstep(0.75, 0.97, here), smoothstep(0.03, 0.25, here));
}

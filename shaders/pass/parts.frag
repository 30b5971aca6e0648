// The parts of the face at the edges that near.frag shows, once for all passes. Guided filter (He et al. 2013, section 3.2): where
// the parsing is unsure, it is the best linear function of lightness and redness around.

uniform sampler2D u_near;
uniform sampler2D u_parsing;
in highp vec2 v_at;
in highp vec2 v_layer;
flat in highp vec4 f_step;
out vec4 o_color;

const highp float RIDGE = 0.0004; // variance below which colour tells nothing: then the parsing itself counts

highp vec2 guide(highp vec3 c) {
    return vec2(dot(c, vec3(0.3, 0.5, 0.2)), 1.5 * (c.r - c.g));
}

void main() {
    highp vec4 here = texture(u_parsing, v_layer);
    highp vec4 doubt = here * (1.0 - here);
    int reach = max(max(doubt.x, doubt.y), max(doubt.z, doubt.w)) > 0.03 ? 1 : -1; // no loop where it is sure
    highp vec2 mean = vec2(0.0);
    highp vec3 squares = vec3(0.0); // lightness, redness, both
    highp vec4 part = vec4(0.0);
    highp vec4 light = vec4(0.0);
    highp vec4 red = vec4(0.0);
    highp float total = 1e-6;
    for (int y = -reach; y <= reach; y++) {
        for (int x = -reach; x <= reach; x++) {
            highp vec2 g = guide(texture(u_near, v_at + vec2(x, y) * 0.012).rgb);
            highp vec4 p = texture(u_parsing, v_layer + f_step.xy * float(x) + f_step.zw * float(y));
            highp float weight = 1.0 / float(2 + x * x + y * y);
            highp vec2 gw = g * weight;
            mean += gw;
            squares += g.xyx * gw.xyy;
            part += p * weight;
            light += p * gw.x;
            red += p * gw.y;
            total += weight;
        }
    }
    mean /= total;
    part /= total;
    highp vec3 s = squares / total - mean.xyx * mean.xyy + vec3(RIDGE, RIDGE, 0.0);
    highp vec2 off = guide(texture(u_near, v_at).rgb) - mean;
    highp vec2 share = vec2(s.y * off.x - s.z * off.y, s.x * off.y - s.z * off.x) / (s.x * s.y - s.z * s.z);
    highp vec4 fit = part + (light / total - part * mean.x) * share.x + (red / total - part * mean.y) * share.y;
    // Away from its edges the parsing has the last word.
    o_color = clamp(reach > 0 ? fit : here, smoothstep(0.75, 0.97, here), smoothstep(0.03, 0.25, here));
}

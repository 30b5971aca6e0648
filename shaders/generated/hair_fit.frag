// Generated from shaders/pass/hair_fit.frag by prink_export.codegen; do not edit.
// Guided filter (He et al. 2013, section 3.2): near each place the mask is the best linear function of the colour,
// rgb . a + b. Evaluated at full size it follows every strand that the small mask cannot show.

uniform sampler2D u_small;
out highp vec4 o_color;

const highp float RIDGE = 0.002; // variance below which colour tells nothing: then the mask itself counts

void main() {
    ivec2 here = ivec2(gl_FragCoord.xy);
    ivec2 last = textureSize(u_small, 0) - 1;
    highp vec4 mean = vec4(0.0);
    highp vec3 squares = vec3(0.0);
    highp vec3 mixed = vec3(0.0); // red green, red blue, green blue
    highp vec3 masked = vec3(0.0);
    highp float total = 0.0;
    for (int y = -2; y <= 2; y++) {
        for (int x = -2; x <= 2; x++) {
            highp vec4 c = texelFetch(u_small, clamp(here + ivec2(x, y), ivec2(0), last), 0);
            highp float weight = exp2(-0.32 * float(x * x + y * y));
            mean += c * weight;
            squares += c.rgb * c.rgb * weight;
            mixed += c.rrg * c.gbb * weight;
            masked += c.rgb * c.a * weight;
            total += weight;
        }
    }
    mean /= total;
    highp vec3 s = squares / total - mean.rgb * mean.rgb + RIDGE;
    highp vec3 k = mixed / total - mean.rrg * mean.gbb;
    highp vec3 c = masked / total - mean.rgb * mean.a;
    // the inverse of a symmetric matrix, by cofactors
    highp vec3 p = vec3(s.y * s.z - k.z * k.z, k.y * k.z - k.x * s.z, k.x * k.z - s.y * k.y);
    highp vec3 q = vec3(p.y, s.x * s.z - k.y * k.y, k.x * k.y - s.x * k.z);
    highp vec3 r = vec3(p.z, q.z, s.x * s.y - k.x * k.x);
    highp vec3 a = vec3(dot(p, c), dot(q, c), dot(r, c)) / dot(p, vec3(s.x, k.x, k.y));
    o_color = vec4(a, mean.a - dot(a, mean.rgb));
}

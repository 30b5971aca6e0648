// The square around the face at a fixed small size: two hundredths of the inter-ocular distance a pixel.
#include "lib/landmark.glsl"

uniform sampler2D u_frame;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    highp vec4 box = faceBox();
    highp vec2 at = (box.xy + (v_at * 2.0 - 1.0) * box.z) / u_size;
    highp vec2 r = box.z / vec2(textureSize(u_frame, 0)) / 128.0 * 0.66;
    vec3 sum = texture(u_frame, at + vec2(-r.x, -r.y)).rgb + texture(u_frame, at + vec2(r.x, -r.y)).rgb
        + texture(u_frame, at + vec2(-r.x, r.y)).rgb + texture(u_frame, at + r).rgb;
    o_color = vec4(sum * 0.25, 1.0);
}

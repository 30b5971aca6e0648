// The part of the head square that holds hair, and what is the same for all of it.
#include "generated/samples.glsl"
#include "lib/color.glsl"
#include "lib/landmark.glsl"
#include "lib/head.glsl"
#include "lib/probe.glsl"

uniform highp sampler2D u_measured;
out highp vec2 v_head;
flat out vec3 f_light;
flat out vec3 f_skin; // the face's mean skin, linear
flat out vec4 f_mean; // the hair's mean colour, linear, and its luminance
flat out float f_long; // its length, in face sizes
flat out float f_here; // presence of the face

void main() {
    f_light = faceLight();
    f_skin = probe(SKIN).rgb;
    f_mean = max(texelFetch(u_measured, ivec2(0, u_face), 0), vec4(0.0005));
    f_long = max(texelFetch(u_measured, ivec2(1, u_face), 0).x, 0.3);
    f_here = seen().x;
    highp vec4 bounds = hairBounds();
    int corner = gl_VertexID < 3 ? gl_VertexID : gl_VertexID - 2; // two triangles
    v_head = vec2((corner & 1) == 0 ? bounds.x : bounds.z, corner < 2 ? bounds.y : bounds.w);
    gl_Position = toClip(headToFrame(v_head));
}

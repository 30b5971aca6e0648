// The fragment side of lib/skin_flat.glsl.
flat in vec3 f_light;
flat in vec4 f_skin;
flat in vec4 f_tone;
flat in highp vec4 f_box;
flat in vec3 f_contour;
flat in highp vec4 f_blush;
flat in float f_lean;
flat in highp float f_grain;
flat in float f_parsed;

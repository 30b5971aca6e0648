// A vertex of the region mesh; see shaders/mesh/face.json.

in highp vec4 index;
in highp vec4 weight;
in highp vec4 near;
in highp vec4 near_weight;
in highp vec4 far;
in highp vec4 far_weight;
in highp vec4 face;
in highp vec4 region;

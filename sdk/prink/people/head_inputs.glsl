#version 330
// What a head's surface is told: its stuff, the light and what the vertices give.

const int PLAIN = 0, SKIN = 1, HAIR = 2;
const float PI = 3.14159;

uniform sampler2D tex;
uniform sampler2DShadow shadow;
uniform sampler2D regions;  // of the skin: lips, neck, inside of the mouth, upper lip
uniform int kind;
uniform int label;          // a class; the skin's is split by its regions
uniform float least_alpha;
uniform float most_alpha;
uniform vec3 tint;
uniform float gloss;
uniform float roughness;
uniform float stubble;      // cover of the scalp's hair
uniform vec3 hair_colour;   // linear, at the roots
uniform vec3 tip_colour;    // linear
uniform vec2 tips;          // heights in the head between which roots turn to tips
uniform vec3 up;            // the head's, in the camera's space
uniform vec3 crown;         // a place in the camera's space
uniform float contrast;     // of strands, in logarithms
uniform vec3 ways[3];       // to the lights
uniform vec3 lights[3];
uniform vec3 sky;
uniform vec3 ground;
uniform float exposure;
uniform float mouth_light;  // how much light comes into the mouth

in vec3 seen_place;
in vec3 seen_normal;
in vec2 seen_uv;
in vec3 in_light;

// Generated from sdk/prink, shaders/ and the shipped networks by prink_export.codegen; do not edit.

export const schemaNames = {
  version: 1,
  vec4s: 31,
} as const;

export const planNames = {
  version: 2,
  passes: ["near", "parts", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair"],
  targets: ["near", "parts", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe"],
  textures: ["mask", "grain"],
  layers: ["frame", "hair", "face"],
  fromHost: ["drawn", "face", "frame", "hair"],
  patches: ["skin", "eyes", "brows", "lips"],
  attributes: ["index", "near", "far", "weight", "near_weight", "far_weight", "face", "region"],
} as const;

export const atlasNames = {
  version: 1,
  size: 256,
  tiles: ["right_eye", "left_eye", "lips", "face"],
} as const;

export const rowNames = {
  texels: 512,
  points: 0,
  presence: 1912,
  lipsSeen: 1913,
  rightEyeSeen: 1914,
  leftEyeSeen: 1915,
  rightCheekSeen: 1916,
  leftCheekSeen: 1917,
  rightOpen: 1918,
  leftOpen: 1919,
  centre: 1920,
  half: 1922,
  scale: 1923,
  hairToFrame: 1924,
  hairBounds: 1932,
  drawnBox: 1936,
  faceFromFrame: 1940,
  parsed: 1948,
  hairReach: 1952,
} as const;

export const encoderNames = {
  input: "atlas",
  shape: [1, 4, 256, 256],
  outputs: ["look", "confidence"],
  fields: [["lips.color", 4], ["lips.inner", 4], ["lips.gloss", 1], ["lips.gloss_sharpness", 1], ["lips.shimmer", 1], ["lips.metallic", 1], ["lips.softness", 1], ["lips.inner_ratio", 1], ["lip_liner.color", 4], ["lip_liner.width", 1], ["eyeshadow.lid", 4], ["eyeshadow.crease", 4], ["eyeshadow.outer", 4], ["eyeshadow.shimmer", 1], ["eyeshadow.height", 1], ["eyeshadow.blend", 1], ["eyeliner.color", 4], ["eyeliner.thickness", 1], ["eyeliner.wing", 1], ["eyeliner.smudge", 1], ["eyeliner.lower", 1], ["lashes.color", 4], ["lashes.length", 1], ["lashes.density", 1], ["brows.color", 4], ["brows.definition", 1], ["blush.color", 4], ["blush.placement", 1], ["blush.size", 1], ["contour.color", 4], ["contour.nose", 1], ["highlight.color", 4], ["highlight.shimmer", 1], ["foundation.color", 4], ["foundation.match", 1], ["foundation.smoothing", 1], ["foundation.dewiness", 1], ["eyes.iris", 4], ["eyes.whitening", 1], ["teeth.whitening", 1], ["hair.root", 4], ["hair.tip", 4], ["hair.line", 1], ["hair.softness", 1], ["hair.lightening", 1], ["hair.shine", 1], ["hair.grey", 1]],
  groups: ["lips", "lip_liner", "eyeshadow", "eyeliner", "lashes", "brows", "blush", "contour", "highlight", "foundation", "eyes", "teeth", "hair"],
} as const;

export const parseNames = {
  input: "rgb_and_previous",
  shape: [1, 8, 192, 192],
  outputs: ["answer", "classes"],
  channels: ["hair", "lips", "face", "eye", "teeth"],
} as const;

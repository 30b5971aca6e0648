"""How far the fits are trusted: numbers regressed on rendered looks, where the truth is known.

884 pictures: 221 portraits without visible makeup, bare and with three random looks each.
"""

__all__ = ["GATES", "RELIABILITY", "VALUES"]

# Logistic chance that a product is there at all: constant, weight of the square root of the gain
# in cost, weight of the fitted coverage. For brows and irises: constant, then the weights of what
# `prink.reading.details` measures.
# fmt: off
GATES: dict[str, tuple[float, ...]] = {
    "lips.color": (-3.97, 0.529, 4.5),
    "lips.inner": (-3.03, 0.0858, 3.64),
    "lip_liner.color": (-2.34, 0.157, 3.78),
    "eyeshadow.lid": (-3.15, 0.316, 2.45),
    "eyeshadow.crease": (-2.82, 0.264, 1.24),
    "eyeshadow.outer": (-2.69, 0.204, 0.982),
    "eyeliner.color": (-2.77, 0.544, 0.0195),
    "lashes.color": (-0.534, -0.17, 4.67),
    "blush.color": (-2.73, 0.891, -2.48),
    "contour.color": (-2.07, 1.08, -1.71),
    "highlight.color": (-2.04, 0.225, 1.93),
    "foundation.color": (-0.846, 0.386, 7.79),
    "brows.color": (-4.86, -2.29, 12.7, -18.6, -0.184, -2.02, 1.29),
    "eyes.iris": (0.579, -22.6, 9.19, 11.2, 0.716, 0.0396),
}
# Value = slope * fitted value + constant. Colours: slope and constant of the coverage, then one
# slope and three constants of red, green and blue. A slope near 0 says that a photo hardly shows
# the parameter: its mean is given.
# The lipstick's coverage is taken as fitted: that costs nothing and keeps strong looks strong.
VALUES: dict[str, tuple[float, ...]] = {
    "lips.color": (1, 0, 0.931, 0.119, 0.0807, 0.0667),
    "lips.inner": (0.185, 0.593, 0.738, 0.252, 0.152, 0.139),
    "lip_liner.color": (0.189, 0.6, 0.503, 0.329, 0.0887, 0.133),
    "eyeshadow.lid": (0.24, 0.46, 0.983, 0.135, 0.1, 0.0894),
    "eyeshadow.crease": (0.374, 0.329, 1.2, -0.0996, -0.0741, -0.0545),
    "eyeshadow.outer": (0.292, 0.293, 0.36, 0.177, 0.154, 0.165),
    "eyeliner.color": (0.458, 0.386, 0.703, 0.0244, 0.00954, 0.0256),
    "lashes.color": (0.0381, 0.699),
    "blush.color": (0.309, 0.4, 0.483, 0.391, 0.221, 0.235),
    "contour.color": (0.372, 0.343, 0.17, 0.432, 0.319, 0.253),
    "highlight.color": (0.173, 0.368, 0.545, 0.437, 0.368, 0.311),
    "foundation.color": (0.581, 0.453),
    "lips.inner_ratio": (0.945, 0.0144),
    "lips.gloss": (0.647, 0.147),
    "lips.gloss_sharpness": (0.236, 0.397),
    "lips.shimmer": (0, 0.153),
    "lips.metallic": (0.518, -0.0143),
    "lips.softness": (0, 0.394),
    "lip_liner.width": (0.299, 0.34),
    "eyeshadow.shimmer": (0.179, 0.18),
    "eyeshadow.height": (0.618, 0.173),
    "eyeshadow.blend": (0.647, 0.206),
    "eyeliner.thickness": (0.409, 0.217),
    "eyeliner.wing": (0.558, 0.148),
    "eyeliner.smudge": (0.545, 0.163),
    "eyeliner.lower": (0.888, 0.119),
    "lashes.length": (0.773, 0.114),
    "lashes.density": (0.302, 0.403),
    "blush.placement": (0.686, 0.129),
    "blush.size": (0.446, 0.268),
    "contour.nose": (0.636, 0.215),
    "foundation.smoothing": (0.881, 0.19),
    "brows.color": (0, 0.554, 0.906, 0.0171, 0.00185, -0.0195),
    "eyes.iris": (0, 0.653, 0.576, 0.127, 0.378, 0.401),
}
# fmt: on

# How well a rendered product is told from none: 2 * (area under the ROC curve) - 1. Teeth are not
# read.
RELIABILITY: dict[str, float] = {
    "lips": 0.80,
    "lip_liner": 0.48,
    "eyeshadow": 0.65,
    "eyeliner": 0.59,
    "lashes": 0.24,
    "brows": 0.48,
    "blush": 0.72,
    "contour": 0.44,
    "highlight": 0.38,
    "foundation": 0.27,
    "eyes": 0.57,
    "teeth": 0.00,
}

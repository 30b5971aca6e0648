"""How far the fits are trusted: numbers regressed on rendered looks, where the truth is known.

The pictures are portraits without visible makeup, bare and with three random looks each:
python -m benchmarks.reading_fit writes the numbers.
"""

__all__ = ["GATES", "RELIABILITY", "VALUES"]

# GATES: logistic chance that a product is there at all: constant, weight of the square root of the
# gain in cost, weight of the fitted coverage. For brows and irises: constant, then the weights of
# what `prink.reading.details` measures.
#
# VALUES: value = slope * fitted value + constant. Colours: slope and constant of the coverage, then
# one slope and three constants of red, green and blue. A slope near 0 says that a photo hardly
# shows the parameter: its mean is given. The lipstick's coverage is taken as fitted: that costs
# nothing and keeps strong looks strong.
#
# RELIABILITY: how well a rendered product is told from none: 2 * (area under the ROC curve) - 1.
# Teeth are not read.
# fmt: off
# From 828 pictures.
GATES: dict[str, tuple[float, ...]] = {
    "lips.color": (-4.78, 0.453, 7.02),
    "lips.inner": (-3.38, 0.11, 4.2),
    "lip_liner.color": (-2.53, 0.173, 3.92),
    "eyeshadow.lid": (-2.66, 0.295, 2.05),
    "eyeshadow.crease": (-2.44, 0.215, 1.59),
    "eyeshadow.outer": (-2.53, 0.193, 1.09),
    "eyeliner.color": (-2.5, 0.394, 0.981),
    "lashes.color": (-1.16, 0.103, 3.64),
    "brows.color": (-5.3, -1.22, 13, -21.1, 0.122, -2.25, 2.16),
    "blush.color": (-2.38, 0.794, -2.24),
    "contour.color": (-2.36, 1.36, -2.77),
    "highlight.color": (-2.05, 0.415, 1.15),
    "foundation.color": (-0.979, 1.85, 1.23),
    "eyes.iris": (-2.44, -24.8, 11.8, 16.2, 0.0808, -0.159),
}
VALUES: dict[str, tuple[float, ...]] = {
    "lips.color": (1, 0, 0.895, 0.146, 0.0877, 0.0735),
    "lips.inner": (0.749, 0.288, 0.856, 0.168, 0.0984, 0.111),
    "lip_liner.color": (0.231, 0.584, 0.516, 0.323, 0.0926, 0.135),
    "eyeshadow.lid": (0.248, 0.477, 0.997, 0.122, 0.0841, 0.0846),
    "eyeshadow.crease": (0.395, 0.319, 1.2, -0.0903, -0.0755, -0.0601),
    "eyeshadow.outer": (0.211, 0.356, 0.321, 0.195, 0.156, 0.157),
    "eyeliner.color": (0.358, 0.474, 0.854, 0.017, 0.0045, 0.0228),
    "lashes.color": (0.0535, 0.696),
    "brows.color": (0, 0.55, 0.901, 0.0228, 0.0112, -0.0109),
    "blush.color": (0.355, 0.359, 0.537, 0.352, 0.204, 0.221),
    "contour.color": (0.668, 0.133, 0.203, 0.403, 0.301, 0.237),
    "highlight.color": (0, 0.542, 0.615, 0.378, 0.311, 0.273),
    "foundation.color": (0.335, 0.428),
    "eyes.iris": (0, 0.65, 0.656, 0.128, 0.333, 0.369),
    "lips.gloss": (0.638, 0.125),
    "lips.gloss_sharpness": (0.0527, 0.49),
    "lips.shimmer": (0.447, 0.106),
    "lips.metallic": (0.52, 0.00127),
    "lips.softness": (0.0551, 0.374),
    "lips.inner_ratio": (1.05, 0.00317),
    "lip_liner.width": (0.163, 0.407),
    "eyeshadow.shimmer": (0.184, 0.17),
    "eyeshadow.height": (0.757, 0.108),
    "eyeshadow.blend": (0.662, 0.19),
    "eyeliner.thickness": (0.336, 0.272),
    "eyeliner.wing": (0.592, 0.106),
    "eyeliner.smudge": (0.443, 0.264),
    "eyeliner.lower": (0.848, 0.101),
    "lashes.length": (0.732, 0.125),
    "lashes.density": (0.207, 0.452),
    "blush.placement": (0.649, 0.12),
    "blush.size": (0.472, 0.248),
    "contour.nose": (0.579, 0.247),
    "foundation.smoothing": (0.763, 0.13),
}
RELIABILITY: dict[str, float] = {
    "lips": 0.83,
    "lip_liner": 0.50,
    "eyeshadow": 0.60,
    "eyeliner": 0.52,
    "lashes": 0.46,
    "brows": 0.50,
    "blush": 0.67,
    "contour": 0.51,
    "highlight": 0.40,
    "foundation": 0.35,
    "eyes": 0.68,
    "teeth": 0.00,
}

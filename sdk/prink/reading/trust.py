"""How far the fits are trusted: numbers regressed on rendered looks, where the truth is known.

884 pictures: 221 portraits without visible makeup, bare and with three random looks each.
"""

__all__ = ["GATES", "VALUES"]

# Logistic chance that a product is there at all: constant, weight of the square root of the gain in cost, weight of
# the fitted coverage. For brows and irises: constant, then the weights of what `prink.reading.details` measures.
# fmt: off
GATES: dict[str, tuple[float, ...]] = {
    "lips.color": (-3.95, 0.517, 4.6),
    "lips.inner": (-3.02, 0.0852, 3.63),
    "lip_liner.color": (-2.33, 0.159, 3.69),
    "eyeshadow.lid": (-3.16, 0.325, 2.36),
    "eyeshadow.crease": (-2.83, 0.268, 1.21),
    "eyeshadow.outer": (-2.72, 0.208, 0.995),
    "eyeliner.color": (-2.76, 0.504, 0.355),
    "lashes.color": (-0.535, 0.118, 3.87),
    "blush.color": (-2.71, 0.88, -2.38),
    "contour.color": (-2.06, 0.84, -0.502),
    "highlight.color": (-1.74, 0.286, 1.08),
    "foundation.color": (-0.843, 0.325, 8.07),
    "brows.color": (-4.86, -2.3, 12.7, -18.6, -0.182, -2.02, 1.29),
    "eyes.iris": (0.585, -22.6, 9.17, 11.2, 0.718, 0.0392),
}
# Value = slope * fitted value + constant. Colours: slope and constant of the coverage, then one slope and three
# constants of red, green and blue. A slope near 0 says that a photo hardly shows the parameter: its mean is given.
VALUES: dict[str, tuple[float, ...]] = {
    "lips.color": (0.505, 0.343, 0.933, 0.122, 0.0815, 0.068),
    "lips.inner": (0.182, 0.595, 0.74, 0.251, 0.151, 0.139),
    "lip_liner.color": (0.205, 0.592, 0.532, 0.312, 0.0815, 0.125),
    "eyeshadow.lid": (0.24, 0.461, 0.979, 0.136, 0.0996, 0.0893),
    "eyeshadow.crease": (0.374, 0.329, 1.2, -0.0989, -0.0736, -0.0543),
    "eyeshadow.outer": (0.301, 0.286, 0.361, 0.176, 0.153, 0.166),
    "eyeliner.color": (0.436, 0.409, 0.728, 0.0242, 0.00823, 0.0244),
    "lashes.color": (0.0423, 0.702),
    "blush.color": (0.316, 0.395, 0.495, 0.381, 0.216, 0.23),
    "contour.color": (0.392, 0.329, 0.161, 0.437, 0.322, 0.255),
    "highlight.color": (0.0618, 0.456, 0.483, 0.497, 0.425, 0.36),
    "foundation.color": (0.552, 0.46),
    "lips.inner_ratio": (0.943, 0.0158),
    "lips.gloss": (0.636, 0.154),
    "lips.gloss_sharpness": (0.219, 0.405),
    "lips.shimmer": (0, 0.153),
    "lips.metallic": (0.421, 0.00959),
    "lips.softness": (0, 0.394),
    "lip_liner.width": (0.303, 0.335),
    "eyeshadow.shimmer": (0.171, 0.182),
    "eyeshadow.height": (0.626, 0.168),
    "eyeshadow.blend": (0.654, 0.2),
    "eyeliner.thickness": (0.393, 0.228),
    "eyeliner.wing": (0.216, 0.244),
    "eyeliner.smudge": (0.588, 0.148),
    "eyeliner.lower": (0.89, 0.12),
    "lashes.length": (0.874, 0.0632),
    "lashes.density": (0, 0.549),
    "blush.placement": (0.7, 0.119),
    "blush.size": (0.454, 0.261),
    "contour.nose": (0.621, 0.224),
    "foundation.smoothing": (0.88, 0.19),
    "brows.color": (0, 0.554, 0.905, 0.0171, 0.00185, -0.0195),
    "eyes.iris": (0, 0.653, 0.577, 0.127, 0.378, 0.401),
}
# fmt: on

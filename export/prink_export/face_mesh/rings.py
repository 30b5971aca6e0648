"""Landmark rings of MediaPipe's 478 points that the region mesh is built on.

"right" is the person's own right. Rings of one feature list matching points in the same order, so
that ring k's point i lies across from ring k+1's point i. Left-side rings are mirrored by `mirror`
from the right ones.
"""

__all__ = ["BROW_U", "EYE_RINGS", "FOREHEAD", "IRIS", "LIP_RINGS", "SAMPLES"]

# Around the mouth, from the person's right corner along the lower lip to the left one and back.
# fmt: off
LIP_RINGS: tuple[tuple[int, ...], ...] = (
    (57, 43, 106, 182, 83, 18, 313, 406, 335, 273, 287, 410, 322, 391, 393, 164, 167, 165, 92, 186),
    (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
    (76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184),
    (62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 407, 272, 271, 268, 12, 38, 41, 42, 183),
    (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191),
)

# Around the right eye, from the outer corner along the lower lid to the inner corner and back on
# top: the lid contour, two rings of lid skin, and a ring that is the lower edge of the brow on top.
# The last two rings exist above the eye only (the entries from the inner end of the brow on): upper
# edge of the brow, and forehead.
EYE_RINGS: tuple[tuple[int, ...], ...] = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (130, 25, 110, 24, 23, 22, 26, 112, 243, 190, 56, 28, 27, 29, 30, 247),
    (226, 31, 228, 229, 230, 231, 232, 233, 244, 189, 221, 222, 223, 224, 225, 113),
    (35, 111, 117, 118, 119, 120, 121, 128, 245, 193, 55, 65, 52, 53, 46, 124),
    (9, 107, 66, 105, 63, 70, 156),
    (151, 108, 69, 104, 68, 71, 139),
)
# Position along the brow of the seven columns of the last rings: 0 is its head, 1 its tail.
BROW_U = (-0.35, 0.0, 0.25, 0.5, 0.75, 1.0, 1.3)

IRIS = (468, 469, 470, 471, 472)
# The upper rim of the face mesh and the points below it, from which the forehead is extended.
FOREHEAD: tuple[tuple[int, int], ...] = (
    (21, 71), (54, 68), (103, 104), (67, 69), (109, 108), (10, 151),
    (338, 337), (297, 299), (332, 333), (284, 298), (251, 301),
)

# Where the probe pass measures a region's colour: pairs of landmarks, their midpoints are sampled.
SAMPLES: dict[str, tuple[tuple[int, int], ...]] = {
    "lips": (
        (90, 90), (90, 89), (180, 180), (180, 179), (85, 85), (85, 86), (16, 16), (16, 15),
        (315, 315), (315, 316), (404, 404), (404, 403), (320, 320), (320, 319), (304, 304),
        (304, 272), (303, 303), (303, 271), (302, 302), (302, 268), (11, 11), (11, 12), (72, 72),
        (72, 38), (73, 73), (73, 41), (74, 74), (74, 42),
    ),
    "skin": (
        (117, 118), (50, 101), (205, 50), (36, 205), (118, 101), (117, 50), (36, 50), (101, 36),
        (346, 347), (280, 330), (425, 280), (266, 425), (347, 330), (346, 280), (266, 280),
        (330, 266), (9, 107), (9, 151), (9, 336), (107, 151), (336, 151), (108, 151), (337, 151),
    ),
    "right_lid": (
        (158, 28), (159, 27), (160, 29), (157, 56), (27, 223), (28, 222), (29, 224), (159, 158),
    ),
    "right_iris": ((468, 469), (468, 470), (468, 471), (468, 472)),
    "right_brow": ((65, 66), (52, 105), (53, 63), (55, 66), (65, 105), (52, 63)),
    "right_sclera": (
        (469, 33), (471, 133), (471, 33), (469, 133), (7, 246), (163, 161), (7, 161), (163, 246),
        (163, 160), (144, 161), (155, 173), (154, 157), (154, 173), (155, 157), (153, 157),
        (154, 158),
    ),
    "right_cheek": ((117, 118), (50, 101), (205, 50), (36, 205)),
    "lower_lip": (
        (90, 90), (90, 89), (180, 180), (180, 179), (85, 85), (85, 86), (16, 16), (16, 15),
        (315, 315), (315, 316), (404, 404), (404, 403), (320, 320), (320, 319),
    ),
    "upper_lip": (
        (304, 304), (304, 272), (303, 303), (303, 271), (302, 302), (302, 268), (11, 11), (11, 12),
        (72, 72), (72, 38), (73, 73), (73, 41), (74, 74), (74, 42),
    ),
    "below_lips": (
        (18, 18), (83, 83), (313, 313), (182, 182), (406, 406), (18, 83), (18, 313), (83, 182),
        (313, 406), (18, 17), (182, 181), (406, 405),
    ),
    "above_lips": (
        (167, 167), (393, 393), (165, 165), (391, 391), (164, 164), (164, 167), (164, 393),
        (92, 92), (322, 322), (167, 37), (393, 267), (164, 0),
    ),
}
# fmt: on

"""Vectors of a face's skin and light, as the probe pass and the reading measure them."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes
from prink.face.landmark import FACE_OVAL
from prink.reading.grid import REACH, open_picture
from prink.reading.light import measure_scene, probe
from prink.render.samples import read_samples
from prink_export.hosts.vectors.faces.face import OTHERS, listed, only
from prink_export.hosts.vectors.heads.head import as_face
from prink_export.hosts.vectors.photo.picture import (
    EDITS,
    PICTURE,
    Edit,
    drawn_head,
    drawn_picture,
    stored,
)
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["MEASURED", "REGIONS", "face_light"]

LINEAR: Final = 2e-4
REGIONS: Final = ("SKIN", "RIGHT_SCLERA", "LEFT_SCLERA", "LIPS")
CASES: Final = (
    (Edit(), 1.0),
    (Edit(), 0.2),
    (Edit(), 0.0),
    (Edit(gain=(120, 110, 100)), 1.0),
    (Edit(gain=(256, 190, 120)), 1.0),
    (Edit(gain=(20, 20, 20)), 1.0),
    (Edit(gain=(4, 4, 4)), 1.0),
    # One eye under a hand, a forehead under hair: what is darker than the rest hardly counts.
    (Edit(fill=(((14, 18, 26, 28), (200, 155, 130)),)), 1.0),
    (Edit(fill=(((8, 4, 52, 14), (60, 42, 33)),), zoom=2), 1.0),
)


def pairs() -> dict[str, list[Any]]:
    """Returns the landmark pairs of each region."""
    return {region: read_samples().of(region).tolist() for region in REGIONS}


MEASURED: Final = tuple(
    sorted(
        {10, 152, 468, 473, *FACE_OVAL, *(i for ends in pairs().values() for p in ends for i in p)}
    )
)
"""Landmarks that the light is measured from."""
INPUTS: Final = {
    "picture": f"a drawn face: {PICTURE}",
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "points": "x, y, z in pixels of the picture, in the order of `landmarks`; the middle "
    "of the first pixel is at 0.5. Times the zoom in the frame of a case",
    "regions": "landmark pairs of each region; a sample lies in the middle of each pair",
    "reach": "a sample is the mean, in sRGB, of the four bilinear ones at plus and minus "
    "this in x and y; of the larger of the inter-ocular distance and 0.42 times the "
    "distance of landmarks 10 and 152. Then it becomes linear light",
    "cases.edit": EDITS,
    "cases.open": "how far the more open eye is open, 0..1",
}
OUTPUTS: Final = {
    "cases.regions": "mean linear colour of each region. Weights: with m the mean "
    "luminance and o = (luminance - m) / max(m, 0.01), 1 / (1 + 12 o^2) where o < 0, else "
    "1 / (1 + o^2); in a SCLERA region 2^(16 (luminance / max(largest, 0.01) - 1)). "
    "Luminance is 0.2126, 0.7152, 0.0722",
    "cases.skin": "that of SKIN, at least 0.002 in each channel",
    "cases.light": "linear colour of a white card: `faceLight` of lib/probe.glsl, with the "
    "brighter sclera's luminance",
    "tolerance": "of a linear channel",
}


def face_light() -> Vector:
    """Returns a face in white, dim, warm and next to no light, with open and closed eyes."""
    picture = drawn_picture()
    return Vector(
        subject="The skin's colour and the light on a face: what a white card would look like "
        "there. Shaders do the same in pass/probe.frag and lib/probe.glsl.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": LINEAR,
            "picture": stored(picture),
            "landmarks": list(MEASURED),
            "points": listed(drawn_head(), MEASURED),
            "reach": REACH,
            "regions": pairs(),
            "cases": [case(edit, opened, picture) for edit, opened in CASES],
        },
    )


def case(edit: Edit, opened: float, picture: Bytes) -> dict[str, Any]:
    points = only(drawn_head() * np.float32(edit.zoom), MEASURED)
    face = as_face(points, landmarks=MEASURED)
    seen = replace(face.visibility, right_open=opened, left_open=opened / 2)
    opened_picture = open_picture(edit.frame(picture), points)
    scene = measure_scene(opened_picture, replace(face, visibility=seen))
    return {
        "edit": edit.told(),
        "open": opened,
        "regions": {name: rounded(probe(opened_picture, name), 6) for name in REGIONS},
        "skin": rounded(scene.skin, 6),
        "light": rounded(scene.light, 6),
    }

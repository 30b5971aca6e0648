"""Vectors of what of a face can be seen, from its landmarks and from a small picture."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from prink.arrays import Bytes
from prink.face.crop import SKIN
from prink.face.landmark import (
    FACE_OVAL,
    LEFT_EYE,
    LEFT_IRIS,
    LIPS_OUTER,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_EYE,
    RIGHT_IRIS,
)
from prink.face.visibility import (
    LEFT_CHEEK_FACING,
    LEFT_EYE_FACING,
    LIPS_FACING,
    RIGHT_CHEEK_FACING,
    RIGHT_EYE_FACING,
    Watcher,
)
from prink_export.hosts.vectors.face import NOSE, OTHERS, head, listed, only
from prink_export.hosts.vectors.picture import (
    EDITS,
    PICTURE,
    Edit,
    drawn_head,
    drawn_picture,
    stored,
)
from prink_export.hosts.vectors.vector import Vector

__all__ = ["HEADS", "LOOKED_AT", "STREAMS", "Look", "Stream", "face_visibility"]

SHARE: Final = 0.03
"""How far a host may be off: OpenCV enlarges bytes to bytes, a host may do so in floats."""
FACINGS: Final = {
    "lips": LIPS_FACING,
    "right_eye": RIGHT_EYE_FACING,
    "left_eye": LEFT_EYE_FACING,
    "right_cheek": RIGHT_CHEEK_FACING,
    "left_cheek": LEFT_CHEEK_FACING,
}
LOOKED_AT: Final = tuple(
    sorted(
        {
            *(NOSE, *FACE_OVAL, *LIPS_OUTER, *MOUTH_INNER_LOWER, *MOUTH_INNER_UPPER),
            *(*RIGHT_EYE, *LEFT_EYE, *RIGHT_IRIS, *LEFT_IRIS, *SKIN),
            *(landmark for triangle in FACINGS.values() for landmark in triangle),
        }
    )
)
"""Landmarks that visibility is made of."""


HEADS: Final = (
    drawn_head(),
    drawn_head(zoom=3),
    drawn_head(zoom=5),
    drawn_head(middle=(30.0, 64.0)),
    head(at=(500.0, 60.0), yaw=55.0),
    head(at=(500.0, 60.0), yaw=-100.0, pitch=10.0),
    head(at=(500.0, 60.0), closed=0.7, mouth=2.0),
    head(at=(30.0, 34.0), size=1.5, mouth=1.0),
)
SMALL, ENLARGED, REDUCED, CUT, TURNED, BEYOND, SHUT, TINY = range(len(HEADS))


@dataclass(frozen=True)
class Look:
    """One look at a face: the frame as an edit, and seconds since the look before."""

    edit: Edit
    seconds: float = 0.0


@dataclass(frozen=True)
class Stream:
    """Looks at one face, whose landmarks, one of `HEADS`, keep their place."""

    name: str
    head: int
    looks: tuple[Look, ...]


def hand(*box: int, zoom: int = 3) -> Edit:
    """Returns the frame with something of the skin's colour before a box of the picture."""
    x0, y0, x1, y1 = box
    return Edit(fill=(((x0, y0, x1, y1), (200, 155, 130)),), zoom=zoom)


GLASSES: Final = Edit(fill=(((14, 18, 26, 28), (24, 20, 20)),), zoom=3)
STREAMS: Final = (
    Stream("plain, small", SMALL, (Look(Edit()),)),
    Stream("plain, enlarged", ENLARGED, (Look(Edit(zoom=3)),)),
    Stream("plain, reduced", REDUCED, (Look(Edit(zoom=5)),)),
    Stream("hand over half the mouth", ENLARGED, (Look(hand(14, 40, 30, 62)),)),
    Stream("hand at the lips, small", SMALL, (Look(hand(14, 45, 46, 62, zoom=1)),)),
    Stream("hand at the lips, reduced", REDUCED, (Look(hand(14, 45, 46, 62, zoom=5)),)),
    Stream(
        "hand comes and goes over lips whose tint is known",
        ENLARGED,
        (
            Look(Edit(zoom=3)),
            Look(Edit(zoom=3, gain=(250, 250, 256)), 0.033),
            Look(hand(16, 40, 44, 47), 0.05),
            Look(hand(16, 40, 44, 47), 0.3),
            Look(Edit(zoom=3), 0.04),
        ),
    ),
    Stream("dark glasses on one eye", ENLARGED, (Look(GLASSES),)),
    Stream("no colours", ENLARGED, (Look(replace(hand(14, 40, 30, 62), grey=True)),)),
    Stream("warm, dim light", ENLARGED, (Look(Edit(gain=(110, 80, 50), zoom=3)),)),
    Stream("half out of the frame", CUT, (Look(Edit()),)),
    Stream("out of the frame, turned", TURNED, (Look(Edit()),)),
    Stream("out of the frame, seen from behind", BEYOND, (Look(Edit()),)),
    Stream("out of the frame, eyes half shut", SHUT, (Look(Edit()),)),
    Stream("too small for pixels", TINY, (Look(Edit()),)),
)
INPUTS: Final = {
    "picture": f"a drawn face: {PICTURE}",
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "facing": "three landmarks of each region, whose normal says how it is turned",
    "heads": "x, y, z in pixels of a frame, in the order of `landmarks`; here whole "
    "numbers are the middles of pixels",
    "streams.head": "which of the `heads`, counted from 0, every look of a stream sees",
    "streams.looks": "consecutive looks at one face; each stream starts anew",
    "streams.looks.edit": EDITS,
    "streams.looks.seconds": "since the look before",
}
OUTPUTS: Final = {
    "streams.looks.expected": "by name, 0..1. From pixels only where the eyes are 12 "
    "pixels apart or more and 4 of the face's lie in the frame. The crop: the upright box "
    "of the landmarks and 0.1 inter-ocular distances around, cut at the frame, in whole "
    "pixels, brought to 64 pixels between the eyes (bilinear to enlarge, mean of the "
    "area to reduce; bytes), then a Gaussian of 1 pixel (9 taps, mirrored border without "
    "its edge). Colours there are bilinear, the border repeated. What is measured on "
    "them: sdk/prink/face/occlusion.py and visibility.py, which name every number",
    "tolerance": "of each number",
}


def face_visibility() -> Vector:
    """Returns faces that are plain, covered, turned, grey, dim, cut, tiny, and one over time."""
    picture = drawn_picture()
    return Vector(
        subject="How well each region of a face can be seen, 0..1, and how far eyes and mouth are "
        "open, from landmarks and from the frame's pixels.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": SHARE,
            "picture": stored(picture),
            "landmarks": list(LOOKED_AT),
            "facing": {name: list(three) for name, three in FACINGS.items()},
            "heads": [listed(points, LOOKED_AT) for points in HEADS],
            "streams": [told(stream, picture) for stream in STREAMS],
        },
    )


def told(stream: Stream, picture: Bytes) -> dict[str, Any]:
    watcher, points = Watcher(), only(HEADS[stream.head], LOOKED_AT)
    looks = []
    for look in stream.looks:
        seen = watcher.see(look.edit.frame(picture), points, look.seconds)
        expected = {name: round(value, 5) for name, value in asdict(seen).items()}
        looks.append({"edit": look.edit.told(), "seconds": look.seconds, "expected": expected})
    return {"name": stream.name, "head": stream.head, "looks": looks}

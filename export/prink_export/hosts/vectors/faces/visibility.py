"""Vectors of what of a face can be seen, from its landmarks."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from prink.arrays import Floats
from prink.face.landmark import (
    LEFT_EYE_LOWER,
    LEFT_EYE_UPPER,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
)
from prink.face.visibility import (
    BESIDE_NOSE,
    BRIDGE,
    BROW,
    CHIN,
    EDGE_ON,
    EYE_GAP,
    LEFT_CHEEK_FACING,
    LEFT_EYE_FACING,
    LIPS_FACING,
    MOUTH_GAP,
    RIGHT_CHEEK_FACING,
    RIGHT_EYE_FACING,
    STEADY_SECONDS,
    Watcher,
)
from prink_export.hosts.vectors.faces.face import NOSE, OTHERS, head, listed, only
from prink_export.hosts.vectors.vector import SHARES, Vector

__all__ = ["HEADS", "LOOKED_AT", "STREAMS", "Stream", "face_visibility"]

FACINGS: Final = {
    "lips": LIPS_FACING,
    "right_eye": RIGHT_EYE_FACING,
    "left_eye": LEFT_EYE_FACING,
    "right_cheek": RIGHT_CHEEK_FACING,
    "left_cheek": LEFT_CHEEK_FACING,
}
MOUTH_ENDS: Final = (61, 291)
GAPS: Final = {
    "right_open": (RIGHT_EYE_UPPER[2:5], RIGHT_EYE_LOWER[2:5], (33, 133)),
    "left_open": (LEFT_EYE_UPPER[2:5], LEFT_EYE_LOWER[2:5], (362, 263)),
    "mouth_open": (MOUTH_INNER_UPPER[3:6], MOUTH_INNER_LOWER[3:6], MOUTH_ENDS),
}
LOOKED_AT: Final = tuple(
    sorted(
        {NOSE, BROW, CHIN, BRIDGE}
        | {landmark for triangle in FACINGS.values() for landmark in triangle}
        | {landmark for parts in GAPS.values() for part in parts for landmark in part}
    )
)
"""Landmarks that visibility is made of."""

HEADS: Final[dict[str, Floats]] = {
    "plain": head(),
    "tiny": head(size=0.6),
    "far eye half hidden": head(yaw=52.0),
    "the other one": head(yaw=-52.0, roll=30.0),
    "profile": head(yaw=75.0),
    "from behind": head(yaw=-120.0, pitch=10.0),
    "eyes half shut": head(closed=0.7),
    "mouth open, looking up": head(mouth=2.0, pitch=20.0),
    "eyes shut, looking down": head(closed=1.0, pitch=-35.0),
}


@dataclass(frozen=True)
class Stream:
    """One face over time: names of `HEADS`, and the seconds from each to the next."""

    name: str
    heads: tuple[str, ...]
    seconds: tuple[float, ...] = ()


STREAMS: Final = (
    *(Stream(name, (name,)) for name in HEADS),
    Stream(
        "turns away and back, and blinks",
        ("plain", "profile", "profile", "plain", "eyes half shut"),
        (0.033, 0.05, 0.3, 0.04),
    ),
)
INPUTS: Final = {
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "facing": "three landmarks of each region, whose normal says how it is turned",
    "gaps": "three landmarks each above and below a gap, and the two at its ends",
    "heads.points": "x, y, z in pixels of a frame, in the order of `landmarks`",
    "streams.looks.head": "name of the one of `heads` that is seen",
    "streams.looks.seconds": "since the look before; each stream starts anew",
}
OUTPUTS: Final = {
    "streams.looks.expected": "by name, 0..1. Regions: a smooth step of the cosine between the "
    "viewer and the normal of `facing`, (b - a) x (c - a), whose z < 0 looks at the viewer: from "
    f"{EDGE_ON[0]:g} to {EDGE_ON[1]:g}. Eyes: times a smooth step from {BESIDE_NOSE[0]:g} to "
    f"{BESIDE_NOSE[1]:g} of where the middle of the eye's `gaps` ends lies from landmark {BRIDGE} "
    f"towards its own side, across the line from landmark {BROW} to {CHIN} in x and y, by that "
    "line's length in x, y, z. In a stream each is the mean of before and now, of which now has "
    "the share 1 - exp(-seconds / "
    f"{STEADY_SECONDS:g}). Open: the mean distance, in x, y, z, of facing points by that of the "
    f"ends, as a share of the way from {EYE_GAP[0]:g} to {EYE_GAP[1]:g}, of the mouth "
    f"{MOUTH_GAP[0]:g} to {MOUTH_GAP[1]:g}; not steadied",
    "tolerance": "of each number",
}


def face_visibility() -> Vector:
    """Returns faces that are plain, turned, shut, open, and one over time."""
    return Vector(
        subject="How well each region of a face can be seen, 0..1, and how far eyes and mouth are "
        "open, from landmarks alone.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": SHARES,
            "landmarks": list(LOOKED_AT),
            "facing": {name: list(three) for name, three in FACINGS.items()},
            "gaps": {name: [list(part) for part in parts] for name, parts in GAPS.items()},
            "heads": [
                {"name": name, "points": listed(points, LOOKED_AT)}
                for name, points in HEADS.items()
            ],
            "streams": [told(stream) for stream in STREAMS],
        },
    )


def told(stream: Stream) -> dict[str, Any]:
    watcher, looks = Watcher(), []
    for name, seconds in zip(stream.heads, (0.0, *stream.seconds), strict=True):
        seen = watcher.see(only(HEADS[name], LOOKED_AT), seconds)
        expected = {key: round(value, 5) for key, value in asdict(seen).items()}
        looks.append({"head": name, "seconds": seconds, "expected": expected})
    return {"name": stream.name, "looks": looks}

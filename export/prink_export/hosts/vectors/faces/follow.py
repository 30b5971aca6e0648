"""Vectors of faces kept apart over the frames of a stream: lost, found, faded in and out."""

from dataclasses import dataclass
from typing import Any, Final

from prink.arrays import Floats
from prink.face.follow import FADE_SECONDS, REACH, Follower
from prink.face.landmark import FACE_OVAL, LEFT_IRIS, RIGHT_IRIS
from prink_export.hosts.vectors.faces.face import NOSE, OTHERS, head, listed, only
from prink_export.hosts.vectors.vector import PIXELS, Vector, rounded

__all__ = ["FACES", "KNOWN", "face_follow"]

FACES: Final = 2
KNOWN: Final = tuple(sorted({*FACE_OVAL[::4], NOSE, RIGHT_IRIS[0], LEFT_IRIS[0]}))


@dataclass(frozen=True)
class Seen:
    """What a detector found in the frame at `time` seconds: heads by place, size and roll."""

    time: float
    heads: tuple[tuple[float, float, float, float], ...] = ()


SERIES: Final = (
    Seen(0.0, ((100, 100, 6, 0),)),
    Seen(0.033, ((103, 100, 6, 2),)),
    Seen(0.067, ((300, 110, 7, 0), (106, 101, 6, 4))),
    Seen(0.1, ((109, 102, 6, 5), (299, 110, 7, -2))),
    Seen(0.1, ((109, 102, 6, 5), (299, 110, 7, -2))),
    # A third one finds no room; the detector's order is not that of the faces.
    Seen(0.133, ((298, 111, 7, -3), (500, 90, 5, 0), (112, 102, 6, 6))),
    Seen(0.25, ((296, 111, 7, -3), (113, 102, 6, 6))),
    # One is lost for two frames and comes back near to where it was.
    Seen(0.283, ((115, 103, 6, 6),)),
    Seen(0.317, ((118, 103, 6, 6),)),
    Seen(0.35, ((121, 104, 6, 6), (290, 113, 7, -4))),
    # It is found too far away: a new one, which waits until the old one has faded.
    Seen(0.4, ((121, 104, 6, 6), (440, 200, 7, 0))),
    Seen(0.5, ((122, 104, 6, 6), (441, 200, 7, 0))),
    Seen(0.55, ((122, 104, 6, 6), (441, 200, 7, 0))),
    Seen(0.6, ((123, 104, 6, 6), (442, 200, 7, 0))),
    Seen(0.65, ((123, 104, 6, 6), (442, 200, 7, 0))),
    # They pass each other: distance and overlap of the boxes say who is who.
    Seen(0.68, ((170, 125, 6, 6), (395, 180, 7, 0))),
    Seen(0.71, ((350, 165, 7, 0), (215, 140, 6, 6))),
    Seen(0.74, ((300, 158, 7, 0), (255, 150, 6, 6))),
    Seen(0.77, ((285, 152, 6, 6), (270, 155, 7, 0))),
    Seen(0.8, ((238, 153, 7, 0), (320, 155, 6, 6))),
    # All lost; later a new one begins.
    Seen(0.9, ()),
    Seen(1.2, ()),
    Seen(1.3, ((130, 105, 6, 6),)),
    Seen(1.33, ((130, 105, 6, 6),)),
    # A child before a parent: each middle is nearest to the other's, the boxes tell them apart.
    Seen(1.4, ((130, 105, 6, 6), (160, 110, 3, 0))),
    Seen(1.43, ((131, 105, 6, 6), (160, 110, 3, 0))),
    Seen(1.46, ((140, 107, 3, 0), (150, 108, 6, 6))),
)
INPUTS: Final = {
    "max_faces": "how many are followed at most",
    "reach": "inter-ocular distances (between landmarks 468 and 473, the larger of both "
    "faces, at least 1 pixel) that a face's centre, the mean of its points, may move",
    "fade_seconds": "from nothing to full presence and back",
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "frames.time": "seconds; a frame of the same time as the last one changes nothing",
    "frames.found": "faces of a detector, in any order: x, y, z in pixels of `landmarks`",
}
OUTPUTS: Final = {
    "frames.faces": "the faces to show, in the order in which they were first seen. A "
    "face is shown from its second sighting on. Pairs of known and found faces are "
    "matched in the order of distance / (reach * inter-ocular distance) - intersection "
    "over union of the upright boxes, none beyond reach; a lost face is kept where it was "
    "last measured until its presence is 0, if it was ever shown",
    "frames.faces.id": "counts up with every face that is first seen",
    "frames.faces.presence": "0..1",
    "frames.faces.nose": "landmark 4 as shown: steadied by the filter of "
    "landmark_filter.json, whose step is the time since this face was last measured",
    "tolerance": "of the presence, and a hundred times that of the nose in pixels",
}


def face_follow() -> Vector:
    """Returns a stream in which faces come, go, cross and come back."""
    follower = Follower(max_faces=FACES, smoothing=True)
    return Vector(
        subject="Which face of a frame is which face of the frame before, and how faces fade in "
        "when they are found and out when they are lost.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": PIXELS / 100,
            "max_faces": FACES,
            "reach": REACH,
            "fade_seconds": FADE_SECONDS,
            "landmarks": list(KNOWN),
            "frames": [frame(follower, seen) for seen in SERIES],
        },
    )


def frame(follower: Follower, seen: Seen) -> dict[str, Any]:
    found = [head(at=(x, y), size=size, roll=roll, yaw=roll / 2) for x, y, size, roll in seen.heads]
    known: list[Floats] = [only(points, KNOWN) for points in found]
    if follower.is_new(seen.time):
        follower.follow(known, time=seen.time)
    return {
        "time": seen.time,
        "found": [listed(points, KNOWN) for points in found],
        "faces": [
            {
                "id": face.id,
                "presence": round(face.presence, 5),
                "nose": rounded(face.points[NOSE], 3),
            }
            for face in follower.faces
        ],
    }

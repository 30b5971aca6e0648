"""What is kept of one square of a head between two frames."""

from dataclasses import dataclass

import numpy as np

from prink.face import Face
from prink.parse.carry import carried, motion
from prink.parse.head import Affine, inverse, warp
from prink.parse.network import Answer

__all__ = ["Kept", "at_place"]


@dataclass(eq=False)
class Kept:
    """The answer of one square, which `to_frame` placed when the face was `face`.

    Attributes:
        answer: (5, S, S), 0..1.
        before: What was shown at the same place; `answer` fades in over it.
        to_frame: From the square's pixels to the frame's, (2, 3).
        face: When it was parsed.
        reach: Half the square's side, in face sizes.
        changed: Whether the answer is quite another than the one before.
        at_once: Whether it shows at once: to fade in would be to lag.
        age: Frames since.
    """

    answer: Answer
    before: Answer
    to_frame: Affine
    face: Face
    reach: float
    changed: bool = False
    at_once: bool = False
    age: int = 0

    def shown(self, share: float) -> Answer:
        """Returns the answer over the one before, (5, S, S), 0..1, `share` of it."""
        if share == 1.0 or self.at_once or self.before is self.answer:
            return self.answer
        return self.before + (self.answer - self.before) * np.float32(share)

    def here(self, face: Face) -> Affine:
        """Returns where the square lies now that the face is there, (2, 3)."""
        return carried(self.to_frame, motion(self.face.points, face.points))


def at_place(shown: Answer, there: Affine, to_frame: Affine) -> Answer:
    """Returns an answer whose square lies `there`, seen in the square of `to_frame`; 0 outside."""
    import cv2

    picture = cv2.merge(list(shown))
    seen = warp(picture, carried(to_frame, inverse(there)), len(picture))
    return np.asarray(seen, np.float32).transpose(2, 0, 1)

"""What is kept of one square of a head between two frames."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.face import Face
from prink.parse.carry import carried, motion
from prink.parse.head import Affine, inverse, warp
from prink.parse.network import Answer

__all__ = ["ALL", "Kept", "at_place"]

ALL: Final = slice(None)


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

    def shown(self, share: float, channels: slice = ALL) -> Answer:
        """Returns some channels of the answer over the one before, (C, S, S), 0..1."""
        answer = self.answer[channels]
        if share == 1.0 or self.at_once or self.before is self.answer:
            return answer
        before = self.before[channels]
        mixed = np.subtract(answer, before)
        mixed *= np.float32(share)
        mixed += before
        return mixed

    def here(self, face: Face) -> Affine:
        """Returns where the square lies now that the face is there, (2, 3)."""
        return carried(self.to_frame, motion(self.face.points, face.points))


def at_place(shown: Answer, there: Affine, to_frame: Affine) -> Answer:
    """Returns an answer whose square lies `there`, seen in the square of `to_frame`; 0 outside."""
    import cv2

    picture = cv2.merge(list(shown))
    seen = warp(picture, carried(to_frame, inverse(there)), len(picture))
    return np.stack(cv2.split(seen))

"""Head angles, by fitting the rigid part of MediaPipe's canonical face to the tracked points."""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.face.landmark import HeadPose

__all__ = ["head_pose"]

# Landmark: x, y (up), z (to the viewer) in centimetres, from MediaPipe's canonical face model
# (Apache-2.0). Brow, nose and temples hardly move with expression; mouth and jaw are left out.
CANONICAL: Final = {
    10: (0.0, 8.2618, 4.4815),
    151: (0.0, 6.5454, 5.0273),
    9: (0.0, 4.8860, 5.3853),
    8: (0.0, 4.0190, 5.2848),
    168: (0.0, 3.2710, 5.2360),
    6: (0.0, 2.4733, 5.7886),
    197: (0.0, 1.7284, 6.3168),
    195: (0.0, 1.0594, 6.7746),
    5: (0.0, 0.3657, 7.2429),
    4: (0.0, -0.4632, 7.5866),
    2: (0.0, -2.0890, 6.0583),
    33: (-4.4459, 2.6640, 3.1734),
    263: (4.4459, 2.6640, 3.1734),
    133: (-1.8564, 2.5852, 3.7579),
    362: (1.8564, 2.5852, 3.7579),
    98: (-1.4056, -1.7142, 5.2411),
    327: (1.4056, -1.7142, 5.2411),
    129: (-1.7858, -0.9783, 4.8505),
    358: (1.7858, -0.9783, 4.8505),
    127: (-7.7431, 2.3650, -2.0052),
    356: (7.7431, 2.3650, -2.0052),
    234: (-7.6642, 0.6731, -2.4359),
    454: (7.6642, 0.6731, -2.4359),
    54: (-6.2793, 6.6154, 1.4259),
    284: (6.2793, 6.6154, 1.4259),
    67: (-3.5240, 8.0060, 3.7292),
    297: (3.5240, 8.0060, 3.7292),
}
INDICES: Final = np.array(list(CANONICAL))
# In the picture's axes: x right, y down, z away.
MODEL: Final = np.array(list(CANONICAL.values())) * (1.0, -1.0, -1.0)
MODEL_CENTERED: Final = MODEL - MODEL.mean(axis=0)


def head_pose(points: Floats) -> HeadPose:
    """Returns the head's angles in degrees from (478, 3) points.

    The rotation is Kabsch's (1976) least-squares fit. It is taken apart as roll in the picture's
    plane after yaw after pitch.
    """
    seen = points[INDICES].astype(np.float64)
    seen -= seen.mean(axis=0)
    u, _, vt = np.linalg.svd(seen.T @ MODEL_CENTERED)
    turn = u @ np.diag((1.0, 1.0, np.linalg.det(u @ vt))) @ vt
    yaw = np.degrees(np.arcsin(np.clip(turn[2, 0], -1.0, 1.0)))
    pitch = -np.degrees(np.arctan2(turn[2, 1], turn[2, 2]))
    roll = np.degrees(np.arctan2(turn[1, 0], turn[0, 0]))
    return HeadPose(yaw=float(yaw), pitch=float(pitch), roll=float(roll))

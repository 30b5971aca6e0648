"""Pictures of random heads: crops as in training, and frames of a head that moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.parse.head import eight_bits
from prink.people.assets import Assets
from prink.people.camera import Pose, View, face_box, posed, turn, view_of
from prink.people.heads import CROWN, Head, pose_parts, random_head
from prink.people.light import Light, random_background, random_light
from prink.people.scene import Scene

__all__ = ["CROP", "FRAME", "Shot", "Studio"]

Rng = np.random.Generator

CROP: Final = 256  # px
FRAME: Final = 480  # px
FRAME_REACH: Final = 2.2  # face sizes from a frame's middle to each side
PORTRAIT_REACH: Final = 0.8
BARE_REACH: Final = 1.5  # the widest crop of people without clothes
SHIFT: Final = 0.06  # of the crop's side, standard deviation


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture (S, S, 3), masks of hair and person and the classes (S, S), all uint8.

    `face` (3,) is the middle of the face and its size, in pixels.
    """

    rgb: Bytes
    hair: Bytes
    person: Bytes
    face: Floats
    classes: Bytes


@dataclass(eq=False)
class Studio:
    """Owns the scenes that heads are drawn in; `styles` are the hair styles they may have."""

    assets: Assets
    styles: Sequence[str]
    scenes: dict[int, Scene] = field(default_factory=dict)

    def crop(self, rng: Rng) -> Shot:
        """Returns a crop of another random head."""
        head = random_head(self.assets, rng, self.styles)
        pose = random_pose(rng)
        reach = random_reach(rng)
        view = view_of(
            face_box(posed(head.face, head.eyes, pose), pose),
            CROP,
            reach=min(reach, BARE_REACH) if head.bare else reach,
            shift=np.clip(rng.normal(0, SHIFT, 2), -0.12, 0.12),
        )
        background = random_background(CROP, rng)
        return self.shot(head, pose, view, random_light(rng), background)

    def portrait(self, rng: Rng) -> Shot:
        """Returns a close picture of another random head, its face filling most of the frame."""
        head = random_head(self.assets, rng, self.styles)
        pose = replace(random_pose(rng), yaw=rng.normal(0, 14), pitch=rng.normal(0, 8))
        box = face_box(posed(head.face, head.eyes, pose), pose)
        view = view_of(box, FRAME, reach=PORTRAIT_REACH, shift=np.zeros(2))
        return self.shot(head, pose, view, random_light(rng), random_background(FRAME, rng))

    def clip(self, rng: Rng, *, style: str, count: int) -> Iterator[Shot]:
        """Yields the frames of a random head that turns and nods before a still camera."""
        head = random_head(self.assets, rng, [style])
        start = Pose(0, 0, 0, shared=0.25, distance=rng.uniform(5, 9), rooted=True)
        box = face_box(posed(head.face, head.eyes, start), start)
        reach = BARE_REACH if head.bare else FRAME_REACH
        view = view_of(box, FRAME, reach=reach, shift=np.zeros(2))
        light, background = random_light(rng), random_background(FRAME, rng)
        waves = rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.7, 1.4, 3) / count * 2 * np.pi
        for number in range(count):
            yaw, pitch, roll = np.sin(waves[0] + waves[1] * number) * [30, 12, 8]
            pose = replace(start, yaw=yaw, pitch=pitch, roll=roll)
            now = face_box(posed(head.face, head.eyes, pose), pose)
            yield self.shot(head, pose, moved(view, box, now), light, background)

    def shot(self, head: Head, pose: Pose, view: View, light: Light, background: Floats) -> Shot:
        """Returns a head before a background (S, S, 3), 0..1."""
        size = len(background)
        if size not in self.scenes:
            self.scenes[size] = Scene(size, self.assets.texture)
        turned = turn(pose.yaw, pose.pitch, pose.roll).astype(np.float32)
        above = head.eyes + np.array([[0, *CROWN]], np.float32)
        crown = posed(above, head.eyes, pose)[0]
        picture = self.scenes[size].draw(
            pose_parts(head, pose),
            view,
            light,
            head.dye,
            head.stubble,
            turned,
            crown,
            mouth_light=head.mouth_light,
        )
        # Blending is linear: what the head leaves of the background is known exactly.
        rgb = picture.rgb + background * (1 - picture.person[..., None])
        hair, person = eight_bits(picture.hair), eight_bits(picture.person)
        return Shot(eight_bits(rgb), hair, person, view.face, picture.classes)


def random_pose(rng: Rng) -> Pose:
    """Returns a head turned by up to 40 degrees, the neck and the shoulders sharing it."""
    return Pose(
        rng.uniform(-40, 40),
        rng.uniform(-20, 20),
        rng.uniform(-15, 15),
        shared=rng.uniform(0.1, 1),
        distance=rng.uniform(5, 14),
    )


def random_reach(rng: Rng) -> float:
    """Returns the reach of a crop: as prink makes it, closer or wider."""
    kind = rng.random()
    if kind < 0.3:
        return 1.5
    return float(rng.uniform(1.1, 1.4) if kind < 0.65 else rng.uniform(1.6, 2.1))


def moved(view: View, box: Doubles, now: Doubles) -> View:
    """Returns the same view, with the face where and as large as it now is."""
    scale = float(view.face[2]) / box[2]
    middle = view.face[:2] + (now[:2] - box[:2]) * scale
    return View(view.projection, np.array([*middle, now[2] * scale], np.float32))

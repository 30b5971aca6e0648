"""Pictures of random people with a class for every pixel."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from prink.people.busy import busy_background, hard_light, with_bystander
from prink.people.camera import Pose, face_box, posed, view_of
from prink.people.dressed import Wardrobe, random_person
from prink.people.shot import BARE_REACH, CROP, Shot, Studio

__all__ = ["People"]

Rng = np.random.Generator
SHIFT: Final = 0.05  # of the crop's side, standard deviation
BYSTANDERS: Final = 0.15
KEPT: Final = 8  # people drawn before who may stand behind


@dataclass(eq=False)
class People:
    """Draws people in a studio; those drawn before stand behind later ones now and then."""

    studio: Studio
    wardrobe: Wardrobe = field(default_factory=Wardrobe)
    before: list[Shot] = field(default_factory=list)

    def crop(self, rng: Rng) -> Shot:
        """Returns a crop of another random person."""
        head = random_person(self.studio.assets, rng, self.studio.styles, self.wardrobe)
        pose, reach = random_turn(rng), random_reach(rng)
        view = view_of(
            face_box(posed(head.face, head.eyes, pose), pose),
            CROP,
            reach=min(reach, BARE_REACH) if head.bare else reach,
            shift=np.clip(rng.normal(0, SHIFT, 2), -0.12, 0.12),
        )
        wall = busy_background(CROP, rng)
        if self.before and rng.random() < BYSTANDERS:
            other = self.before[rng.integers(len(self.before))]
            wall = with_bystander(wall, other.rgb, other.person, rng)
        shot = self.studio.shot(head, pose, view, hard_light(rng), wall)
        if reach > 1.2:
            self.before = [*self.before[-KEPT + 1 :], shot]
        return shot


def random_turn(rng: Rng) -> Pose:
    """Returns a head turned by up to 75 degrees."""
    yaw = rng.uniform(-40, 40) if rng.random() < 0.6 else rng.uniform(-75, 75)
    pitch, roll = rng.uniform(-25, 25), rng.uniform(-20, 20)
    return Pose(yaw, pitch, roll, shared=rng.uniform(0.1, 1), distance=rng.uniform(4.5, 14))


def random_reach(rng: Rng) -> float:
    """Returns the reach of a crop in face sizes, often near those that prink asks for."""
    kind = rng.random()
    if kind < 0.35:
        return float(rng.uniform(0.75, 0.9))
    return float(rng.uniform(1.4, 1.6) if kind < 0.65 else rng.uniform(0.75, 2.3))

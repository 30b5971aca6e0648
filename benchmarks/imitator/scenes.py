"""The exact answer: how the renderer's differentiable twin moves the atlas with every number."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from prink.arrays import Bytes
from prink.face import Face
from prink.face.landmark import iod
from prink.learn.data.faces import BaseFace
from prink.learn.imitator.net import halved
from prink.params import parameters
from prink.render import Renderer
from prink.render.atlas import atlas_places, unwrap
from prink.render.reference import Scene, capture_scene, draw_reference, packed_from_vector

__all__ = ["ENTRIES", "STEP", "Exact", "Unwrapped", "jacobian", "unwrapped"]

IOD: Final = 60.0  # px between the eyes
STEP: Final = 0.25  # of a number's range
CHUNK: Final = 8  # directions at a time
VISIBLE: Final = 1.0 / 255.0

NAMES: Final = [p.path for p in parameters() for _ in range(p.width)]
ENTRIES: Final = [place for place, name in enumerate(NAMES) if not name.startswith("hair.")]
"""Places in a look's vector of the numbers that the twin draws: all but hair."""


@dataclass(frozen=True, eq=False)
class Unwrapped:
    """A face and how a look is put on it, exactly.

    Attributes:
        bare: The atlas, (1, 4, S, S).
        draw: Maps a look (P,) to the made-up frame (H, W, 3), differentiably.
        flat: Maps frames (N, H, W, 3) to atlases (N, 3, S, S); it is linear.
    """

    bare: Tensor
    draw: Callable[[Tensor], Tensor]
    flat: Callable[[Tensor], Tensor]

    @property
    def seen(self) -> Tensor:
        """How well each place is seen, (1, S, S)."""
        return self.bare[0, 3:]


@dataclass(frozen=True, eq=False)
class Exact:
    """What one look does to one face, and how that changes with each of `ENTRIES` (E).

    `picture` (3, S, S), its `slopes` (E, 3, S, S), its `changes` over a step (E, 3, S, S) to the
    looks `stepped` (E, P), and which share of the seen pixels each of these moves, `moved` (E,).
    """

    face: Unwrapped
    look: Tensor
    picture: Tensor
    slopes: Tensor
    stepped: Tensor
    changes: Tensor
    moved: Tensor

    @classmethod
    def of(cls, face: Unwrapped, look: Tensor) -> "Exact":
        """Returns everything about a look (P,) on a face."""
        with torch.no_grad():
            (picture,), stepped = face.flat(face.draw(look)[None]), steps(look)
            changes = torch.cat([face.flat(face.draw(each)[None]) for each in stepped]) - picture
        slopes = jacobian(face.draw, look, then=face.flat)
        visible = (changes.abs().amax(1) > VISIBLE).float() * face.seen
        moved = visible.sum((1, 2)) / face.seen.sum()
        return cls(face, look, picture, slopes, stepped, changes, moved)


def steps(look: Tensor) -> Tensor:
    """Returns looks (E, P) with one number a step away, to where there is more room."""
    stepped = look.repeat(len(ENTRIES), 1)
    for row, place in enumerate(ENTRIES):
        stepped[row, place] += STEP if look[place] <= 0.5 else -STEP
    return stepped


def jacobian(
    draw: Callable[[Tensor], Tensor], look: Tensor, *, then: Callable[[Tensor], Tensor]
) -> Tensor:
    """Returns the derivatives (E, ...) of a picture in each of `ENTRIES`, by forward mode.

    Args:
        draw: Maps a look (P,) to a picture.
        look: Where.
        then: Linear, applied to the derivatives of several pictures.
    """
    directions = torch.eye(len(look), dtype=look.dtype)[ENTRIES]

    def along(direction: Tensor) -> Tensor:
        slope: Tensor = torch.func.jvp(draw, (look,), (direction,))[1]
        return slope

    with torch.no_grad():
        parts = [then(torch.func.vmap(along)(part)) for part in torch.split(directions, CHUNK)]
    return torch.cat(parts)


def unwrapped(people: Iterable[BaseFace], renderer: Renderer, size: int) -> Iterator[Unwrapped]:
    """Yields the faces of people at `IOD` with their exact drawing, atlases at `size`."""
    for person in people:
        rgb, face = shrunk(person.rgb, person.face)
        scene = capture_scene(renderer, rgb, face)
        places = torch.from_numpy(atlas_places(face.points))[None]
        known = ~places.isnan().any(-1)[:, None]
        extent = torch.tensor([rgb.shape[1], rgb.shape[0]])
        grid = (2.0 * places / extent - 1.0).nan_to_num(2.0)

        def flat(frames: Tensor, grid: Tensor = grid, known: Tensor = known) -> Tensor:
            planes, places = frames.permute(0, 3, 1, 2), grid.expand(len(frames), -1, -1, -1)
            laid = functional.grid_sample(
                planes, places, padding_mode="border", align_corners=False
            )
            return halved(laid * known, size)

        def draw(look: Tensor, scene: Scene = scene) -> Tensor:
            return draw_reference(packed_from_vector(look), scene)

        alpha = torch.from_numpy(unwrap(rgb, face)[None, None, ..., 3] / np.float32(255))
        yield Unwrapped(torch.cat([flat(scene.frame[None]), halved(alpha, size)], 1), draw, flat)


def shrunk(rgb: Bytes, face: Face) -> tuple[Bytes, Face]:
    """Returns a crop of a face scaled to `IOD`, and the face in it."""
    import cv2

    scale = IOD / iod(face.points)
    size = round(scale * rgb.shape[1]), round(scale * rgb.shape[0])
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(rgb, size, interpolation=mode)
    factor = np.array([size[0] / rgb.shape[1], size[1] / rgb.shape[0], scale], np.float32)
    return np.ascontiguousarray(small), replace(face, points=face.points * factor)

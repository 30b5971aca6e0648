"""An endless stream of faces with looks on them, drawn on the fly; nothing is stored.

Each worker process owns a GL context. A sample is the same for the same seed and number.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, NamedTuple, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from prink.arrays import Bytes, Doubles
from prink.face.landmark import iod
from prink.learn.data.faces import BaseFace
from prink.learn.data.look_sampling import MAKEUP, sample_look
from prink.learn.data.photo_loss import move_points, worn_down
from prink.learn.data.skin_shift import relit
from prink.params import Look, from_vector, parameters, to_vector
from prink.render import Renderer
from prink.render.atlas import unwrap

__all__ = ["Batch", "View", "batches", "laid_flat", "planes"]

Rng = np.random.Generator
View = Callable[[Bytes, BaseFace], Bytes]
# Faces of these classes are rarer than they should be: all classes are drawn about alike.
EVEN: Final = 0.7
SHOWING: Final = 0.9  # of the changes of a pair are of something that is worn


class Batch(NamedTuple):
    """Samples: atlases (B, 4, 256, 256) 0..1 without and with the look (B, P) of 0..1.

    Without `bare` its planes are empty. A paired batch also has `made2` with the look `look2` on
    the same face, which differs in one parameter only; its pictures are clean. Otherwise `made` has
    lost what photos lose.
    """

    bare: Tensor
    made: Tensor
    look: Tensor
    made2: Tensor | None = None
    look2: Tensor | None = None

    def to(self, device: torch.device | str) -> "Batch":
        """Returns the batch on a device."""
        bare, made, look = (each.to(device) for each in self[:3])
        made2, look2 = (each if each is None else each.to(device) for each in self[3:])
        return Batch(bare, made, look, made2, look2)


@cache
def renderer() -> Renderer:
    """Returns the renderer of this process."""
    return Renderer()


@dataclass(frozen=True, eq=False)
class Samples(Dataset[tuple[NDArray[Any], ...]]):
    """Sample number n of a seed: the atlases and looks of one face."""

    faces: Sequence[BaseFace]
    seed: int
    bare: bool
    paired: bool
    view: View
    chances: Doubles

    def __getitem__(self, number: int) -> tuple[NDArray[Any], ...]:
        """Returns bare and made-up atlas and the look; if paired, another pair of these."""
        rng = np.random.default_rng((self.seed, number))
        base = self.faces[rng.choice(len(self.faces), p=self.chances)]
        rgb = relit(base.rgb, rng)
        look = sample_look(rng)
        made = draw(rgb, base, look)
        bare = laid_flat(rgb, base) if self.bare else np.zeros(0, np.uint8)
        if self.paired:
            other = neighbour(look, rng)
            return (
                bare,
                laid_flat(made, base),
                to_vector(look),
                *(
                    laid_flat(draw(rgb, base, other), base),
                    to_vector(other),
                ),
            )
        points = move_points(base.face.points, rng, iod=iod(base.face.points))
        moved = replace(base, face=replace(base.face, points=points))
        photo = self.view(worn_down(made, rng), moved)
        return bare, photo, to_vector(look)


def laid_flat(rgb: Bytes, base: BaseFace) -> Bytes:
    """Returns the atlas (256, 256, 4) of a face's crop (S, S, 3), made up or not."""
    return unwrap(rgb, base.face, bounds=base.bounds)


def draw(rgb: Bytes, base: BaseFace, look: Look) -> Bytes:
    return renderer().draw(rgb, [base.face], look)


def neighbour(look: Look, rng: Rng) -> Look:
    """Returns the look with one parameter of another one: a number, a pigment or a coverage.

    Mostly one that shows: of a product that the look wears, or that would then be worn.
    """
    vector, other = to_vector(look), to_vector(sample_look(rng))
    places = makeup_places()
    if rng.random() < SHOWING:
        worn = {group for group, place, cover in places if cover and vector[place][0] > 0}
        shown = [each for each in places if each[0] in worn or (each[2] and other[each[1]][0] > 0)]
        places = tuple(shown) or places
    _, place, _ = places[rng.integers(len(places))]
    vector[place] = other[place]
    return from_vector(vector)


@cache
def makeup_places() -> tuple[tuple[str, slice, bool], ...]:
    """Returns group and place of each pigment, coverage and number, and whether it is coverage."""
    found = []
    for parameter in parameters():
        start = parameter.place
        if parameter.group in MAKEUP and parameter.is_color:
            found.append((parameter.group, slice(start, start + 3), False))
            found.append((parameter.group, slice(start + 3, start + 4), True))
        elif parameter.group in MAKEUP:
            found.append((parameter.group, parameter.numbers, False))
    return tuple(found)


def chances_of(faces: Sequence[BaseFace]) -> Doubles:
    """Returns how often each face is taken (N,): skin classes about alike, drawn ones a class."""
    kinds = [face.tone or face.origin for face in faces]
    count = {kind: kinds.count(kind) for kind in set(kinds)}
    weights = np.array([count[kind] ** -EVEN for kind in kinds])
    return np.asarray(weights / weights.sum())


def planes(atlas: Tensor) -> Tensor:
    """Returns float planes (B, 4, 256, 256) 0..1 of atlases (B, 256, 256, 4) uint8."""
    if atlas.dim() < 4:
        return atlas.float()
    return atlas.permute(0, 3, 1, 2).float().div_(255.0)


def batches(
    faces: Sequence[BaseFace],
    *,
    batch: int,
    seed: int,
    start: int = 0,
    workers: int = 1,
    bare: bool = True,
    paired: bool = False,
    view: View = laid_flat,
    rank: int = 0,
    ranks: int = 1,
) -> Generator[Batch, None, None]:
    """Yields batches without end.

    Args:
        faces: Whom the looks are put on.
        batch: Samples in a batch.
        seed: Of faces, looks and light.
        start: Number of the first batch, to go on after a break.
        workers: Processes that draw, each with a GL context; 0 draws in this one.
        bare: Whether to unwrap the bare faces, too.
        paired: Whether to add a second look, for the sensitivity loss.
        view: What is seen of a made-up face: its atlas, or (256, 256, 4) of something else.
        rank: Number of this process of a distributed training.
        ranks: How many processes there are.
    """
    if paired and view is not laid_flat:
        raise ValueError("pairs are atlases: `view` cannot be given with `paired`")
    samples = Samples(faces, seed, bare or paired, paired, view, chances_of(faces))
    numbers = endless((start * ranks + rank) * batch, batch, ranks)
    loader = DataLoader(
        samples,
        batch_sampler=numbers,
        num_workers=workers,
        multiprocessing_context="spawn" if workers else None,
        prefetch_factor=2 if workers else None,
    )
    for found in loader:
        plain, made, look, *rest = cast(list[Tensor], found)
        pair = (planes(rest[0]), rest[1]) if rest else ()
        yield Batch(planes(plain), planes(made), look, *pair)


def endless(first: int, batch: int, ranks: int) -> Iterator[list[int]]:
    """Yields the sample numbers of this process's batches."""
    while True:
        yield list(range(first, first + batch))
        first += batch * ranks

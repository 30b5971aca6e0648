"""Refines a look that was read off one photo: analysis by synthesis through the torch renderer.

A made-up face below, a look over it: both are moved until the drawn face is the seen one while
neither strays far from what is probable. What the look may become is held near the given one,
because pigment, coverage and bare lips can stand in for each other. Looks are compared over the
bare face that suits each best, so a gain is never that of the bare face.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from prink.arrays import Bytes
from prink.face import Face, FaceError
from prink.face.close_up import close_up
from prink.frame import check_frame
from prink.params import Look, from_vector, pack
from prink.refine.bare_face import open_bare_face
from prink.refine.explain import UNIT, Explanation, explanation_of
from prink.render import Renderer
from prink.render.reference import capture_scene

__all__ = ["Refined", "refine"]

Ground = dict[str, Tensor]
IOD: Final = 64.0  # px; larger faces are shrunk
MARGIN: Final = 0.8  # inter-ocular distances that are kept around the landmarks
RATE: Final = 0.06  # of Adam, in standard deviations
SETTLED: Final = 60  # steps within which the bare face alone is found; mostly 30 are enough
ENOUGH: Final = 1e-5  # change of the mean square at which it is


@dataclass(frozen=True)
class Refined:
    """A refined look.

    Attributes:
        look: The look that explains the photo best; what no photo of this kind shows is as given.
        before: How badly the given look explains it, over the bare face that fits it best.
        after: The same of `look`, over the bare face that fits that best; never more than `before`,
            and equal to it where the given look is returned. Both are root mean squares of drawn
            minus seen colour in CIELAB units, lightness counted half and outliers less, to whose
            squares comes the improbability of the bare face and of the distance from the start.
    """

    look: Look
    before: float
    after: float


def refine(
    rgb: Bytes,
    face: Face,
    start: Look,
    *,
    steps: int = 100,
    tick: Callable[[], None] | None = None,
    renderer: Renderer | None = None,
) -> Refined:
    """Returns the look near `start` that explains a photo best, by gradient descent.

    Moved are colours and coverages of lipstick, liner, eyeshadow, eyeliner, blush, contour and
    highlighter as far as `start` wears them, and the plain parameters that a photo tells well:
    `prink.refine.explain.FREE`. Everything else stays, and so does a product that is absent.

    Args:
        rgb: (H, W, 3) uint8 sRGB.
        face: The face in it.
        start: What was read; nothing is found that is far from it.
        steps: Steps in which look and bare face move, of 10 to 20 ms each on one core; the bare
            face is also fitted alone, before and after, in 0.5 to 1 s.
        tick: Called after every step.
        renderer: One to use again; by default one is opened for this call.

    Raises:
        FaceError: if the picture is not (H, W, 3) uint8 or the landmarks are not finite.
        LookError: if `start` holds something that is no number of its range.
        RenderError: if the face lies outside the picture.
        ValueError: if `steps` is less than 1.
    """
    check_frame(rgb, "rgb", error=FaceError)
    pack(start)  # a wild look is refused here
    if steps < 1:
        raise ValueError(f"steps is {steps}; expected 1 or more")
    small, seen = shrunk(rgb, face)
    with opened(renderer) as drawing:
        scene = capture_scene(drawing, small, seen)
    with one_thread():
        found = explanation_of(open_bare_face(scene, small, seen), start)
        return descend(found, start, steps=steps, tick=tick or (lambda: None))


def descend(found: Explanation, start: Look, *, steps: int, tick: Callable[[], None]) -> Refined:
    """Returns the best look on the way down, if it explains more than its bare face alone does."""
    look, ground = found.look(), found.bare.unknowns()
    before = settle(found, look, ground)
    if not found.spread.any():
        return Refined(start, before, before)
    best, below = lowest(found, look.clone(), ground, steps=steps, tick=tick)
    # Both looks get the best bare face that can be found for them: what `best` gains is its own.
    before = min(before, settle(found, look, copied(below)))
    after = settle(found, best, below)
    if after >= before:
        return Refined(start, before, before)
    moved = torch.where(found.spread > 0.0, found.vector(best), found.start)
    return Refined(from_vector(moved.numpy()), before, after)


def settle(found: Explanation, look: Tensor, ground: Ground) -> float:
    """Moves the bare face until it fits best under a look that stays; returns the error."""
    for unknown in ground.values():
        unknown.requires_grad_()
    optimizer = torch.optim.LBFGS(
        [*ground.values()],
        max_iter=SETTLED,
        max_eval=SETTLED,
        tolerance_change=ENOUGH,
        line_search_fn="strong_wolfe",
    )
    least = float("inf")

    def closure() -> float:
        nonlocal least
        optimizer.zero_grad()
        cost = found.cost(look, ground)
        cost.backward()  # type: ignore[no-untyped-call]
        least = min(least, cost.item())
        return cost.item()

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return float(UNIT * least**0.5)


def lowest(
    found: Explanation, look: Tensor, ground: Ground, *, steps: int, tick: Callable[[], None]
) -> tuple[Tensor, Ground]:
    """Moves look and bare face; returns both where the error was lowest on the way."""
    look.requires_grad_()
    optimizer = torch.optim.Adam([look, *ground.values()], lr=RATE)
    best, below, least = look.detach().clone(), copied(ground), float("inf")
    for step in range(steps + 1):
        with torch.set_grad_enabled(step < steps):
            cost = found.cost(look, ground)
        if cost.item() < least:
            best, below, least = look.detach().clone(), copied(ground), cost.item()
        if step == steps:
            break
        optimizer.zero_grad()
        cost.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        with torch.no_grad():
            look.clamp_(found.low, found.high)
        tick()
    return best, below


def copied(ground: Ground) -> Ground:
    return {name: unknown.detach().clone() for name, unknown in ground.items()}


def shrunk(rgb: Bytes, face: Face) -> tuple[Bytes, Face]:
    """Returns the part of a picture around a face, shrunk to `IOD` if it is larger."""
    if not np.isfinite(face.points).all():
        raise FaceError("the landmarks of the face are not finite; track it again")
    found = close_up(rgb, face.points, margin=MARGIN, largest=IOD)
    return found.rgb, found.placed(face)


@contextmanager
def opened(renderer: Renderer | None) -> Iterator[Renderer]:
    """Yields the renderer, or a new one that is closed at the end."""
    if renderer is not None:
        yield renderer
        return
    with Renderer() as own:
        yield own


@contextmanager
def one_thread() -> Iterator[None]:
    """Runs torch in one thread: the tensors are so small that waiting for others costs more."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)

"""A picture that a host hands to the plan for one face, such as where its hair is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Bytes
from prink.render.box import Box
from prink.render.context import RenderError
from prink.render.plan import Layer, Plan
from prink.render.row import placed

__all__ = ["LayerPicture", "check_layers"]

CHANNELS = {"r8": (), "rgba8": (4,)}


@dataclass(frozen=True, eq=False)
class LayerPicture:
    """One face's picture of a layer that `shaders/plan.json` declares.

    Attributes:
        pixels: `(H, W)` uint8 of an r8 layer, `(H, W, 4)` of an rgba8 one.
        box: the frame's pixels on which the passes that need it may draw; None if those are the
            face's own.
        reads: the frame's pixels that they read, or None. Both boxes lie in the frame and have
            even bounds, or end where it ends.
        numbers: what the face's row says of it, by the names of `prink.render.row`.
    """

    pixels: Bytes
    box: Box | None = None
    reads: Box | None = None
    numbers: Mapping[str, ArrayLike] = field(default_factory=dict)


def check_layers(layers: object, *, faces: int, width: int, height: int, plan: Plan) -> None:
    """Raises a `TypeError` or `RenderError` that says what is wrong with layers handed over."""
    wanted = "expected a dict of LayerPicture by name for each face"
    if not isinstance(layers, Sequence):
        raise TypeError(f"layers is a {type(layers).__name__}; {wanted}")
    if len(layers) not in (0, faces):
        raise TypeError(f"layers holds {len(layers)} entries for {faces} faces; {wanted}")
    known = {name: layer for name, layer in plan.layers.items() if not layer.always}
    for own in layers:
        if not isinstance(own, Mapping):
            raise TypeError(f"layers holds a {type(own).__name__}; {wanted}")
        for name, picture in own.items():
            if name not in known:
                raise RenderError(f"the plan has no layer {name!r} to hand over; known: {[*known]}")
            if not isinstance(picture, LayerPicture):
                raise TypeError(f"layer {name} is a {type(picture).__name__}; {wanted}")
            check_pixels(name, picture.pixels, known[name])
            for box in (picture.box, picture.reads):
                if box is not None:
                    check_box(name, box, width=width, height=height)
            check_numbers(name, picture.numbers)


def check_pixels(name: str, pixels: Bytes, layer: Layer) -> None:
    kind, shape = getattr(pixels, "dtype", type(pixels).__name__), getattr(pixels, "shape", ())
    fits = len(shape) > 1 and shape[2:] == CHANNELS[layer.format] and kind == np.uint8
    if not fits or 0 in shape or max(shape) > (layer.largest or max(shape)):
        size = f" and at most {layer.largest} pixels a side" if layer.largest else ""
        raise RenderError(f"layer {name} is {layer.format}, uint8{size}; got {kind} {shape}")


def check_box(name: str, box: Box, *, width: int, height: int) -> None:
    x0, y0, x1, y1 = box
    within = 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height
    odd = x0 % 2 or y0 % 2 or (x1 % 2 and x1 != width) or (y1 % 2 and y1 != height)
    if not within or odd:
        raise RenderError(
            f"layer {name} has the box {box}; expected x0, y0, x1, y1 in a frame of "
            f"{width} x {height} pixels, even or at its end"
        )


def check_numbers(name: str, numbers: Mapping[str, ArrayLike]) -> None:
    known = {each.numbers.name for each in placed()}
    for number in numbers.keys() - known:
        raise RenderError(f"layer {name} tells {number!r}, which a face's row does not have")

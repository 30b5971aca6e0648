"""A picture that a host hands to the plan for one face, such as where its hair is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Bytes
from prink.render.box import Box
from prink.render.context import RenderError
from prink.render.plan import Layer, Plan

__all__ = ["LayerPicture", "check_layers"]

CHANNELS = {"r8": (), "rgba8": (4,)}


@dataclass(frozen=True, eq=False)
class LayerPicture:
    """One face's picture of a layer that `shaders/plan.json` declares.

    Attributes:
        pixels: `(H, W)` uint8 of an r8 layer, `(H, W, 4)` of an rgba8 one.
        box: the frame's pixels on which the passes that need it may draw.
        reads: the frame's pixels that they read.
        numbers: what the face's row says of it, by the names of `prink.render.row`.
    """

    pixels: Bytes
    box: Box
    reads: Box
    numbers: Mapping[str, ArrayLike] = field(default_factory=dict)


def check_layers(layers: Sequence[Mapping[str, LayerPicture]], *, faces: int, plan: Plan) -> None:
    """Raises a `TypeError` or `RenderError` that says what is wrong with layers handed over."""
    if len(layers) not in (0, faces):
        raise TypeError(f"layers holds {len(layers)} entries for {faces} faces; expected one each")
    known = {name: layer for name, layer in plan.layers.items() if not layer.always}
    for own in layers:
        for name, picture in own.items():
            if name not in known:
                raise RenderError(f"the plan has no layer {name!r} to hand over; known: {[*known]}")
            check_pixels(name, picture.pixels, known[name])


def check_pixels(name: str, pixels: Bytes, layer: Layer) -> None:
    shape = pixels.shape
    fits = shape[2:] == CHANNELS[layer.format] and pixels.dtype == np.uint8 and pixels.ndim > 1
    if not fits or 0 in shape or max(shape) > (layer.largest or max(shape)):
        size = f" and at most {layer.largest} pixels a side" if layer.largest else ""
        raise RenderError(
            f"layer {name} is {layer.format}, uint8{size}; got {pixels.dtype} {shape}"
        )

"""A photo and a face as the passes see them: everything that does not depend on the look."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from prink.face import Face
from prink.render.assets import read_mesh
from prink.render.context import RenderError
from prink.render.coordinates import PatchCoordinates, rasterise_coordinates
from prink.render.face_row import drawable
from prink.render.reference.color import to_linear
from prink.render.reference.glsl import picture_at
from prink.render.reference.probe import measure_probe
from prink.render.reference.square import measure_square
from prink.render.renderer import Renderer

__all__ = ["Patch", "Scene", "capture_scene", "with_frame"]


@dataclass(frozen=True)
class Patch:
    """The pixels that one pass draws last.

    Attributes:
        pixels: `(N,)`, counted row by row.
        place: where they lie in the square around the face, `(N, 2)` in 0..1.
        varyings: interpolated inputs of the fragment shader by name, `(N, k)`.
        texels: what its reads of the lookup pictures gave, in call order, `(reads, N, 4)`.
        right: whether they belong to the person's right eye, `(N, 1)`; only the eyes use it.
        c: the camera pixel in linear light, `(N, 3)`.
        near: the small square there, linear.
        wide: the blurred square there, linear, and 0 at strong edges, `(N, 4)`.
    """

    pixels: Tensor
    place: Tensor
    varyings: dict[str, Tensor]
    texels: Tensor
    right: Tensor
    c: Tensor
    near: Tensor
    wide: Tensor


@dataclass(frozen=True)
class Scene:
    """A frame `(H, W, 3)` in sRGB 0..1, its face's row `(512, 4)`, the probe `(regions, 4)` and the patches."""

    frame: Tensor
    row: Tensor
    probe: Tensor
    patches: dict[str, Patch]


def capture_scene(renderer: Renderer, rgb: NDArray[np.uint8], face: Face) -> Scene:
    """Returns the scene of a photo `(H, W, 3)` uint8: geometry from the GPU, measurements in torch.

    Raises:
        RenderError: if the face lies outside the frame or its landmarks are wild.
    """
    height, width = rgb.shape[:2]
    drawn = drawable(face, mesh=read_mesh(), width=width, height=height)
    if drawn is None:
        raise RenderError(f"face {face.id} has no drawable mesh in a {width} x {height} frame")
    row = torch.from_numpy(drawn.row)
    found = rasterise_coordinates(renderer, face, width=width, height=height)
    empty = torch.zeros(0)
    patches = {name: bare_patch(patch, row, width) for name, patch in found.items()}
    bare = Scene(frame=empty, row=row, probe=empty, patches=patches)
    return with_frame(bare, torch.from_numpy(np.array(rgb)).float() / 255.0)


def bare_patch(found: PatchCoordinates, row: Tensor, width: int) -> Patch:
    """Returns a patch without colours; see `inBox()` in `shaders/lib/skin.glsl`."""
    pixels = torch.from_numpy(found.pixels)
    at = torch.stack([pixels % width, pixels // width], -1) + 0.5
    empty = torch.zeros(0)
    return Patch(
        pixels=pixels,
        place=(at - row[480, :2]) / row[480, 2] * 0.5 + 0.5,
        varyings={name: torch.from_numpy(values) for name, values in found.varyings.items()},
        texels=torch.from_numpy(found.texels),
        right=torch.from_numpy(found.side < 0.0)[:, None],
        c=empty,
        near=empty,
        wide=empty,
    )


def with_frame(scene: Scene, frame: Tensor) -> Scene:
    """Returns the scene with another frame of the same face, measured anew and differentiable in it.

    Args:
        scene: what `capture_scene` gave.
        frame: sRGB in 0..1, `(H, W, 3)`, of the size that the scene was captured with.
    """
    near, wide = measure_square(frame, scene.row)
    flat = frame.reshape(-1, 3)
    patches = {}
    for name, patch in scene.patches.items():
        around = picture_at(wide, patch.place)
        patches[name] = replace(
            patch,
            c=to_linear(flat[patch.pixels]),
            near=to_linear(picture_at(near, patch.place)),
            wide=torch.cat([to_linear(around[:, :3]), around[:, 3:]], -1),
        )
    probe = measure_probe(frame, scene.row)
    return replace(scene, frame=frame, probe=probe, patches=patches)

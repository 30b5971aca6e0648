"""A photo and a face as the passes see them: everything that does not depend on the look."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from prink.arrays import Bytes
from prink.face import Face
from prink.render.coordinates import PatchCoordinates, rasterise_coordinates
from prink.render.glsl.built_in import picture_at
from prink.render.glsl.color import to_linear
from prink.render.glsl.probe import measure_probe
from prink.render.reference.square import measure_square
from prink.render.renderer import Renderer
from prink.render.row import named
from prink.render.shader_reads import one_read

__all__ = ["Patch", "Scene", "capture_scene", "with_frame"]

SQUARES = ("main.near", "main.wide")  # a patch has them in linear light
PARSED = "main.parts"  # the twins draw what landmarks alone decide


@dataclass(frozen=True)
class Patch:
    """The pixels that one pass draws last.

    Attributes:
        pixels: `(N,)`, counted row by row.
        place: where they lie in the square around the face, `(N, 2)` in 0..1.
        varyings: interpolated inputs of the fragment shader by name, `(N, k)`.
        reads: what it reads from the lookup pictures by name, such as `highlight.glitter`,
            `(N, k)`; `prink.render.shader_reads` says how they are named.
        right: whether they belong to the person's right eye, `(N, 1)`; only the eyes use it.
        c: the camera pixel in linear light, `(N, 3)`.
        near: the small square there, linear.
        wide: the blurred square there, linear, and 0 at strong edges, `(N, 4)`.
    """

    pixels: Tensor
    place: Tensor
    varyings: dict[str, Tensor]
    reads: dict[str, Tensor]
    right: Tensor
    c: Tensor
    near: Tensor
    wide: Tensor

    def read(self, name: str) -> Tensor:
        """Returns a read by name, `(N, k)`.

        Raises:
            RenderError: if the pass has none of that name.
        """
        return one_read(self.reads, name)

    def only(self, kept: Tensor) -> "Patch":
        """Returns some of the pixels, chosen by number `(K,)` or by a mask `(N,)`."""
        return Patch(
            pixels=self.pixels[kept],
            place=self.place[kept],
            varyings={name: values[kept] for name, values in self.varyings.items()},
            reads={name: values[kept] for name, values in self.reads.items()},
            right=self.right[kept],
            c=self.c[kept],
            near=self.near[kept],
            wide=self.wide[kept],
        )


@dataclass(frozen=True)
class Scene:
    """One face in one frame.

    The frame `(H, W, 3)` in sRGB 0..1, the face's row `(512, 4)` of the points texture, the probe
    `(regions, 4)` and the patches by pass name, in drawing order.
    """

    frame: Tensor
    row: Tensor
    probe: Tensor
    patches: dict[str, Patch]


def capture_scene(renderer: Renderer, rgb: Bytes, face: Face) -> Scene:
    """Returns the scene of a photo `(H, W, 3)` uint8 as the GPU sees it.

    Raises:
        RenderError: if the face lies outside the frame or its landmarks are wild.
    """
    found = rasterise_coordinates(renderer, rgb, face)
    frame, row = torch.from_numpy(np.array(rgb)).float() / 255.0, torch.from_numpy(found.row)
    patches = {name: captured(patch, frame, row) for name, patch in found.patches.items()}
    return Scene(frame=frame, row=row, probe=torch.from_numpy(found.probe), patches=patches)


def captured(found: PatchCoordinates, frame: Tensor, row: Tensor) -> Patch:
    pixels, width = torch.from_numpy(found.pixels), frame.shape[1]
    at = torch.stack([pixels % width, pixels // width], -1) + 0.5
    reads = {name: torch.from_numpy(values) for name, values in found.reads.items()}
    near, wide = (one_read(reads, name) for name in SQUARES)
    return Patch(
        pixels=pixels,
        # inBox() of shaders/lib/skin.glsl
        place=(at - row[named("centre")]) / row[named("half")] * 0.5 + 0.5,
        varyings={name: torch.from_numpy(values) for name, values in found.varyings.items()},
        reads={name: read for name, read in reads.items() if name not in (*SQUARES, PARSED)},
        right=torch.from_numpy(found.side < 0.0)[:, None],
        c=to_linear(frame.reshape(-1, 3)[pixels]),
        near=to_linear(near[:, :3]),
        wide=linear_color(wide),
    )


def linear_color(wide: Tensor) -> Tensor:
    return torch.cat([to_linear(wide[:, :3]), wide[:, 3:]], -1)


def with_frame(scene: Scene, frame: Tensor) -> Scene:
    """Returns the scene with another frame of the same face, measured in torch, differentiably.

    The small squares then differ from the GPU's by a byte's step here and there, which the edge of
    the lips magnifies.

    Args:
        scene: what `capture_scene` gave.
        frame: sRGB in 0..1, `(H, W, 3)`, of the captured frame's size.
    """
    near, wide = measure_square(frame, scene.row)
    flat = frame.reshape(-1, 3)
    patches = {
        name: replace(
            patch,
            c=to_linear(flat.index_select(0, patch.pixels)),
            near=to_linear(picture_at(near, patch.place)),
            wide=linear_color(picture_at(wide, patch.place)),
        )
        for name, patch in scene.patches.items()
    }
    return replace(scene, frame=frame, probe=measure_probe(frame, scene.row), patches=patches)

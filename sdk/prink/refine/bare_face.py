"""The unknown face below the makeup: smooth colour fields over lips, lids and skin with a prior.

Each field is the sum of functions that `prink.reading.bare` fitted on portraits without makeup,
in logs of luminance and chroma; its coefficients are counted in standard deviations over people.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import Tensor

from prink.arrays import Bytes, Doubles, Flags
from prink.face import Face
from prink.reading.bare import EYES, LIPS, SKIN, Bare
from prink.reading.eyes_seen import eye_basis
from prink.reading.grid import open_picture
from prink.reading.light import LUMA, measure_scene
from prink.reading.lips import lip_basis
from prink.reading.skin import skin_basis
from prink.render.assets import read_mesh
from prink.render.glsl.color import luma
from prink.render.reference.scene import Patch, Scene
from prink.render.samples import read_samples

__all__ = ["BareFace", "Field", "open_bare_face"]

PIXELS: Final = {"lips": 300, "eyes": 450, "skin": 350}  # at most, of each pass
TONES: Final = [0, 3, 4]  # channels of LIPS that are colours: the others are spreads
SIDES: Final = 0.5  # how much less one eye differs from the other than people do
DETAIL: Final = 0.25  # spread of the factor on the fine luminance of the lips
SPOTS: Final = {"lips": ("LIPS",), "skin": ("SKIN", "RIGHT_CHEEK", "LEFT_CHEEK")}


@dataclass(frozen=True)
class Field:
    """The bare colours of one pass.

    Attributes:
        patch: the pixels that are compared; N of them.
        basis: functions of the place, `(N, Q)`.
        mean, sd: of the coefficients `(Q, 3)` over people.
        detail: log luminance that the functions cannot follow, taken from the photo, `(N, 1)`.
        core: which pixels tell the mean colour of the part that the shaders measure, `(N,)`.
    """

    patch: Patch
    basis: Tensor
    mean: Tensor
    sd: Tensor
    detail: Tensor
    core: Tensor


@dataclass(frozen=True)
class BareFace:
    """A scene with the makeup's ground unknown: fields by pass, and what logs are relative to."""

    scene: Scene
    fields: dict[str, Field]
    y: float

    def unknowns(self) -> dict[str, Tensor]:
        """Returns the unknowns at their most probable: all zero, in standard deviations.

        By pass the coefficients `(Q, 3)`; with eyes, `sides`, by which they differ, `(Q, 3)`; and
        `detail` `(1,)`, the log of the factor on the fine luminance.
        """
        sizes = {name: tuple(field.sd.shape) for name, field in self.fields.items()}
        found = {name: torch.zeros(size) for name, size in sizes.items()}
        if "eyes" in found:
            found["sides"] = torch.zeros(sizes["eyes"])
        return found | {"detail": torch.zeros(1)}

    def under(self, unknowns: dict[str, Tensor]) -> Scene:
        """Returns the scene of the face without makeup that the unknowns describe.

        Their shapes are those that `unknowns` gives: `(Q, 3)` and `(1,)`.
        """
        patches, probe = {}, self.scene.probe.clone()
        at = read_samples().regions
        for name, field in self.fields.items():
            bare = self.colors(name, unknowns)
            smooth = torch.cat([bare, torch.ones_like(bare[:, :1])], -1)
            patches[name] = replace(field.patch, c=bare, near=bare, wide=smooth)
            for spot, core in spots(name, field):
                ratio = bare[core].mean(0) / field.patch.c[core].mean(0).clamp(min=0.002)
                mean = self.scene.probe[at[spot], :3] * ratio
                probe = probe.index_copy(
                    0, torch.tensor([at[spot]]), torch.cat([mean, luma(mean)])[None]
                )
        return replace(self.scene, probe=probe, patches=patches)

    def colors(self, name: str, unknowns: dict[str, Tensor]) -> Tensor:
        """Returns the bare linear colours `(N, 3)` of the pixels of a pass."""
        field = self.fields[name]
        logs = field.basis @ (field.mean + field.sd * unknowns[name])
        if name == "eyes":
            apart = field.basis @ (SIDES * field.sd * unknowns["sides"])
            logs = logs + torch.where(field.patch.right, apart, -apart)
        light = logs[:, :1] + (DETAIL * unknowns["detail"]).exp() * field.detail
        red, blue = logs[:, 1:2].exp(), logs[:, 2:].exp()
        green = light.exp() * (self.y + 0.004) / (LUMA[0] * red + LUMA[1] + LUMA[2] * blue)
        return (torch.cat([red * green, green, blue * green], -1) - 0.004).clamp(1e-4, 1.0)


def spots(name: str, field: Field) -> list[tuple[str, Tensor]]:
    """Returns which probe regions a field changes, and the pixels that stand for them."""
    pairs = [(spot, field.core) for spot in SPOTS.get(name, ())]
    if name == "eyes":
        right = field.patch.right[:, 0]
        pairs = [("RIGHT_LID", field.core & right), ("LEFT_LID", field.core & ~right)]
    return [(spot, core) for spot, core in pairs if core.sum() >= 5]


def open_bare_face(scene: Scene, rgb: Bytes, face: Face) -> BareFace:
    """Returns the unknown bare face of a scene, captured of `face` in `rgb`, `(H, W, 3)`."""
    light = measure_scene(open_picture(rgb, face.points), face)
    logs = {name: light.logs(patch.c.double().numpy()) for name, patch in scene.patches.items()}
    chooser = np.random.default_rng(0)  # the same pixels every time
    fields = {}
    for name, (place, model, channels) in REGIONS.items():
        if name not in scene.patches:
            continue
        inside, basis, core = place(scene.patches[name], logs[name])
        if inside.sum() < 30:
            continue
        taken = np.flatnonzero(inside)
        if len(taken) > PIXELS[name]:
            taken = np.sort(chooser.choice(taken, PIXELS[name], replace=False))
        fine = np.zeros((len(taken), 1))
        if name == "lips":
            level = logs[name][taken, 0]
            fit = np.linalg.lstsq(basis[taken], level, rcond=None)[0]
            fine[:, 0] = np.clip(level - basis[taken] @ fit, -1.0, 1.0)
        mean, sd = model.expect(light.tone)[:, channels], model.sd[:, channels]
        fields[name] = Field(
            patch=scene.patches[name].only(torch.from_numpy(taken)),
            basis=torch.from_numpy(basis[taken]).float(),
            mean=torch.from_numpy(mean).float(),
            sd=torch.from_numpy(sd).float(),
            detail=torch.from_numpy(fine).float(),
            core=torch.from_numpy(core[taken]),
        )
    return BareFace(scene, fields, light.y)


def varying(patch: Patch, name: str) -> Doubles:
    return np.asarray(patch.varyings[name].double().numpy())


def lips_place(patch: Patch, logs: Doubles) -> tuple[Flags, Doubles, Flags]:
    """Returns which pixels are clearly lips, the basis there, and the middle of the lips."""
    region, inside = varying(patch, "v_region"), varying(patch, "v_inside")
    along, upper, across = region[:, 0], np.sign(region[:, 1]), region[:, 2]
    where = np.stack([inside[:, 0], inside[:, 1], across, along, upper], 1)
    kept = (np.abs(along - 0.5) < 0.4) & (inside[:, 0] > 0.012)
    kept &= (across > 0.0) & (across < 1.0) & (inside[:, 1] > 0.004)
    return kept, lip_basis(where), kept & (across > 0.15) & (across < 0.85)


def eyes_place(patch: Patch, logs: Doubles) -> tuple[Flags, Doubles, Flags]:
    """Returns which pixels lie between lashes and brow, the basis there, and the moving lid."""
    along, upper, ring, off = varying(patch, "v_region").T
    kept = (along > 0.04) & (along < 0.98) & (off > 0.003) & (np.abs(upper) > 0.5)
    kept &= np.where(upper > 0, ring < 2.8, ring < 1.2)
    return kept, eye_basis(along, upper, ring, off), kept & (upper > 0) & (ring < 1.7)


def skin_place(patch: Patch, logs: Doubles) -> tuple[Flags, Doubles, Flags]:
    """Returns which pixels are skin that foundation would cover, and the basis there."""
    face = varying(patch, "v_face")
    mesh = read_mesh()
    first, count = mesh.patches["skin"]
    vertices = mesh.vertices[np.unique(mesh.triangles[first : first + count])]
    vertices = vertices[vertices["weight"][:, 0] == 1.0]  # without the lengthened forehead
    flat = vertices["face"][:, :2].astype(np.float64)
    mask = patch.read("skinLook.mask")[:, 0].double().numpy()
    kept = (mask > 0.55) & (face[:, 2] > 0.3)
    kept &= (logs[:, 0] > np.log(0.25)) & (
        np.abs(logs[:, 1:] - np.median(logs[kept, 1:], 0)) < 0.6
    ).all(1)
    normal = np.zeros((len(face), 2))
    near = ((face[kept, None, :2] - flat) ** 2).sum(-1).argmin(1)
    normal[kept] = vertices["region"][near, :2]
    return kept, skin_basis(face[:, 0] - 0.5, face[:, 1], normal), kept


Place = Callable[[Patch, Doubles], tuple[Flags, Doubles, Flags]]
REGIONS: Final[dict[str, tuple[Place, Bare, list[int]]]] = {
    "skin": (skin_place, SKIN, [0, 1, 2]),
    "eyes": (eyes_place, EYES, [0, 1, 2]),
    "lips": (lips_place, LIPS, TONES),
}

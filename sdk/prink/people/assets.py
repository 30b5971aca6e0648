"""What heads are made of, read once from the folder of MakeHuman's assets."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Flags, Floats
from prink.people.body import Body
from prink.people.fitted import Fitted, read_fitted
from prink.people.regions import HEAD, REGIONS, head_places, region_texture
from prink.people.strands import loose_strands, painted_strands
from prink.people.texture import plain_texture, scalp_of, skin_texture, strand_texture
from prink.people.worn.beard_texture import BEARDS, beard_texture
from prink.people.worn.hand import Hand, read_hand
from prink.people.worn.patterns import pattern

__all__ = ["HELD_OUT", "LOOSE", "Assets", "described", "styles"]


STYLES: Final = (
    *("short01", "short02", "short03", "short04", "bob02", "braid01"),
    *("afro01", "long01", "ponytail01"),  # without textures: `strands` paints them
)
CURLY: Final = ("afro01",)
HELD_OUT: Final = ("bob02", "ponytail01")  # never trained on
LOOSE: Final = "#loose"  # behind a hair texture's name: only single strands of it
SHOWN: Final = 2.0  # decimetres: what of the body at rest is lower never gets into a crop


def styles(*, held_out: bool) -> tuple[str, ...]:
    """Returns the hair styles kept for tests, or the others."""
    return tuple(style for style in STYLES if (style in HELD_OUT) == held_out)


def described(style: str) -> str:
    """Returns the path of the file that describes a hair style, under the assets' folder."""
    return f"base/hair/{style}/{style}.mhclo"


@dataclass(frozen=True)
class Assets:
    """Meshes and textures under `folder`, see its README."""

    folder: Path

    @cached_property
    def body(self) -> Body:
        """The base mesh and its targets."""
        return Body(self.folder / "data")

    @cached_property
    def eyes(self) -> Fitted:
        """Both eyeballs."""
        return read_fitted(self.folder / "data/eyes/high-poly/high-poly.mhclo")

    @cached_property
    def hair(self) -> dict[str, Fitted]:
        """Hair by style."""
        return {name: read_fitted(self.folder / described(name)) for name in STYLES}

    @cached_property
    def brows(self) -> list[Fitted]:
        """Eyebrows with textures."""
        return self.textured("base/eyebrows/*/*.mhclo")

    @cached_property
    def lashes(self) -> list[Fitted]:
        """Eyelashes with textures."""
        return self.textured("base/eyelashes/*/*.mhclo")

    @cached_property
    def clothes(self) -> list[Fitted]:
        """Outfits with textures."""
        return self.textured("base/clothes/*suit*/*.mhclo")

    def textured(self, pattern: str) -> list[Fitted]:
        """Returns the fitted meshes of these files that have a texture."""
        read = [read_fitted(path) for path in sorted(self.folder.glob(pattern))]
        return [each for each in read if each.texture]

    @cached_property
    def skins(self) -> list[Path]:
        """Skin textures."""
        return sorted((self.folder / "base/skins/textures").glob("*_diffuse*.jpg"))

    @cached_property
    def irises(self) -> list[Path]:
        """Eye textures."""
        folders = (self.folder / "base/eyes/materials", self.folder / "data/eyes/materials")
        return sorted(path for folder in folders for path in folder.glob("*_eye.png"))

    @cached_property
    def shown(self) -> Flags:
        """(T,) which triangles of the base mesh are skin that a crop may show."""
        mesh = self.body.mesh
        high = mesh.points[mesh.triangles, 1].min(axis=1) > SHOWN
        return np.asarray((mesh.groups == "body") & high)

    @cached_property
    def face_points(self) -> NDArray[np.int64]:
        """(N,) numbers of the body's points in the face area."""
        import cv2

        mask = cv2.imread(str(self.face_mask), cv2.IMREAD_GRAYSCALE)
        mesh = self.body.mesh
        place = (mesh.uv * [mask.shape[1], -mask.shape[0]] + [0, mask.shape[0]]).astype(int)
        inside = mask[place[:, 1].clip(0, len(mask) - 1), place[:, 0].clip(0, mask.shape[1] - 1)]
        chosen = inside[mesh.uv_triangles[self.shown]] > 127
        return np.asarray(np.unique(mesh.triangles[self.shown][chosen]))

    @cached_property
    def jaw(self) -> Flags:
        """(T,) which triangles of the base mesh beards may grow on."""
        mesh = self.body.mesh
        uv = mesh.uv[mesh.uv_triangles].mean(axis=1)
        middle = mesh.points[mesh.triangles].mean(axis=1) - mesh.points[self.eye_points].mean(
            axis=0
        )
        head = (uv[:, 0] > HEAD[0]) & (uv[:, 1] > HEAD[2]) & (uv[:, 1] < HEAD[3])
        return np.asarray(self.shown & head & (middle[:, 1] < 0) & (middle[:, 2] > -0.95))

    @cached_property
    def eye_points(self) -> NDArray[np.int64]:
        """(N,) numbers of the points around both eyes."""
        mesh = self.body.mesh
        around = np.isin(mesh.groups, ["helper-l-eye", "helper-r-eye"])
        return np.asarray(np.unique(mesh.triangles[around]))

    @property
    def face_mask(self) -> Path:
        """The face area in the skins."""
        return self.folder / "masks/mask_face.jpg"

    def texture(self, name: str) -> Bytes:
        """Returns the (H, W, 4) texture of a path under the folder as the shader wants it."""
        if name.endswith(LOOSE):
            whole = self.texture(name.removesuffix(LOOSE))
            return loose_strands(whole, curly=any(style in name for style in CURLY))
        if name.startswith("#"):
            return self.made(name)
        path = self.folder / name
        if path in self.skins:
            return skin_texture(path, self.scalp, self.face_mask)
        if path.suffix == ".mhclo":
            return painted_strands(self.hair[path.stem].mesh, curly=path.stem in CURLY)
        if "hair" in path.parts:
            return strand_texture(path)
        return plain_texture(path)

    def made(self, name: str) -> Bytes:
        """Returns the texture (H, W, 4) of a name that is no path: what is made here."""
        if name == REGIONS:
            return region_texture(self.places, self.folder / "masks/mask_lips.jpg")
        if name.startswith(BEARDS):
            return beard_texture(self.places, self.folder / "masks/mask_lips.jpg", name)
        return pattern(name)

    @cached_property
    def places(self) -> Floats:
        """(512, 512, 3) the place at rest of each texel of the head, see `head_places`."""
        return head_places(self.body.mesh, self.shown)

    @cached_property
    def teeth(self) -> list[Fitted]:
        """Sets of teeth."""
        return [read_fitted(path) for path in sorted(self.folder.glob("base/teeth/*/*.mhclo"))]

    @cached_property
    def tongue(self) -> Fitted:
        """The tongue."""
        return read_fitted(self.folder / "base/tongue/tongue01/tongue01.mhclo")

    @cached_property
    def hat(self) -> Fitted:
        """A hat with a brim."""
        return read_fitted(self.folder / "base/clothes/fedora01/fedora.mhclo")

    @cached_property
    def hand(self) -> Hand:
        """The left hand with its arm."""
        return read_hand(self.body.mesh, self.folder / "data/rigs")

    @cached_property
    def scalp(self) -> Floats:
        """(S, S) where hair grows in the skins, 0..1."""
        return scalp_of([path for path in self.skins if "dark" in path.name], self.face_mask)

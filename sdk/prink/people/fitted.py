"""Hair, clothes, eyes and brows that follow the body, as MakeHuman's mhclo files say."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Floats
from prink.people.body import Mesh, read_mesh

__all__ = ["Fitted", "read_fitted"]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A mesh each of whose points hangs on three points of the body.

    `anchors` (V, 3) are numbers of body points, weighted by `weights` (V, 3); `offsets` (V, 3) are
    scaled by how far apart, along each axis, two body points are, in units of `spans`:
    (one, other, length at rest). `hidden` are numbers of body points that are covered.
    """

    mesh: Mesh
    anchors: NDArray[np.int64]
    weights: Floats
    offsets: Floats
    spans: tuple[tuple[int, int, float], ...]
    hidden: NDArray[np.int64]
    texture: Path | None

    def points(self, body: Floats) -> Floats:
        """Returns the points (V, 3) on a shaped body."""
        scale = np.array(
            [
                abs(body[one, axis] - body[other, axis]) / rest
                for axis, (one, other, rest) in enumerate(self.spans)
            ],
            np.float32,
        )
        on_body = np.einsum("vkc,vk->vc", body[self.anchors], self.weights)
        return np.asarray(on_body + self.offsets * scale, np.float32)


def read_fitted(path: Path) -> Fitted:
    """Returns what an mhclo file describes.

    Raises:
        ValueError: The file does not have a line for each point of its mesh.
    """
    lines = [line.split() for line in path.read_text(errors="replace").splitlines()]
    lines = [words for words in lines if words and not words[0].startswith("#")]
    said = {words[0]: words[1:] for words in lines if len(words) > 1}
    mesh = read_mesh(path.parent / said["obj_file"][0])
    start = lines.index(next(words for words in lines if words[0] == "verts")) + 1
    rows = [words for words in lines[start:] if words[0].isdigit()][: len(mesh.points)]
    if len(rows) < len(mesh.points) or not all(len(words) in (1, 9) for words in rows):
        raise ValueError(f"expected a line for each of {len(mesh.points)} points ({path})")
    full = [row if len(row) == 9 else [row[0]] * 3 + list("100000") for row in rows]
    numbers = np.array(full, np.float64)
    return Fitted(
        mesh,
        numbers[:, :3].astype(np.int64),
        numbers[:, 3:6].astype(np.float32),
        numbers[:, 6:].astype(np.float32),
        tuple(span(said.get(f"{axis}_scale")) for axis in "xyz"),
        hidden_points(lines),
        texture_of(path, said),
    )


def span(words: list[str] | None) -> tuple[int, int, float]:
    return (int(words[0]), int(words[1]), float(words[2])) if words else (0, 0, 1.0)


def hidden_points(lines: list[list[str]]) -> NDArray[np.int64]:
    """Returns the body points named after `delete_verts`, single ones and ranges `5 - 9`."""
    heads = [words[0] for words in lines]
    if "delete_verts" not in heads:
        return np.zeros(0, np.int64)
    words = [word for line in lines[heads.index("delete_verts") + 1 :] for word in line]
    numbers: list[int] = []
    for word, before in zip(words, ["", *words], strict=False):
        if before == "-":
            numbers += range(numbers[-1] + 1, int(word) + 1)
        elif word.isdigit():
            numbers.append(int(word))
    return np.array(numbers, np.int64)


def texture_of(path: Path, said: dict[str, list[str]]) -> Path | None:
    """Returns the colour texture of the material that an mhclo names, None if it is not there."""
    material = path.parent / " ".join(said.get("material", ["-"]))
    if not material.is_file():
        return None
    for line in material.read_text(errors="replace").splitlines():
        if line.startswith("diffuseTexture"):
            texture = material.parent / line.split(None, 1)[1].strip()
            return texture if texture.is_file() else None
    return None

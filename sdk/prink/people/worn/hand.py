"""A hand with its arm, whose fingers bend about the joints of MakeHuman's rig."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Floats
from prink.people.body import Mesh

__all__ = ["Hand", "bent", "read_hand"]

FINGERS: Final = (1, 2, 3, 4, 5)  # from the thumb on
BONES: Final = tuple(f"finger{finger}-{bone}.L" for finger in FINGERS for bone in (1, 2, 3))
ARM: Final = (
    *("lowerarm01.L", "lowerarm02.L", "wrist.L"),
    *(f"metacarpal{number}.L" for number in (1, 2, 3, 4)),
)
PARTS: Final = (0.8, 1.0, 0.7)  # of a finger's bend that its joints have


@dataclass(frozen=True, eq=False)
class Hand:
    """The left hand: its middle at 0, fingers up (y), palm to the front (z), decimetres.

    `weights` (V, 15) are how much each point follows each of `BONES`, `joints` (15, 3) their
    beginnings, `tips` (5,) numbers of points at the fingers' ends.
    """

    mesh: Mesh
    weights: Floats
    joints: Doubles
    tips: NDArray[np.int64]


def read_hand(body: Mesh, rigs: Path) -> Hand:
    """Returns the hand of the base mesh, by the rig's joints and weights in a folder."""
    rig = json.loads((rigs / "default.mhskel").read_text())
    weights = json.loads((rigs / "default_weights.mhw").read_text())["weights"]
    joints = np.stack([joint(body, rig, bone, "head") for bone in BONES])
    tips = np.stack([joint(body, rig, f"finger{finger}-3.L", "tail") for finger in FINGERS])
    wrist = joint(body, rig, "wrist.L", "head")
    axes = axes_of(joints, wrist)
    middle = joints[BONES.index("finger3-1.L")]
    chosen, mesh = part_of(body, {int(n) for b in (*BONES, *ARM) for n, _ in weights[b]})
    share = np.zeros((len(body.points), len(BONES)), np.float32)
    for column, bone in enumerate(BONES):
        numbers = np.array([n for n, _ in weights[bone]], np.int64)
        share[numbers, column] = [w for _, w in weights[bone]]
    points = np.asarray((mesh.points - middle) @ axes.T, np.float32)
    tips = (tips - middle) @ axes.T
    nearest = np.array([np.square(points - tip).sum(axis=1).argmin() for tip in tips])
    placed = Mesh(points, mesh.uv, mesh.triangles, mesh.uv_triangles, mesh.groups)
    return Hand(placed, share[chosen], (joints - middle) @ axes.T, nearest)


def joint(body: Mesh, rig: dict[str, dict[str, Any]], bone: str, end: str) -> Doubles:
    numbers: list[int] = rig["joints"][rig["bones"][bone][end]]
    return np.asarray(body.points[numbers].mean(axis=0), np.float64)


def axes_of(joints: Doubles, wrist: Doubles) -> Doubles:
    """Returns the hand's axes as rows: across, along the fingers, out of the palm."""
    place = dict(zip(BONES, joints, strict=True))
    along = place["finger3-1.L"] - wrist
    across = place["finger2-1.L"] - place["finger5-1.L"]
    out = np.cross(across, along)
    curl = place["finger3-3.L"] - place["finger3-1.L"]  # fingers at rest bend to the palm
    out *= np.sign(curl @ out) or 1.0
    out /= np.linalg.norm(out)
    along /= np.linalg.norm(along)
    return np.stack([np.cross(along, out), along, out])


def part_of(body: Mesh, numbers: set[int]) -> tuple[NDArray[np.int64], Mesh]:
    """Returns which points of the body a part has, and its mesh with the body's uv."""
    inside = np.zeros(len(body.points), bool)
    inside[sorted(numbers)] = True
    kept = inside[body.triangles].all(axis=1) & (body.groups == "body")
    chosen, triangles = np.unique(body.triangles[kept], return_inverse=True)
    mesh = Mesh(
        body.points[chosen],
        body.uv,
        triangles.reshape(-1, 3),
        body.uv_triangles[kept],
        body.groups[kept],
    )
    return chosen, mesh


def bent(hand: Hand, bends: Sequence[float], spread: float, thumb: float) -> Floats:
    """Returns the points (V, 3) with fingers bent by degrees, (5,), and spread apart by degrees.

    `thumb` turns the thumb towards the palm, in degrees.
    """
    moves = np.tile(np.eye(4), (len(BONES), 1, 1))
    for finger in range(len(FINGERS)):
        before = np.eye(4)
        for bone in range(3):
            number = 3 * finger + bone
            pivot = hand.joints[number]
            turn = about([1.0, 0, 0], bends[finger] * PARTS[bone])
            if finger == 0:
                turn = about([0, 1.0, 0], (thumb if bone == 0 else 0) + bends[0] * 0.4)
            elif bone == 0:
                turn = turn @ about([0, 0, 1.0], spread * (finger - 2))
            move = np.eye(4)
            move[:3, :3], move[:3, 3] = turn, pivot - turn @ pivot
            before = before @ move
            moves[number] = before
    whole = np.einsum("vb,bij->vij", hand.weights, moves)
    whole += (1 - hand.weights.sum(axis=1))[:, None, None] * np.eye(4)
    points = np.column_stack([hand.mesh.points, np.ones(len(hand.mesh.points))])
    return np.asarray(np.einsum("vij,vj->vi", whole, points)[:, :3], np.float32)


def about(axis: Sequence[float], degrees: float) -> Doubles:
    import cv2

    return np.asarray(cv2.Rodrigues(np.array(axis) * np.radians(degrees))[0], float)

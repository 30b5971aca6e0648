"""A small set of assets in the layout of MakeHuman's: ellipsoids for head, bust, eyes and hair."""

import io
import json
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from prink.people.assets import STYLES

__all__ = ["make_assets"]

RINGS, SEGMENTS = 14, 24  # of an ellipsoid; uv triangles of larger ones count as lone cards
HEAD = (0.0, 7.3, 0.4), (0.75, 1.1, 0.95)  # middle and half axes, decimetres
BUST = (0.0, 4.7, 0.0), (1.6, 1.7, 0.8)
EYES = {"helper-l-eye": 0.3, "helper-r-eye": -0.3}
HAND = (4.0, 0.8, 1.5), (0.3, 0.9, 0.2)
LIPS = (slice(490, 530), slice(915, 945))  # rows and columns of the lips in the skins
TEXTURED = ("short01", "bob02")  # the other styles are painted
FACE = (slice(400, 624), slice(780, 960))  # rows and columns of the face area in the skins
CROWN = (slice(170, 890), slice(640, 760))  # where the dark skin has hair painted on


@dataclass(frozen=True)
class Shape:
    """Points (V, 3) and their uv (V, 2), polygons of four of them."""

    points: np.ndarray
    uv: np.ndarray
    quads: list[tuple[int, int, int, int]]


def ellipsoid(middle, half, *, share: float = 1.0) -> Shape:
    """Returns an ellipsoid, or its upper share; in uv the crown lies left, the front in between."""
    down, around = np.meshgrid(
        np.linspace(0, share, RINGS), np.linspace(0, 1, SEGMENTS + 1), indexing="ij"
    )
    polar, turn = (0.02 + 0.96 * down) * np.pi, around * 2 * np.pi
    way = [-np.sin(polar) * np.sin(turn), np.cos(polar), -np.sin(polar) * np.cos(turn)]
    points = np.array(middle) + np.stack(way, -1) * half
    uv = np.stack([0.62 + 0.36 * down, 0.15 + 0.7 * around], -1)
    wide = SEGMENTS + 1
    quads = [
        (r * wide + s, (r + 1) * wide + s, (r + 1) * wide + s + 1, r * wide + s + 1)
        for r in range(RINGS - 1)
        for s in range(SEGMENTS)
    ]
    return Shape(points.reshape(-1, 3), uv.reshape(-1, 2), quads)


def obj_of(parts: dict[str, Shape]) -> str:
    """Returns the text of an OBJ file with a group for each shape."""
    points, uv, faces, start = [], [], [], 1
    for name, shape in parts.items():
        points += [f"v {x:.4f} {y:.4f} {z:.4f}" for x, y, z in shape.points.tolist()]
        uv += [f"vt {u:.4f} {v:.4f}" for u, v in shape.uv.tolist()]
        faces.append(f"g {name}")
        faces += ["f " + " ".join(f"{n + start}/{n + start}" for n in quad) for quad in shape.quads]
        start += len(shape.points)
    return "\n".join([*points, *uv, *faces]) + "\n"


def merged(*shapes: Shape) -> Shape:
    """Returns several shapes as one."""
    starts = np.cumsum([0, *(len(shape.points) for shape in shapes)])
    quads = [
        tuple(n + start for n in quad)
        for shape, start in zip(shapes, starts.tolist(), strict=False)
        for quad in shape.quads
    ]
    points, uv = (np.concatenate([getattr(s, name) for s in shapes]) for name in ("points", "uv"))
    return Shape(points, uv, quads)


def write_fitted(
    folder: Path, name: str, shape: Shape, body: np.ndarray, *, texture: np.ndarray | None
) -> None:
    """Writes a mesh that hangs on the nearest points of a body, with a texture or without."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.obj").write_text(obj_of({name: shape}))
    lines = [f"obj_file {name}.obj", f"material {name}.mhmat"]
    for axis, letter in enumerate("xyz"):
        low, high = int(body[:, axis].argmin()), int(body[:, axis].argmax())
        lines.append(f"{letter}_scale {low} {high} {np.ptp(body[:, axis]):.4f}")
    lines.append("verts 0")
    for point in shape.points:
        near = int(np.square(body - point).sum(1).argmin())
        offset = " ".join(f"{each:.5f}" for each in point - body[near])
        lines.append(f"{near} {near} {near} 1 0 0 {offset}")
    (folder / f"{name}.mhclo").write_text("\n".join([*lines, "delete_verts", "0 - 3"]) + "\n")
    if texture is not None:
        Image.fromarray(texture).save(folder / f"{name}_diffuse.png")
        (folder / f"{name}.mhmat").write_text(f"diffuseTexture {name}_diffuse.png\n")


def skin(tone: tuple[int, int, int], rng: np.random.Generator, *, painted: bool) -> np.ndarray:
    """Returns a skin (1024, 1024, 3), with short hair painted on the scalp or not."""
    grain = rng.normal(1, 0.03, (1024, 1024, 1))
    picture = np.array(tone) * grain
    if painted:
        picture[CROWN] *= 0.3
    return np.clip(picture, 0, 255).astype(np.uint8)


def strands(rng: np.random.Generator) -> np.ndarray:
    """Returns a hair texture (64, 64, 4): streaks, half of them holes at the lower edge."""
    streaks = rng.integers(60, 200, (1, 64, 1)).repeat(64, 0).repeat(3, 2)
    alpha = np.full((64, 64, 1), 255)
    alpha[48:, ::2] = 0
    return np.concatenate([streaks, alpha], -1).astype(np.uint8)


def write_targets(path: Path, head: np.ndarray) -> None:
    """Writes an archive of targets that make heads wider, longer or smile."""
    names = {f"macrodetails/caucasian-{sex}-young": 0 for sex in ("female", "male")}
    names |= {"nose/nose-volume-incr": 2, "expression/units/caucasian/mouth-smile": 1}
    with tarfile.open(path, "w:xz") as tar:
        for name, axis in names.items():
            way = np.zeros((len(head), 3))
            way[:, axis] = 0.05 * (head[:, axis] - head[:, axis].mean())
            rows = "\n".join(f"{n} {x:.4f} {y:.4f} {z:.4f}" for n, (x, y, z) in enumerate(way))
            text = f"# {name}\n{rows}\n".encode()
            member = tarfile.TarInfo(f"data/targets/{name}.target")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))


def write_rig(folder: Path, points: np.ndarray) -> None:
    """Writes bones of a hand whose fingers are parts of an ellipsoid, and its points' weights."""
    middle, half = np.array(HAND)
    bones: dict[str, dict[str, str]] = {}
    joints: dict[str, list[int]] = {}
    weights: dict[str, list[tuple[int, float]]] = {}
    hand = np.flatnonzero((np.abs(points - middle) <= half + 0.01).all(1))
    for name, x, y in rig_places():
        near = points[hand] - (middle + half * [x, y, 0])
        weights[f"{name}.L"] = []
        bones[f"{name}.L"] = {"head": f"{name}.head", "tail": f"{name}.tail"}
        for end, down in (("head", 0.0), ("tail", 0.25)):
            order = np.square(near + np.array([0, down * half[1], 0])).sum(1).argsort()[:2]
            joints[f"{name}.{end}"] = hand[order].tolist()
    places = np.array([[x, y] for _, x, y in rig_places()])
    for number in hand.tolist():
        away = (points[number] - middle)[:2] / half[:2] - places
        name = rig_places()[int(np.square(away).sum(1).argmin())][0]
        weights[f"{name}.L"].append((number, 1.0))
    (folder / "default.mhskel").write_text(json.dumps({"bones": bones, "joints": joints}))
    (folder / "default_weights.mhw").write_text(json.dumps({"weights": weights}))


def rig_places() -> list[tuple[str, float, float]]:
    """Returns names of bones, and where they begin across and along the hand, -1..1."""
    arm = [("lowerarm01", 0.0, 0.95), ("lowerarm02", 0.0, 0.8), ("wrist", 0.0, 0.6)]
    palm = [(f"metacarpal{n}", 0.5 - 0.2 * n, 0.3) for n in (1, 2, 3, 4)]
    fingers = [
        (f"finger{f}-{bone}", 0.9 - 0.3 * f, -0.1 - 0.25 * bone)
        for f in (1, 2, 3, 4, 5)
        for bone in (1, 2, 3)
    ]
    return arm + palm + fingers


def make_assets(folder: Path) -> Path:
    """Writes all that `prink.people.assets.Assets` reads, and returns the folder."""
    rng = np.random.default_rng(0)
    head, bust = ellipsoid(*HEAD), ellipsoid(*BUST)
    bust = replace(bust, uv=bust.uv - (0.6, 0.0))  # a part of the skins without hair and face
    eyes = {name: ellipsoid((x, 7.3, 1.2), (0.12,) * 3) for name, x in EYES.items()}
    hand = ellipsoid(*HAND)
    hand = replace(hand, uv=hand.uv - (0.6, 0.0))
    body = np.concatenate([each.points for each in (head, bust, hand, *eyes.values())])
    for name in ("data/3dobjs", "data/rigs", "masks", "base/skins/textures", "base/eyes/materials"):
        (folder / name).mkdir(parents=True)
    base = obj_of({"body": merged(head, bust, hand), **eyes})
    (folder / "data/3dobjs/base.obj").write_text(base)
    write_targets(folder / "data/targets.tar.xz", head.points)
    write_rig(folder / "data/rigs", body)
    mouth = ellipsoid((0.0, 6.9, 1.0), (0.2, 0.05, 0.1))
    pink = np.full((16, 16, 3), (150, 60, 60), np.uint8)
    for kind in ("teeth", "tongue"):
        where = folder / "base" / kind / f"{kind}01"
        write_fitted(where, f"{kind}01", mouth, body, texture=pink)
    (folder / "base/teeth/materials").mkdir()
    Image.fromarray(pink + 80).save(folder / "base/teeth/materials/teeth.png")
    crown = ellipsoid(HEAD[0], np.array(HEAD[1]) * 1.2, share=0.4)
    write_fitted(folder / "base/clothes/fedora01", "fedora", crown, body, texture=None)
    both = merged(*eyes.values())
    write_fitted(folder / "data/eyes/high-poly", "high-poly", both, body, texture=None)
    iris = np.full((32, 32, 3), (90, 60, 40), np.uint8)
    Image.fromarray(iris).save(folder / "base/eyes/materials/brown_eye.png")
    cap = ellipsoid(HEAD[0], np.array(HEAD[1]) * 1.12, share=0.5)
    for style in STYLES:
        texture = strands(rng) if style in TEXTURED else None
        write_fitted(folder / "base/hair" / style, style, cap, body, texture=texture)
    small = ellipsoid((0.0, 7.5, 1.3), (0.5, 0.05, 0.05))
    for kind, name in (("eyebrows", "brow1"), ("eyelashes", "lash1")):
        write_fitted(folder / "base" / kind / name, name, small, body, texture=strands(rng))
    cloth = rng.integers(80, 200, (32, 32, 3)).astype(np.uint8)
    coat = ellipsoid(BUST[0], np.array(BUST[1]) * 1.05)
    write_fitted(folder / "base/clothes/a_suit1", "a_suit1", coat, body, texture=cloth)
    for name, tone in (("light", (220, 180, 160)), ("dark", (110, 75, 55))):
        picture = Image.fromarray(skin(tone, rng, painted=name == "dark"))
        picture.save(folder / f"base/skins/textures/young_{name}skinned_female_diffuse.jpg")
    face = np.zeros((1024, 1024), np.uint8)
    face[FACE] = 255
    Image.fromarray(face).save(folder / "masks/mask_face.jpg")
    lips = np.zeros((1024, 1024), np.uint8)
    lips[LIPS] = 255
    Image.fromarray(lips).save(folder / "masks/mask_lips.jpg")
    return folder

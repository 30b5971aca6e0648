"""Hands, glasses, headwear and things drawn alone, to paste onto other pictures.

`python -m prink.people.occluders`
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from prink.arrays import Bytes, Doubles, Floats
from prink.people.assets import Assets
from prink.people.camera import Pose, View, face_box, posed, turn, view_of
from prink.people.dressed import headwear_for, mouth_layers
from prink.people.heads import CROWN, Head, Layer, base_layers, name_of, pose_parts, shape_weights
from prink.people.light import random_light
from prink.people.scene import Dye, Scene, label_of
from prink.people.worn.glasses import random_glasses
from prink.people.worn.held import CHANCES, TARGETS, THINGS, brought, hand_layer, thing_layers
from prink.portraits import shared_folder
from prink.processes import spread
from prink.whole_file import whole_file

__all__ = ["COUNTS", "Cutout", "main", "occluder_library"]

Rng = np.random.Generator
SIDE: Final = 256  # px
COUNTS: Final = {"hand": 96, "glasses": 60, "sunglasses": 48, "headwear": 112, "thing": 48}
BATCH: Final = 12  # cut-outs that are drawn at once
FIRST: Final = 30  # word of the seeds
TIPS: Final = 5  # points of a cut-out at most
REACH: Final = {"hand": 1.15, "glasses": 0.95, "sunglasses": 0.95, "headwear": 1.4, "thing": 1.1}
Job = tuple[str, str, int]  # assets, kind, number of the batch


@dataclass(frozen=True, eq=False)
class Cutout:
    """A thing drawn alone: `rgba` (S, S, 4) with straight alpha and `classes` (S, S), uint8.

    It was fitted to a head that is not seen: `face` (3,) is the middle of its face and its size,
    in pixels, `angles` (3,) its yaw, pitch and roll in degrees. `points` (5, 2), in pixels and NaN
    where there are none, are the fingers' ends of a hand and the middles of two lenses.
    """

    kind: str
    rgba: Bytes
    classes: Bytes
    face: Floats
    angles: Floats
    points: Floats


def occluder_library(
    makehuman: Path, file: Path, *, workers: int = 0, counts: dict[str, int] | None = None
) -> dict[str, NDArray[Any]]:
    """Returns the stacks of all cut-outs, drawn if the file is not there yet.

    Args:
        makehuman: Folder of assets that they are made of.
        file: Where they are kept, an npz.
        workers: Processes that draw; 0 draws in this one.
        counts: How many of each kind of `COUNTS`; as many are drawn as whole batches take.

    Returns:
        Of N cut-outs: `rgba` (N, S, S, 4), `classes` (N, S, S), `kinds` (N,) names, `faces`
        (N, 3), `angles` (N, 3) and `points` (N, 5, 2), see `Cutout`.
    """
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        drawn = list(drawn_cutouts(makehuman, workers=workers, counts=counts or COUNTS))
        stacks = {
            "rgba": np.stack([each.rgba for each in drawn]),
            "classes": np.stack([each.classes for each in drawn]),
            "kinds": np.array([each.kind for each in drawn]),
            "faces": np.stack([each.face for each in drawn]),
            "angles": np.stack([each.angles for each in drawn]),
            "points": np.stack([each.points for each in drawn]),
        }
        with whole_file(file, error=OSError) as part:
            np.savez_compressed(part, **stacks)
    with np.load(file) as found:
        return {name: found[name] for name in found.files}


def drawn_cutouts(makehuman: Path, *, workers: int, counts: dict[str, int]) -> Iterator[Cutout]:
    """Yields the cut-outs of each kind that show anything."""
    jobs = [
        (str(makehuman), kind, number)
        for kind, count in counts.items()
        for number in range(-(-count // BATCH))
    ]
    for batch in track(spread(draw, jobs, workers=workers), "occluders", total=len(jobs)):
        yield from batch


def draw(job: Job) -> list[Cutout]:
    """Returns a batch of cut-outs."""
    folder, kind, number = job
    rng = np.random.default_rng((FIRST, list(COUNTS).index(kind), number))
    made: list[Cutout] = []
    while len(made) < BATCH:
        cutout = draw_one(*tools(folder), kind, rng)
        if (cutout.rgba[..., 3] > 127).mean() > 0.004:
            made.append(cutout)
    return made


@cache
def tools(folder: str) -> tuple[Assets, Scene]:
    """Returns this process's assets and the scene that draws them."""
    assets = Assets(Path(folder))
    return assets, Scene(SIDE, assets.texture)


def draw_one(assets: Assets, scene: Scene, kind: str, rng: Rng) -> Cutout:
    """Returns another random cut-out of a kind of `COUNTS`."""
    skin = assets.skins[rng.integers(len(assets.skins))]
    points = assets.body.shaped(shape_weights(assets, rng, skin))
    eyes, face = points[assets.eye_points].mean(axis=0), points[assets.face_points]
    dye = Dye((0.1, 0.1, 0.1), (0.1, 0.1, 0.1))
    bare = base_layers(assets, points, skin, dye, rng)
    hidden: list[Layer] = [*bare, *mouth_layers(assets, points, rng)]
    middles: Doubles | Floats = np.zeros((0, 3))
    name = kind
    if kind in ("hand", "thing"):
        hidden = []
        name = str(rng.choice(THINGS)) if kind == "thing" else kind
        made = (
            thing_layers(name, rng)
            if kind == "thing"
            else [hand_layer(assets, name_of(skin, assets), rng)]
        )
        shown = brought(made, face, eyes, str(rng.choice(list(TARGETS), p=CHANCES)), rng)
        middles = shown[0].points[assets.hand.tips] if kind == "hand" else middles
    elif kind == "headwear":
        headwear = headwear_for(assets, bare, points, eyes, rng)
        name, shown = headwear.kind, list(headwear.layers)
    else:
        body = points[np.unique(assets.body.mesh.triangles[assets.shown])]
        glasses = random_glasses(eyes, body, rng, dark=kind == "sunglasses")
        shown, middles = list(glasses.layers), glasses.middles
    pose = Pose(rng.normal(0, 22), rng.normal(0, 8), rng.normal(0, 6), 1.0, rng.uniform(5, 12))
    head = Head((*masked(hidden), *shown), eyes, face, dye, 0.0, "bald")
    view = view_of(
        face_box(posed(face, eyes, pose), pose), SIDE, reach=REACH[kind], shift=np.zeros(2)
    )
    rgba, classes = cut(scene, head, pose, view, rng)
    angles = np.array([pose.yaw, pose.pitch, pose.roll], np.float32)
    found = np.full((TIPS, 2), np.nan, np.float32)
    found[: len(middles)] = seen(posed(middles, eyes, pose, stiff=True), view)
    return Cutout(name, rgba, classes, view.face, angles, found)


def masked(layers: list[Layer]) -> list[Layer]:
    """Returns layers that hide what is behind them and count as nothing."""
    nothing = label_of("background")
    return [replace(layer, surface=replace(layer.surface, label=nothing)) for layer in layers]


def cut(scene: Scene, head: Head, pose: Pose, view: View, rng: Rng) -> tuple[Bytes, Bytes]:
    """Returns what has a class, as (S, S, 4) with straight alpha, and the classes (S, S)."""
    turned = turn(pose.yaw, pose.pitch, pose.roll).astype(np.float32)
    above = head.eyes + np.array([[0, *CROWN]], np.float32)
    crown = posed(above, head.eyes, pose)[0]
    light = random_light(rng)
    picture = scene.draw(pose_parts(head, pose), view, light, head.dye, 0.0, turned, crown)
    colours, labels = scene.samples(0).astype(np.float32), scene.samples(2)[..., 0]
    on = (labels > 0).astype(np.float32)
    summed = quarters(np.dstack([colours * on[..., None], on]))
    rgb = summed[..., :3] / np.maximum(summed[..., 3:], 1)
    rgba = np.dstack([rgb, summed[..., 3] / 4 * 255]).round().astype(np.uint8)
    classes = np.where(rgba[..., 3] > 0, np.maximum(picture.classes, quarters_most(labels)), 0)
    return rgba, classes.astype(np.uint8)


def quarters(samples: Floats) -> Floats:
    """Returns the sums of each four samples."""
    return np.asarray(sum(samples[y::2, x::2] for y in range(2) for x in range(2)), np.float32)


def quarters_most(labels: Bytes) -> Bytes:
    """Returns the highest class number of each four samples."""
    four = np.stack([labels[y::2, x::2] for y in range(2) for x in range(2)])
    return np.asarray(four.max(axis=0), np.uint8)


def seen(places: Floats, view: View) -> Doubles:
    """Returns where places (N, 3) in the camera's space are in the picture, (N, 2) pixels."""
    clip = np.column_stack([places, np.ones(len(places))]) @ view.projection.T
    return np.asarray((clip[:, :2] / clip[:, 3:] * [0.5, -0.5] + 0.5) * SIDE)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", type=Path, default=shared_folder() / "makehuman")
    parser.add_argument("--out", type=Path, default=Path("out/occluders.npz"))
    parser.add_argument("--workers", type=int, default=0)
    args = parser.parse_args(arguments)
    occluder_library(args.makehuman, args.out, workers=args.workers)


if __name__ == "__main__":
    main()

"""What helps an encoder to read looks: one change at a time, the same steps for each.

python -m benchmarks.encoder_ablation --imitator CHECKPOINT [--steps 700] [--only ARM ...]

Faces are those that `python -m prink.learn.train_encoder` crops; each arm trains a phone-sized
encoder from nothing and is judged on held-out portraits. The figures tell the arms apart; a longer
training makes all of them better.
"""

import argparse
import copy
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Table, plain
from benchmarks.contract.suite import made_result, options, publish
from prink.arrays import Bytes
from prink.learn.data.faces import BaseFace, load_faces
from prink.learn.data.stream import Batch, View, batches, laid_flat
from prink.learn.imitator.net import load_imitator
from prink.learn.look_encoder.image_loss import ImageLoss, exact_loss, imitated_loss, open_scenes
from prink.learn.look_encoder.loss import encoder_loss, skin_of, truth_of
from prink.learn.look_encoder.net import STUDENT, Encoded, Encoder, TileNet
from prink.learn.look_encoder.score import score
from prink.render import Renderer
from prink.render.atlas import SIZE

__all__ = ["main"]

BATCH: Final = 32
STEPS: Final = 700
JUDGED: Final = 8  # batches of 64
IMAGE_WEIGHT: Final = 60.0
SCENES: Final = 40
RATE: Final = 2e-3


@dataclass(frozen=True, eq=False)
class Arm:
    """One way to train: on which faces, with which picture loss, seeing what."""

    faces: Sequence[BaseFace]
    image: Callable[[], ImageLoss | None] = lambda: None
    net: Callable[[], nn.Module] = lambda: Encoder(STUDENT)
    view: View = laid_flat


class CropEncoder(nn.Module):
    """An encoder that sees the square around the face as it is, as costly as the atlas one."""

    def __init__(self) -> None:
        super().__init__()
        like = Encoder(STUDENT)
        self.counts = like.counts
        features = 3 * STUDENT.features
        self.layers = TileNet(STUDENT, SIZE, SIZE)
        self.mix = nn.Linear(STUDENT.features, features)
        self.head = nn.Linear(features, sum(self.counts))

    def forward(self, crop: Tensor) -> Encoded:
        """Returns numbers and logits."""
        mixed = functional.relu(self.mix(self.layers(crop * 2.0 - 1.0)))
        numbers, worn, sure = torch.split(self.head(mixed).float(), self.counts, 1)
        return Encoded(torch.sigmoid(numbers), worn, sure)


def plain_crop(rgb: Bytes, face: BaseFace) -> Bytes:
    """Returns the crop with full alpha; the faces come as squares already."""
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def arms(faces: Sequence[BaseFace], imitator: Path | None) -> dict[str, Arm]:
    """Returns the arms by name."""
    drawn = [face for face in faces if face.origin == "drawn"]
    real = [face for face in faces if face.origin != "drawn"]
    found = {"parameters": Arm(faces)}
    if imitator is not None:
        net, settings = load_imitator(imitator)
        found["+ imitator"] = Arm(faces, lambda: imitated_loss(net, size=settings["size"]))
    found["+ exact renderer"] = Arm(faces, lambda: exact_loss(open_scenes(real[:SCENES])))
    found["face crop"] = Arm(faces, net=CropEncoder, view=plain_crop)
    return found | {"portraits only": Arm(real), "drawn only": Arm(drawn)}


def trained(arm: Arm, steps: int, seed: int, *, tick: Callable[[], None]) -> nn.Module:
    """Returns the running mean of an encoder after some steps."""
    torch.manual_seed(seed)
    net, image = arm.net(), arm.image()
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.15)
    stream = batches(arm.faces, batch=BATCH, seed=seed, workers=1, view=arm.view)
    for _ in range(steps):
        advance(net, next(stream), image, optimizer)
        schedule.step()
        with torch.no_grad():
            for kept, now in zip(
                mean.state_dict().values(), net.state_dict().values(), strict=True
            ):
                kept.lerp_(now, 0.01) if kept.is_floating_point() else kept.copy_(now)
        tick()
    return mean.eval()


def advance(
    net: nn.Module, batch: Batch, image: ImageLoss | None, optimizer: torch.optim.Optimizer
) -> None:
    """Takes one step."""
    made = batch.made.contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        found = net(made)
    terms = encoder_loss(found, truth_of(batch.look), skin_of(batch.made))
    total = torch.stack(list(terms.values())).sum()
    if image is not None:
        total = total + IMAGE_WEIGHT * image(found, batch)
    optimizer.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    optimizer.step()


def judged(net: nn.Module, arm: Arm, people: Sequence[BaseFace]) -> dict[str, float]:
    """Returns the figures of `prink.learn.look_encoder.score` on held-out portraits."""
    stream = batches(people, batch=64, seed=99, workers=0, bare=False, view=arm.view)
    return score(net, batches=[next(stream) for _ in range(JUDGED)])


def measure(
    bar: Progress, found: Mapping[str, Arm], people: Sequence[BaseFace], args: argparse.Namespace
) -> dict[str, dict[str, float]]:
    """Returns figures by arm, with the seconds a step took."""
    rows = {}
    for name, arm in found.items():
        task = bar.add_task(name, total=args.steps)
        began = time.perf_counter()
        net = trained(arm, args.steps, args.seed, tick=partial(bar.advance, task))
        pace = (time.perf_counter() - began) / args.steps
        rows[name] = judged(net, arm, people) | {"s a step": pace}
        print(name, {key: round(value, 3) for key, value in rows[name].items()}, flush=True)
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    parser = options(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--imitator", type=Path, help="checkpoint of a trained imitator")
    parser.add_argument("--faces", type=Path, default=Path("out/faces"), help="the cropped faces")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="names of arms")
    args = parser.parse_args(arguments)
    args.steps = min(args.steps, 20) if args.quick else args.steps
    torch.set_num_threads(1)
    began = time.perf_counter()
    people = [face for face in load_faces(args.faces / "heldout.npz") if face.origin != "drawn"]
    found = arms(load_faces(args.faces / "train.npz"), args.imitator)
    if args.only:
        found = {name: found[name] for name in args.only}
    with progress() as bar:
        rows = measure(bar, found, people, args)
    with Renderer() as renderer:
        result = made_result(
            "encoder_ablation",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={"steps": args.steps, "batch": BATCH, "seed": args.seed, "faces": len(people)},
            figures=figures(rows),
            tables={"same steps, held-out portraits; distances are OKLab times 100": table(rows)},
            series={},
        )
    publish(result, charts(rows), args)


def figures(rows: Mapping[str, Mapping[str, float]]) -> list[Figure]:
    return [
        plain(f"lips_seen_{number}", f"lips seen, {name}", row["lips seen"], unit="OKLab x100")
        for number, (name, row) in enumerate(rows.items())
    ]


def table(rows: Mapping[str, Mapping[str, float]]) -> Table:
    names = list(next(iter(rows.values())))
    cells = ((arm, *(f"{row[name]:.3f}" for name in names)) for arm, row in rows.items())
    return Table(("trained with", *names), tuple(cells))


def charts(rows: Mapping[str, Mapping[str, float]]) -> list[Panel]:
    shown = ("lips seen", "lips pigment", "lid seen", "cheek seen")
    return [
        bars(name, {arm: row[name] for arm, row in rows.items()}, "OKLab x100") for name in shown
    ]


if __name__ == "__main__":
    main()

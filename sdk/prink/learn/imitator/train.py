"""Trains the imitator: `python -m prink.learn.train_imitator`, again to go on after a break.

Bare faces are the portraits of a folder, and drawn people where MakeHuman's assets are. They are
rendered with looks as the training goes, each with two looks that differ in a pigment, a coverage
or a number, for the sensitivity loss; `--no-sensitivity` sees the same pictures without that loss.
Writes checkpoint.pt, which `load_imitator` reads, and curves.png.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from prink.learn.data.face_options import add_face_options, open_faces
from prink.learn.data.faces import BaseFace
from prink.learn.data.stream import Batch, batches
from prink.learn.imitator.data import heldout_pairs
from prink.learn.imitator.loss import PairLoss
from prink.learn.imitator.net import Imitator
from prink.learn.imitator.score import judged
from prink.learn.options import MIXED, WHOLE, launch, training_parser
from prink.learn.run import CHECKPOINT, go_on
from prink.learn.training import Settings, Training
from prink.params.fields import schema_fields

__all__ = ["Config", "imitating", "main"]

SAVE_EVERY: Final = 500  # steps
# Undivided, the term of a change of 5/255 on a third of the pixels is 1e-4: it needs more weight.
PLAIN_WEIGHT: Final = 40.0


@dataclass(frozen=True, kw_only=True)
class Config(Settings):
    """Settings of an imitator's training.

    Attributes:
        size: Pixels a side: the atlas is halved.
        pyramid: Weight of the perceptual term.
        sensitivity: Weight of the sensitivity term; at 0 it is only watched.
        relative: Whether each change counts by its own size, see `sensitivity_loss`.
    """

    steps: int = 12000
    batch: int = 16
    size: int = 128
    peak_rate: float = 2.5e-3
    warm_up: int = 200
    decay: float = 1e-4
    average: float = 0.998
    clip: float = 1.0
    pyramid: float = 0.5
    sensitivity: float = 0.05
    relative: bool = True


def imitating(
    config: Config,
    *,
    faces: Sequence[BaseFace],
    heldout: Sequence[Batch] = (),
    workers: int = 1,
    mixed: bool = True,
    save_every: int = SAVE_EVERY,
) -> Training[Imitator, Batch]:
    """Returns the training of an imitator.

    Args:
        config: Its settings.
        faces: Whom the looks are put on.
        heldout: Pairs that it is judged by.
        workers: Processes that draw; 0 draws in this one.
        mixed: Whether the network runs in bfloat16 where it can.
        save_every: Steps between two checkpoints.
    """
    loss = PairLoss(config.size, relative=config.relative, mixed=mixed)
    data = partial(
        batches, faces, batch=config.batch, seed=config.seed, workers=workers, paired=True
    )
    return Training(
        title="imitator",
        settings=config,
        net=Imitator,
        data=data,
        loss=loss,
        weights={"pyramid": config.pyramid, "sensitivity": config.sensitivity},
        score=partial(judged, batches=heldout, loss=loss),
        about={"fields": schema_fields().listed()},
        save_every=save_every,
    )


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = training_parser(
        __doc__,
        Config(),
        out="out/train_imitator",
        save_every=SAVE_EVERY,
        workers=max(1, (os.cpu_count() or 2) - 1),
        threads=1,
        precision=MIXED,
    )
    add_face_options(parser)
    parser.add_argument("--size", type=int, default=Config.size, choices=(128, 256))
    parser.add_argument("--no-sensitivity", action="store_true", help="leave that loss out")
    parser.add_argument("--plain", action="store_true", help="the sensitivity loss as published")
    return parser.parse_args(arguments)


def config_of(args: argparse.Namespace) -> Config:
    """Returns the settings that the arguments ask for."""
    weight = PLAIN_WEIGHT if args.plain else Config.sensitivity
    return Config(
        steps=args.steps,
        batch=args.batch,
        size=args.size,
        sensitivity=0.0 if args.no_sensitivity else weight,
        relative=not args.plain,
        seed=args.seed,
    )


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    config = config_of(args)
    fabric = launch(args, precision=WHOLE)
    faces, heldout = open_faces(args, fabric)
    training = imitating(
        config,
        faces=faces,
        heldout=heldout_pairs(heldout, config.batch) if fabric.is_global_zero else [],
        workers=args.workers,
        mixed=args.precision == MIXED,
        save_every=args.save_every,
    )
    go_on(training, args.out, fabric)
    if fabric.is_global_zero:
        print(f"wrote {args.out / CHECKPOINT}")

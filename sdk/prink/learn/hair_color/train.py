"""Trains the hair part of the encoder: `python -m prink.learn.train_hair_color`, again to go on.

Takes a folder of photos, the licensed portraits (portraits.csv and images/) or any pictures, given
by --faces or by PRINK_SHARED. Heads and masks are found once; hair is coloured by the renderer
while the network learns. Writes checkpoint.pt, curves.png and at the end hair_encoder.pt.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from lightning_fabric import Fabric
from rich.progress import Progress

from prink.learn.hair_color.config import Config
from prink.learn.hair_color.heads import HairedHead, fill_heads, heads
from prink.learn.hair_color.looks import FIELDS
from prink.learn.hair_color.loss import BareHair, bare_hair, errors, total
from prink.learn.hair_color.net import HairEncoder, save_hair_encoder
from prink.learn.hair_color.samples import bare_tiles
from prink.learn.hair_color.score import heldout_batch, validated
from prink.learn.hair_color.stream import ColorBatch, Stream
from prink.learn.options import launch, positive, training_parser
from prink.learn.run import go_on
from prink.learn.training import Terms, Training
from prink.portraits import shared_folder

__all__ = ["Config", "main", "reading_hair"]

LOG_EVERY: Final = 50  # steps
SAVE_EVERY: Final = 250  # steps
VALIDATED: Final = 12  # one head of so many is kept for validation
JUDGED: Final = 150  # renderings


@dataclass(frozen=True, eq=False)
class Loss:
    """The one term of a batch; readings are tried on the undyed hair of the heads."""

    bare: BareHair

    def __call__(self, net: Any, batch: ColorBatch) -> Terms:  # noqa: ANN401 (wrapped)
        """Returns the term."""
        numbers, logit = net.answers(batch.rows)
        own, other = self.bare.of(batch.owner), self.bare.of(batch.other)
        found = errors(numbers, batch.numbers, batch.kind, own, other)
        return {"loss": total(found, logit, batch.kind)}


def reading_hair(
    config: Config,
    found: Sequence[HairedHead],
    *,
    workers: int = 1,
    device: torch.device | str = "cpu",
    save_every: int = SAVE_EVERY,
) -> Training[HairEncoder, ColorBatch]:
    """Returns the training of a hair encoder.

    Args:
        config: Its settings.
        found: Heads; some are kept to judge by.
        workers: Processes that colour hair; 0 colours in this one.
        device: That it learns on.
        save_every: Steps between two checkpoints.
    """
    kept = [head for n, head in enumerate(found) if n % VALIDATED == 0]
    learnt = [head for n, head in enumerate(found) if n % VALIDATED] or kept
    bare, kept_bare = (bare_hair(bare_tiles(part)).to(device) for part in (learnt, kept))
    judged = heldout_batch(kept, min(JUDGED, config.steps)).to(device)
    return Training(
        title="hair colour",
        settings=config,
        net=HairEncoder,
        data=Stream(learnt, config, workers=workers),
        loss=Loss(bare),
        score=partial(validated, batch=judged, bare=kept_bare),
        about={"fields": FIELDS.listed()},
        methods=("answers",),
        layout=torch.contiguous_format,
        log_every=LOG_EVERY,
        save_every=save_every,
    )


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = training_parser(
        __doc__, Config(), out="out/train_hair_color", save_every=SAVE_EVERY, threads=1
    )
    usual = shared_folder() / "portraits"
    parser.add_argument("--faces", type=Path, default=usual, help="folder of photos")
    parser.add_argument("--cache", type=Path, default=Path("out/hair_heads"), help="of heads")
    told = "new ones every ten steps"
    parser.add_argument("--renderings", type=positive, default=Config.renderings, help=told)
    return parser.parse_args(arguments)


def open_heads(args: argparse.Namespace, fabric: Fabric) -> list[HairedHead]:
    """Returns the heads of the photos, found once; by the first process."""
    with fabric.rank_zero_first(), Progress(disable=not fabric.is_global_zero) as bar:
        task = bar.add_task("heads")
        for done, count in fill_heads(args.faces, args.cache, split="train"):
            bar.update(task, completed=done, total=count)
    return heads(args.faces, args.cache, split="train")


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    fabric = launch(args)
    found = open_heads(args, fabric)
    config = Config(steps=args.steps, batch=args.batch, seed=args.seed, renderings=args.renderings)
    training = reading_hair(
        config, found, workers=args.workers, device=fabric.device, save_every=args.save_every
    )
    net = go_on(training, args.out, fabric)
    if fabric.is_global_zero:
        save_hair_encoder(net.cpu(), args.out / "hair_encoder.pt")
        print(f"wrote {args.out / 'hair_encoder.pt'}")

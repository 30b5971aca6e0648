"""Trains the hair network: `python -m prink.learn.train_hair`, again to go on after a break.

Needs the licensed portraits and MediaPipe's hair network as the teacher, given as arguments or by
PRINK_SHARED and PRINK_ASSETS. Where MakeHuman's assets are, some of the heads are drawn.
Writes checkpoints, curves.png and at the end hair.onnx.
"""

import argparse
import os
from functools import partial
from pathlib import Path
from typing import Final

import torch
from lightning_fabric import Fabric
from rich.progress import Progress
from torch import nn

from prink.learn.hair_mask.config import Config
from prink.learn.hair_mask.data import Samples, cached_samples, fill_cache
from prink.learn.hair_mask.export import export_hair
from prink.learn.hair_mask.loss import hair_loss
from prink.learn.hair_mask.net import HairNet
from prink.learn.hair_mask.score import validation_score
from prink.learn.hair_mask.stream import HairBatch, Stream
from prink.learn.options import launch, positive, training_parser
from prink.learn.run import go_on
from prink.learn.training import Terms, Training
from prink.people.heads_data import DRAWN, fill_heads
from prink.portraits import shared_folder

__all__ = ["Config", "main", "masking"]

SYNTHETIC: Final = 0.12  # the share where there are such heads
SAVE_EVERY: Final = 500  # steps


def losses(net: nn.Module, batch: HairBatch) -> Terms:
    """Returns the one term of a batch."""
    inputs = batch.inputs.contiguous(memory_format=torch.channels_last)
    return {"loss": hair_loss(net(inputs), batch.targets.clamp(0, 1))}


def masking(
    config: Config, samples: Samples, *, save_every: int = SAVE_EVERY
) -> Training[HairNet, HairBatch]:
    """Returns the training of a hair network, judged by the people kept for that."""
    return Training(
        title="hair network",
        settings=config,
        net=HairNet,
        data=Stream(samples, config),
        loss=losses,
        score=partial(validation_score, samples=samples),
        save_every=save_every,
    )


def parse(arguments: list[str] | None) -> argparse.Namespace:
    cores = os.cpu_count() or 1
    parser = training_parser(
        __doc__,
        Config(),
        out="out/train_hair",
        save_every=SAVE_EVERY,
        workers=cores,
        threads=cores,
    )
    told = "steps of the second cycle, in which all people count alike"
    parser.add_argument("--balanced", type=positive, default=Config.balanced, help=told)
    usual = shared_folder() / "portraits"
    parser.add_argument("--portraits", type=Path, default=usual)
    parser.add_argument("--assets", type=Path, help="folder of hair_segmentation.onnx")
    told = "another network with its ports; give it a cache of its own"
    parser.add_argument("--teacher", type=Path, metavar="TEACHER.onnx", help=told)
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw heads from")
    parser.add_argument("--drawn", type=positive, default=DRAWN, help="heads to draw")
    parser.add_argument("--cache", type=Path, default=Path("out/hair_cache"))
    parser.add_argument("--heads", type=Path, default=Path("out/heads_cache"))
    return parser.parse_args(arguments)


def open_samples(args: argparse.Namespace, fabric: Fabric) -> Samples:
    """Returns the samples that the arguments name, made once; by the first process."""
    makehuman = args.makehuman or shared_folder() / "makehuman"
    heads = args.heads if args.makehuman or makehuman.is_dir() else None
    with fabric.rank_zero_first(), Progress(disable=not fabric.is_global_zero) as bar:
        task = bar.add_task("teacher's masks")
        filling = fill_cache(args.portraits, args.cache, workers=args.workers, teacher=args.teacher)
        for done, total in filling:
            bar.update(task, completed=done, total=total)
        if heads:
            task = bar.add_task("synthetic heads")
            for done, total in fill_heads(makehuman, heads, count=args.drawn, workers=args.workers):
                bar.update(task, completed=done, total=total)
    return cached_samples(args.portraits, args.cache, heads)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    if args.assets:
        os.environ["PRINK_ASSETS"] = str(args.assets)
    elif (shared_folder() / "assets").is_dir():
        os.environ.setdefault("PRINK_ASSETS", str(shared_folder() / "assets"))
    fabric = launch(args)
    samples = open_samples(args, fabric)
    config = Config(
        steps=args.steps,
        batch=args.batch,
        seed=args.seed,
        balanced=args.balanced,
        synthetic=SYNTHETIC if samples.synthetic.any() else 0.0,
    )
    net = go_on(masking(config, samples, save_every=args.save_every), args.out, fabric)
    if fabric.is_global_zero:
        export_hair(net.cpu(), args.out / "hair.onnx")
        print(f"wrote {args.out / 'hair.onnx'}")

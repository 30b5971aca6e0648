"""Trains the parsing network: `python -m prink.learn.train_parse`, again to go on after a break.

Needs the licensed portraits and MediaPipe's hair network as a teacher, given as arguments or by
PRINK_SHARED and PRINK_ASSETS, and the networks of MediaPipe's 0.10.21 wheel. Where MakeHuman's
assets are, some of the heads are drawn. Writes checkpoints, curves.png and at the end parse.onnx.
"""

import argparse
import os
from pathlib import Path
from typing import Final

import torch
from lightning_fabric import Fabric
from rich.progress import Progress
from torch import nn

from prink.learn.checkpoint import open_checkpoint
from prink.learn.options import MIXED, launch, positive, training_parser
from prink.learn.parse.config import Config
from prink.learn.parse.data import Samples, cached_samples, fill_cache
from prink.learn.parse.export import export_parse
from prink.learn.parse.loss import answer_loss, class_loss
from prink.learn.parse.net import ParseNet
from prink.learn.parse.score import Judge
from prink.learn.parse.start import begin_with_hair
from prink.learn.parse.stream import ParseBatch, Stream
from prink.learn.run import go_on
from prink.learn.training import Terms, Training
from prink.people.occluders import occluder_library
from prink.people.parsed_data import DRAWN, fill_parsed
from prink.portraits import shared_folder

__all__ = ["Config", "main", "parsing"]

SAVE_EVERY: Final = 500  # steps
CLASS_WEIGHT: Final = 0.6
THINGS: Final = "things/cutouts.npz"  # in the folder of drawn heads


def losses(net: nn.Module, batch: ParseBatch) -> Terms:
    """Returns the two terms of a batch."""
    planes = batch.planes.contiguous(memory_format=torch.channels_last)
    if batch.own.any():
        with torch.no_grad():
            answer = net(planes).answer.float().sigmoid()
        answer = answer.roll((int(batch.shift[0]), int(batch.shift[1])), (2, 3))
        planes[:, -answer.shape[1] :][batch.own] = answer[batch.own]
    found = net(planes)
    return {
        "answer": answer_loss(found, batch.answer, batch.weight),
        "classes": class_loss(found, batch.sets),
    }


def parsing(
    config: Config, samples: Samples, *, save_every: int = SAVE_EVERY
) -> Training[ParseNet, ParseBatch]:
    """Returns the training of a parsing network, judged by the people kept for that."""
    return Training(
        title="parsing network",
        settings=config,
        net=ParseNet,
        data=Stream(samples, config),
        loss=losses,
        score=Judge(samples),
        weights={"classes": CLASS_WEIGHT},
        save_every=save_every,
    )


def parse(arguments: list[str] | None) -> argparse.Namespace:
    cores = os.cpu_count() or 1
    parser = training_parser(
        __doc__,
        Config(),
        out="out/train_parse",
        save_every=SAVE_EVERY,
        workers=cores,
        threads=cores,
        precision=MIXED,
    )
    usual = shared_folder() / "portraits"
    parser.add_argument("--portraits", type=Path, default=usual)
    parser.add_argument("--assets", type=Path, help="folder of hair_segmentation.onnx")
    told = "another hair network with its ports; give it a cache of its own"
    parser.add_argument("--teacher", type=Path, metavar="TEACHER.onnx", help=told)
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw heads from")
    parser.add_argument("--drawn", type=positive, default=DRAWN, help="heads to draw")
    parser.add_argument("--cache", type=Path, default=Path("out/parse_cache"))
    parser.add_argument("--heads", type=Path, default=Path("out/parsed_cache"))
    told = "weights to begin with: another training's checkpoint.pt, or an older hair network"
    parser.add_argument("--begin", type=Path, metavar="FILE", help=told)
    told = f"highest learning rate ({Config.peak_rate:g})"
    parser.add_argument("--rate", type=float, default=Config.peak_rate, help=told)
    return parser.parse_args(arguments)


def open_samples(args: argparse.Namespace, fabric: Fabric) -> Samples:
    """Returns the samples that the arguments name, made once; by the first process."""
    makehuman = args.makehuman or shared_folder() / "makehuman"
    heads = args.heads if args.makehuman or makehuman.is_dir() else None
    with fabric.rank_zero_first(), Progress(disable=not fabric.is_global_zero) as bar:
        task = bar.add_task("labels of portraits")
        filling = fill_cache(args.portraits, args.cache, workers=args.workers, teacher=args.teacher)
        for done, total in filling:
            bar.update(task, completed=done, total=total)
        if heads:
            task = bar.add_task("drawn heads")
            drawing = fill_parsed(makehuman, heads, count=args.drawn, workers=args.workers)
            for done, total in drawing:
                bar.update(task, completed=done, total=total)
        # The other processes find the file.
        things = occluder_library(makehuman, args.heads / THINGS) if heads else None
    return cached_samples(args.portraits, args.cache, heads, things)


def begun(training: Training[ParseNet, ParseBatch], path: Path) -> dict[str, torch.Tensor]:
    """Returns the weights to begin with: a checkpoint's, or new ones but for an older encoder."""
    if path.suffix == ".pt":
        weights: dict[str, torch.Tensor] = open_checkpoint(path).averaged
        return weights
    torch.manual_seed(training.settings.seed)
    stream = training.data(start=0, rank=0, ranks=1)
    planes = next(stream).planes
    stream.close()
    return begin_with_hair(training.net(), path, planes).state_dict()


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
        synthetic=Config.synthetic if samples.heads else 0.0,
        begin=args.begin is not None,
        peak_rate=args.rate,
    )
    training = parsing(config, samples, save_every=args.save_every)
    begin = begun(training, args.begin) if args.begin else None
    net = go_on(training, args.out, fabric, begin=begin)
    if fabric.is_global_zero:
        export_parse(net.cpu(), args.out / "parse.onnx")
        print(f"wrote {args.out / 'parse.onnx'}")

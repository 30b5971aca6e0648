"""The options that every training has, and the devices and processes it runs on."""

import argparse
import os
from pathlib import Path
from typing import Final, Literal

import torch
from lightning_fabric import Fabric

from prink.learn.training import Settings

__all__ = ["MIXED", "WHOLE", "launch", "positive", "training_parser"]

Precision = Literal["bf16-mixed", "32-true"]
MIXED: Final[Precision] = "bf16-mixed"
WHOLE: Final[Precision] = "32-true"
DEVICES: Final = ("auto", "cpu", "cuda", "mps")


def training_parser(
    about: str | None,
    usual: Settings,
    *,
    out: str,
    save_every: int,
    workers: int = 1,
    threads: int = 0,
    precision: Precision = WHOLE,
) -> argparse.ArgumentParser:
    """Returns a parser of what every training asks for.

    Args:
        about: Told by --help.
        usual: The settings where nothing else is asked for.
        out: Folder of what is written.
        save_every: Steps between two checkpoints.
        workers: Processes that make the data.
        threads: Of the process that learns; 0 leaves it to torch.
        precision: Of the network: `MIXED` or `WHOLE`.
    """
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(out), help="folder of what is written")
    parser.add_argument("--steps", type=positive, default=usual.steps)
    told = "samples of a step, in each process"
    parser.add_argument("--batch", type=positive, default=usual.batch, help=told)
    parser.add_argument("--seed", type=int, default=usual.seed)
    told = "steps between two checkpoints, each with a score"
    parser.add_argument("--save-every", type=positive, default=save_every, help=told)
    parser.add_argument("--workers", type=int, default=workers, help="processes that make the data")
    told = "of the process that learns; 0 leaves it to torch"
    parser.add_argument("--threads", type=int, default=threads, help=told)
    parser.add_argument("--precision", choices=(MIXED, WHOLE), default=precision)
    parser.add_argument("--device", choices=DEVICES, default="auto")
    return parser


def positive(word: str) -> int:
    """Returns the number that a word says; argparse tells of others."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {number}")
    return number


def launch(args: argparse.Namespace, *, precision: Precision | None = None) -> Fabric:
    """Returns the layer that knows devices, precision and the other processes of `torchrun`.

    Args:
        args: Of `training_parser`.
        precision: Instead of the one that was asked for.
    """
    if args.threads:
        torch.set_num_threads(args.threads)
    ranks = int(os.environ.get("WORLD_SIZE", "1"))
    local = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    fabric = Fabric(
        accelerator=args.device,
        devices=local,
        num_nodes=max(1, ranks // local),
        strategy="ddp" if ranks > 1 else "auto",
        precision=precision or args.precision,
    )
    fabric.launch()
    return fabric

"""Distils the teacher into the encoder for phones: `python -m prink.learn.train_student`.

The student sees the same stream of faces and learns both from the true looks and from what the
teacher says of the same picture, which is smoother: where a photo leaves a number open the teacher
has learnt the middle of what it can be (Hinton et al. 2015). Writes a checkpoint, curves.png and at
the end encoder.onnx, which prink ships. Again to go on after a break.
"""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from prink.learn.checkpoint import open_checkpoint
from prink.learn.data.face_options import open_faces
from prink.learn.data.faces import made_of
from prink.learn.data.stream import Batch
from prink.learn.hair_color.net import hair_head
from prink.learn.look_encoder.data import heldout_batches
from prink.learn.look_encoder.export import export_encoder
from prink.learn.look_encoder.loss import Truth, encoder_loss, skin_of, truth_of
from prink.learn.look_encoder.net import STUDENT, Encoder, load_encoder
from prink.learn.look_encoder.train import (
    Config,
    Losses,
    digest,
    encoder_parser,
    reading,
)
from prink.learn.look_fields import known_fields, refuse_other_fields
from prink.learn.look_places import places
from prink.learn.options import launch
from prink.learn.run import go_on
from prink.learn.training import Terms

__all__ = ["distilling", "main"]

STEPS: Final = 4500
TRUE: Final = 0.4  # weight of the true look; the rest is the teacher's
AGAIN: Final = 1e-3  # the peak rate of a later cycle


def taught(teacher: Encoder, batch: Batch) -> Truth:
    """Returns what the teacher says of a batch, as targets; what shows is known from the truth."""
    found = teacher(batch.made)
    at = places()
    truth = truth_of(batch.look)
    numbers = found.numbers
    return Truth(
        numbers[:, at.colors], numbers[:, at.shares], torch.sigmoid(found.worn), truth.weight
    )


def distilling(teacher: Encoder, *, true_share: float = TRUE) -> Losses:
    """Returns the loss of a student of this teacher; at a true share of 1 it has grown up."""

    def losses(net: nn.Module, batch: Batch) -> Terms:
        made = batch.made.contiguous(memory_format=torch.channels_last)
        found, skin = net(made), skin_of(batch.made)
        true = encoder_loss(found, truth_of(batch.look), skin)
        if true_share == 1.0:
            return true
        with torch.no_grad():
            soft = taught(teacher, batch)
        told = encoder_loss(found, soft, skin)
        terms = {name: true_share * term for name, term in true.items()}
        terms |= {f"{name}, taught": (1 - true_share) * term for name, term in told.items()}
        terms["sure"] = true["sure"]
        del terms["sure, taught"]  # how far the student is from the truth is its own
        return terms

    return losses


def told_of(args: argparse.Namespace) -> str:
    """Returns in words what this student learns from."""
    begin = f", after {digest(args.begin)}" if args.begin else ""
    return f"parameters, {args.true_share} true, taught by {digest(args.teacher)}{begin}"


def parse(arguments: list[str] | None) -> argparse.Namespace:
    usual = Config(size=STUDENT, steps=STEPS)
    parser = encoder_parser(__doc__, usual, out="out/train_student")
    given = "checkpoint of the teacher"
    parser.add_argument(
        "--teacher", type=Path, default=Path("out/train_encoder/checkpoint.pt"), help=given
    )
    begin = "checkpoint of a finished student to go on from, in another cycle"
    parser.add_argument("--begin", type=Path, metavar="CHECKPOINT", help=begin)
    share = "weight of the true look; the rest is the teacher's"
    parser.add_argument("--true-share", type=float, default=TRUE, help=share)
    told = "what train_hair_color wrote; without it the encoder leaves hair to be measured"
    parser.add_argument("--hair", type=Path, metavar="HAIR.pt", help=told)
    return parser.parse_args(arguments)


def finished(path: Path) -> dict[str, Any]:
    """Returns the averaged weights of a finished student.

    Raises:
        SystemExit: They are of an encoder of another size, or of one of other fields.
    """
    made = open_checkpoint(path)
    refuse_other_fields(known_fields(made, path), path)
    if made.config.get("size") != asdict(STUDENT):
        raise SystemExit(f"an encoder of another size, {made.config.get('size')} ({path})")
    return made.averaged


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    fabric = launch(args)
    hair = hair_head(args.hair) if args.hair else None
    teacher = load_encoder(args.teacher).to(fabric.device)
    refuse_other_fields(teacher.fields, args.teacher)
    begin = finished(args.begin) if args.begin else None
    faces, heldout = open_faces(args, fabric)
    config = Config(
        size=STUDENT,
        steps=args.steps,
        batch=args.batch,
        seed=args.seed,
        peak_rate=AGAIN if args.begin else Config.peak_rate,
        loss=told_of(args),
        faces=made_of(args.cache / "train.npz"),
    )
    training = reading(
        "student",
        config,
        distilling(teacher, true_share=args.true_share),
        faces=faces,
        heldout=heldout_batches(heldout, args.judged) if fabric.is_global_zero else [],
        workers=args.workers,
        save_every=args.save_every,
    )
    net = go_on(training, args.out, fabric, begin=begin)
    if fabric.is_global_zero:
        export_encoder(net, args.out / "encoder.onnx", hair=hair)
        print(f"wrote {args.out / 'encoder.onnx'}")

"""Trains the teacher that reads looks: `python -m prink.learn.train_encoder`; again to go on.

Needs pictures of faces without makeup: the licensed portraits, or any folder of one's own photos
(--faces). Where MakeHuman's assets are, drawn people join them. No labels are needed: prink's own
renderer puts random looks on the faces (Kips et al. 2022). Writes a checkpoint, curves.png and at
the end encoder.onnx. Several processes: torchrun --nproc-per-node N -m prink.learn.train_encoder.
"""

import argparse
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import torch
from torch import nn

from prink.learn.data.face_options import add_face_options, open_faces
from prink.learn.data.faces import BaseFace, made_of
from prink.learn.data.stream import Batch, batches
from prink.learn.imitator.net import load_imitator
from prink.learn.look_encoder.data import heldout_batches
from prink.learn.look_encoder.export import export_encoder
from prink.learn.look_encoder.image_loss import ImageLoss, exact_loss, imitated_loss, open_scenes
from prink.learn.look_encoder.loss import encoder_loss, skin_of, truth_of
from prink.learn.look_encoder.net import TEACHER, Encoder, Size
from prink.learn.look_encoder.score import score
from prink.learn.options import MIXED, launch, positive, training_parser
from prink.learn.run import go_on
from prink.learn.training import Settings, Terms, Training
from prink.params.fields import schema_fields

__all__ = [
    "Config",
    "Losses",
    "digest",
    "encoder_parser",
    "losses_with",
    "main",
    "reading",
]

SCENES: Final = 40  # faces that exact pictures are drawn on
IMAGE_WEIGHT: Final = 60.0  # about as much as the parameters after some hundred steps
SAVE_EVERY: Final = 250  # steps
Losses = Callable[[nn.Module, Batch], Terms]


@dataclass(frozen=True, kw_only=True)
class Config(Settings):
    """Settings of an encoder's training.

    Attributes:
        size: Of the network.
        loss: What is compared besides the parameters, and with what.
        faces: Fingerprint of the cropped faces.
    """

    size: Size
    steps: int = 6000
    batch: int = 32
    peak_rate: float = 2e-3
    warm_up: int = 200
    last_rate: float = 0.01
    decay: float = 2e-3
    average: float = 0.997
    clip: float = 5.0
    loss: str = "parameters"
    faces: str = ""


def encoder_parser(about: str | None, usual: Config, *, out: str) -> argparse.ArgumentParser:
    """Returns a parser of what every training of an encoder asks for."""
    parser = training_parser(about, usual, out=out, save_every=SAVE_EVERY, precision=MIXED)
    add_face_options(parser)
    told = "held-out samples to judge by"
    parser.add_argument("--judged", type=positive, default=256, help=told)
    return parser


def reading(
    title: str,
    config: Config,
    losses: Losses,
    *,
    faces: Sequence[BaseFace],
    heldout: Sequence[Batch],
    workers: int = 1,
    bare: bool = False,
    save_every: int = SAVE_EVERY,
) -> Training[Encoder, Batch]:
    """Returns the training of an encoder.

    Args:
        title: Over the curves.
        config: Its settings.
        losses: Makes the terms of the loss.
        faces: Whom the looks are put on.
        heldout: What it is judged by.
        workers: Processes that draw; 0 draws in this one.
        bare: Whether the losses need the bare faces, too.
        save_every: Steps between two checkpoints.
    """
    data = partial(batches, faces, batch=config.batch, seed=config.seed, workers=workers, bare=bare)
    return Training(
        title=title,
        settings=config,
        net=partial(Encoder, config.size),
        data=data,
        loss=losses,
        score=partial(score, batches=heldout),
        about={"fields": schema_fields().listed()},
        save_every=save_every,
    )


def losses_with(image: ImageLoss | None, weight: float) -> Losses:
    """Returns the loss of the parameters, with that of the picture if there is one."""

    def losses(net: nn.Module, batch: Batch) -> Terms:
        found = net(batch.made.contiguous(memory_format=torch.channels_last))
        terms = encoder_loss(found, truth_of(batch.look), skin_of(batch.made))
        return terms | ({"image": weight * image(found, batch)} if image else {})

    return losses


def image_loss(
    args: argparse.Namespace, faces: Sequence[BaseFace], device: torch.device
) -> ImageLoss | None:
    """Returns the loss of the picture that was asked for."""
    if args.image_loss == "imitator":
        imitator, settings = load_imitator(args.imitator)
        return imitated_loss(imitator.to(device), size=settings["size"])
    if args.image_loss == "exact":
        return exact_loss(open_scenes(faces[:: max(1, len(faces) // SCENES)]))
    return None


def told(args: argparse.Namespace) -> str:
    """Returns in words what the loss compares besides the parameters."""
    if args.image_loss == "none":
        return "parameters"
    by = f" of {digest(args.imitator)}" if args.image_loss == "imitator" else ""
    return f"parameters, {args.image_weight} x pictures ({args.image_loss}{by})"


def digest(path: Path) -> str:
    """Returns what tells one file from another."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = encoder_parser(__doc__, Config(size=TEACHER), out="out/train_encoder")
    kinds = ("none", "imitator", "exact")
    parser.add_argument("--image-loss", choices=kinds, default="none", help="also compare pictures")
    parser.add_argument("--image-weight", type=float, default=IMAGE_WEIGHT)
    imitator = Path("out/train_imitator/checkpoint.pt")
    parser.add_argument("--imitator", type=Path, default=imitator, help="its checkpoint")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    fabric = launch(args)
    faces, heldout = open_faces(args, fabric)
    image = image_loss(args, faces, fabric.device)
    config = Config(
        size=TEACHER,
        steps=args.steps,
        batch=args.batch,
        seed=args.seed,
        loss=told(args),
        faces=made_of(args.cache / "train.npz"),
    )
    training = reading(
        "teacher",
        config,
        losses_with(image, args.image_weight),
        faces=faces,
        heldout=heldout_batches(heldout, args.judged) if fabric.is_global_zero else [],
        workers=args.workers,
        bare=args.image_loss == "imitator",
        save_every=args.save_every,
    )
    net = go_on(training, args.out, fabric)
    if fabric.is_global_zero:
        export_encoder(net, args.out / "encoder.onnx")
        print(f"wrote {args.out / 'encoder.onnx'}")

"""Trains the teacher that reads looks: `python -m prink.learn.train_encoder`; again to go on.

Needs pictures of faces without makeup: the licensed portraits, or any folder of one's own photos
(--faces). Where MakeHuman's assets are, drawn people join them. No labels are needed: prink's own
renderer puts random looks on the faces (Kips et al. 2022). Writes a checkpoint, curves.png and at
the end encoder.onnx. Several processes: torchrun --nproc-per-node N -m prink.learn.train_encoder.
"""

import argparse
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from prink.learn.data.faces import DRAWN, BaseFace, cached_faces, load_faces, made_of
from prink.learn.data.stream import Batch
from prink.learn.imitator.net import load_imitator
from prink.learn.look_encoder.export import export_encoder
from prink.learn.look_encoder.image_loss import ImageLoss, exact_loss, imitated_loss, open_scenes
from prink.learn.look_encoder.loss import encoder_loss, skin_of, truth_of
from prink.learn.look_encoder.net import TEACHER
from prink.learn.look_encoder.run import Config, Losses, Run, train
from prink.portraits import shared_folder

__all__ = ["add_options", "digest", "launch", "load_both", "losses_with", "main"]

STEPS: Final = 6000
SCENES: Final = 40  # faces that exact pictures are drawn on
IMAGE_WEIGHT: Final = 60.0  # about as much as the parameters after some hundred steps
PRECISION: Final = ("bf16-mixed", "32-true")


def add_options(parser: argparse.ArgumentParser, *, steps: int, out: str) -> None:
    """Adds what every training of an encoder asks for."""
    shared = shared_folder()
    parser.add_argument("--faces", type=Path, default=shared / "portraits", help="folder of photos")
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw people from")
    parser.add_argument("--drawn", type=int, default=DRAWN, help="people to draw")
    parser.add_argument("--cache", type=Path, default=Path("out/faces"), help="of cropped faces")
    parser.add_argument("--out", type=Path, default=Path(out))
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--batch", type=int, default=Config.batch)
    parser.add_argument("--seed", type=int, default=Config.seed)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--judged", type=int, default=256, help="held-out samples to judge by")
    parser.add_argument("--threads", type=int, default=0, help="of this process; 0 leaves it")
    parser.add_argument("--precision", choices=PRECISION, default=PRECISION[0])


def launch(args: argparse.Namespace) -> Fabric:
    """Returns the layer that knows devices, precision and other processes."""
    if args.threads:
        torch.set_num_threads(args.threads)
    ranks = int(os.environ.get("WORLD_SIZE", "1"))
    fabric = Fabric(
        accelerator="auto",
        devices=int(os.environ.get("LOCAL_WORLD_SIZE", "1")),
        num_nodes=max(1, ranks // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))),
        strategy="ddp" if ranks > 1 else "auto",
        precision=args.precision,
    )
    fabric.launch()
    args.out.mkdir(parents=True, exist_ok=True)
    return fabric


def load_both(args: argparse.Namespace, fabric: Fabric) -> tuple[list[BaseFace], list[BaseFace]]:
    """Returns the faces to train on and to judge by, cropped once."""

    def load(split: str) -> list[BaseFace]:
        found = []
        if fabric.is_global_zero:  # several machines need a folder that all of them see
            found = cached_faces(
                args.faces, args.cache, split=split, makehuman=args.makehuman, drawn=args.drawn
            )
        fabric.barrier()
        return found or load_faces(args.cache / f"{split}.npz")

    return load("train"), load("heldout")


def losses_with(image: ImageLoss | None, weight: float) -> Losses:
    """Returns the loss of the parameters, with that of the picture if there is one."""

    def losses(net: nn.Module, batch: Batch) -> dict[str, Tensor]:
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


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_options(parser, steps=STEPS, out="out/train_encoder")
    kinds = ("none", "imitator", "exact")
    parser.add_argument("--image-loss", choices=kinds, default="none", help="also compare pictures")
    parser.add_argument("--image-weight", type=float, default=IMAGE_WEIGHT)
    imitator = Path("out/train_imitator/checkpoint.pt")
    parser.add_argument("--imitator", type=Path, default=imitator, help="its checkpoint")
    args = parser.parse_args(arguments)
    fabric = launch(args)
    faces, heldout = load_both(args, fabric)
    image = image_loss(args, faces, fabric.device)
    config = Config(
        TEACHER,
        args.steps,
        batch=args.batch,
        seed=args.seed,
        loss=told(args),
        faces=made_of(args.cache / "train.npz"),
    )
    run = Run(config, fabric)
    if (args.out / "checkpoint.pt").is_file():
        run.load(args.out / "checkpoint.pt")
    losses = losses_with(image, args.image_weight)
    bare = args.image_loss == "imitator"
    how = {"workers": args.workers, "judged": args.judged}
    train(run, faces, heldout, losses, args.out, **how, bare=bare, title="teacher")
    if fabric.is_global_zero:
        export_encoder(run.averaged, args.out / "encoder.onnx")
        print(f"wrote {args.out / 'encoder.onnx'}")

"""Which faces a training puts looks on, as its command line says."""

import argparse
from pathlib import Path

from lightning_fabric import Fabric

from prink.learn.data.faces import DRAWN, BaseFace, cached_faces
from prink.portraits import shared_folder

__all__ = ["add_face_options", "open_faces"]


def add_face_options(parser: argparse.ArgumentParser) -> None:
    """Adds where photos and people's assets are."""
    usual = shared_folder() / "portraits"
    parser.add_argument("--faces", type=Path, default=usual, help="folder of photos")
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw people from")
    parser.add_argument("--drawn", type=int, default=DRAWN, help="people to draw")
    parser.add_argument("--cache", type=Path, default=Path("out/faces"), help="of cropped faces")


def open_faces(args: argparse.Namespace, fabric: Fabric) -> tuple[list[BaseFace], list[BaseFace]]:
    """Returns the faces to train on and to judge by, cropped once; by the first process.

    Several machines need a folder that all of them see.
    """

    def load(split: str) -> list[BaseFace]:
        return cached_faces(
            args.faces, args.cache, split=split, makehuman=args.makehuman, drawn=args.drawn
        )

    with fabric.rank_zero_first():
        return load("train"), load("heldout")

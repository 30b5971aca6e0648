"""The imitator's gradient against the exact one, number by number, with the image's error beside.

python -m benchmarks.imitator FOLDER... [--portraits DIR] [--people 12] [--quick]

Each folder holds the checkpoint of one `python -m prink.learn.train_imitator`.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor

from benchmarks.contract.people import TONES, wheel_pictures
from benchmarks.contract.report import progress
from benchmarks.contract.suite import QUICK, made_result, options, publish
from benchmarks.imitator.figures import Findings, charts, figures, tables
from benchmarks.imitator.scenes import ENTRIES, IOD, STEP, Exact, unwrapped
from benchmarks.imitator.slopes import Judged, Trained, judged, open_trained
from prink.face import Tracker
from prink.learn.data.faces import BaseFace, fill_faces, load_faces, photo_rows, tracked
from prink.learn.data.look_sampling import sample_look
from prink.params import Look, to_vector
from prink.portraits import portraits_folder
from prink.render import Renderer

__all__ = ["main"]

SEED: Final = 23
PEOPLE: Final = 12
LOOKS: Final = 2  # a face
HELDOUT: Final = QUICK / "imitator_faces.npz"
WORN: Final = (0.15, 0.85)  # numbers of the looks in which everything is worn
WIDTH: Final = len(to_vector(Look()))
LIP_COVERAGE: Final = 3  # place in a look's vector


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    args = parse(arguments)
    trained = [open_trained(folder) for folder in args.folders]
    sizes = {each.size for each in trained}
    if len(sizes) > 1:
        raise SystemExit(f"imitators of one size at a time, got {sorted(sizes)}")
    began = time.perf_counter()
    people, each = (1, 1) if args.quick else (args.people, LOOKS)
    faces = chosen(args.portraits, people)
    with Renderer() as renderer:
        with progress() as bar:
            found = measure(bar, faces, trained, renderer, size=sizes.pop(), each=each)
        result = made_result(
            "imitator",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={"people": len(faces), "looks": len(found[0][1]), "iod": IOD, "step": STEP},
            figures=figures(found),
            tables=tables(found),
            series={},
        )
    publish(result, charts(found), args)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = options(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folders", type=Path, nargs="+", help="trained imitators")
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"held-out faces ({PEOPLE})")
    return parser.parse_args(arguments)


def chosen(portraits: Path | None, count: int) -> list[BaseFace]:
    """Returns held-out faces, as many of each skin tone; the wheels' where no others are."""
    folder = portraits_folder(portraits)
    if folder is None:
        with Tracker(max_faces=1) as tracker:
            found = [
                tracked(rgb, tracker, name=name, tone="", origin="photo")
                for name, rgb in wheel_pictures().items()
            ]
        return [face for faces in found for face in faces][:count]
    for _ in fill_faces(photo_rows(folder, split="heldout"), HELDOUT):
        pass
    faces = load_faces(HELDOUT)
    by_tone = [[face for face in faces if face.tone == tone] for tone in TONES]
    spread = [
        each[place]
        for each in by_tone
        for place in np.linspace(0, len(each) - 1, min(len(each), -(-count // len(TONES)))).astype(
            int
        )
    ]
    return spread[:count]


def measure(
    bar: Progress,
    people: Sequence[BaseFace],
    trained: Sequence[Trained],
    renderer: Renderer,
    *,
    size: int,
    each: int,
) -> Findings:
    """Returns every imitator with its trials, showing how far it is."""
    trials: list[list[Judged]] = [[] for _ in trained]
    task = bar.add_task("looks on faces", total=len(people) * each)
    random = np.random.default_rng(SEED)
    for face in unwrapped(people, renderer, size):
        for look in islice(looks(random), each):
            exact = Exact.of(face, look)
            for imitator, own in zip(trained, trials, strict=True):
                own.append(judged(exact, imitator))
            bar.advance(task)
    return list(zip(trained, trials, strict=True))


def looks(random: np.random.Generator) -> Iterator[Tensor]:
    """Yields looks (P,) for one face: one in which everything is worn, and one as in training."""
    drawn = set(ENTRIES)
    worn = random.uniform(*WORN, WIDTH).astype(np.float32)
    worn[[place for place in range(WIDTH) if place not in drawn]] = 0.0
    yield torch.from_numpy(worn)
    sampled = to_vector(sample_look(random))
    while not sampled[LIP_COVERAGE]:  # most numbers are mute in a nearly bare look
        sampled = to_vector(sample_look(random))
    yield torch.from_numpy(sampled)


if __name__ == "__main__":
    main()

"""A cache of random heads to learn from, another to test with, and clips to measure flicker.

`python -m prink.people.heads_data`
"""

import argparse
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from prink.people.assets import Assets, styles
from prink.people.heads import BALD
from prink.people.shot import Studio
from prink.portraits import shared_folder
from prink.processes import spread
from prink.whole_file import whole_file

__all__ = ["DRAWN", "cached_heads", "fill_heads", "main"]

PER_FILE: Final = 20  # heads
DRAWN: Final = 1500  # heads to train on
CLIP_FRAMES: Final = 90
TRAINING, TEST, CLIPS = 0, 1, 2  # first words of the seeds
HAIRED: Final = 7  # heads with hair to a bald one
Job = tuple[str, int, int, str]  # assets, kind, number, file


def fill_heads(
    assets: Path, folder: Path, *, count: int = DRAWN, workers: int
) -> Iterator[tuple[int, int]]:
    """Draws the training heads that a cache lacks; yields files done, and of how many.

    Args:
        assets: Folder that heads are made of.
        folder: The cache.
        count: Of the heads; as many are drawn as whole files take.
        workers: Processes that draw; 0 draws in this one.
    """
    files = -(-count // PER_FILE)
    yield from fill(assets, folder, kind=TRAINING, files=files, workers=workers)


def fill(
    assets: Path, folder: Path, *, kind: int, files: int, workers: int
) -> Iterator[tuple[int, int]]:
    """Draws the missing files of a kind; those for tests have other people and hair styles."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [folder / f"{number:04}.npz" for number in range(files)]
    missing = [(n, path) for n, path in enumerate(names) if not path.is_file()]
    jobs = [(str(assets), kind, number, str(path)) for number, path in missing]
    done = files - len(missing)
    yield done, files
    for _ in spread(draw, jobs, workers=workers):
        done += 1
        yield done, files


def draw(job: Job) -> None:
    """Writes one file of heads, or one clip."""
    assets, kind, number, file = job
    rng = np.random.default_rng((kind, number))
    if kind == CLIPS:
        order = (*styles(held_out=True), *styles(held_out=False))
        style = order[number % len(order)]
        place = studio(assets, held_out=True)
        shots = list(place.clip(rng, style=style, count=CLIP_FRAMES))
        stacks = {"frames": [each.rgb for each in shots], "masks": [each.hair for each in shots]}
    else:
        place = studio(assets, held_out=kind == TEST)
        shots = [place.crop(rng) for _ in range(PER_FILE)]
        stacks = {"crops": [each.rgb for each in shots], "hair": [each.hair for each in shots]}
        stacks["person"] = [each.person for each in shots]
    pictures = {name: np.stack(stack) for name, stack in stacks.items()}
    with whole_file(file, error=OSError) as part:
        np.savez_compressed(part, faces=np.stack([each.face for each in shots]), **pictures)


@cache
def studio(assets: str, *, held_out: bool) -> Studio:
    """Returns this process's studio for hair styles held out or not, some heads bald."""
    chosen = styles(held_out=held_out)
    return Studio(Assets(Path(assets)), (*chosen * (HAIRED // len(chosen)), BALD))


def cached_heads(folder: Path) -> dict[str, NDArray[Any]]:
    """Returns the stacks of all heads of a filled cache: `crops`, `hair`, `person` and `faces`.

    Of N heads, as `Shot` has each: (N, S, S, 3), twice (N, S, S), and (N, 3) float32.

    Raises:
        FileNotFoundError: The cache is empty.
    """
    files = sorted(path for path in folder.glob("*.npz") if ".part" not in path.name)
    if not files:
        raise FileNotFoundError(f"expected files of heads ({folder})")
    parts: dict[str, list[NDArray[Any]]] = {n: [] for n in ("crops", "hair", "person", "faces")}
    for path in files:
        with np.load(path) as found:
            for name, stack in parts.items():
                stack.append(found[name])
    return {name: np.concatenate(stack) for name, stack in parts.items()}


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    shared = shared_folder()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", type=Path, default=shared / "makehuman")
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--training", type=int, default=DRAWN // PER_FILE, help="files of 20 heads")
    parser.add_argument("--test", type=int, default=6, help="files of 20 heads")
    parser.add_argument("--clips", type=int, default=3, help="files of 90 frames")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(arguments)
    kinds = {"heads_cache": (TRAINING, args.training), "heads_test": (TEST, args.test)}
    kinds["heads_clips"] = (CLIPS, args.clips)
    with Progress() as bar:
        for name, (kind, files) in kinds.items():
            task = bar.add_task(name)
            folder = args.out / name
            filling = fill(args.makehuman, folder, kind=kind, files=files, workers=args.workers)
            for done, total in filling:
                bar.update(task, completed=done, total=total)


if __name__ == "__main__":
    main()

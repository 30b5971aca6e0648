"""A cache of random people with a class for every pixel.

`python -m prink.people.parsed_data`
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
from prink.people.parsed import People
from prink.people.shot import Studio
from prink.portraits import shared_folder
from prink.processes import spread
from prink.whole_file import whole_file

__all__ = ["cached_parsed", "fill_parsed", "main"]

PER_FILE: Final = 40  # people
DRAWN: Final = 8000
TRAINING, TEST = 10, 11  # first words of the seeds
HAIRED: Final = 8  # people with hair to a bald one
STACKS: Final = ("crops", "classes", "hair", "faces")
Job = tuple[str, int, int, str]  # assets, kind, number, file


def fill_parsed(
    makehuman: Path, folder: Path, *, count: int = DRAWN, workers: int, held_out: bool = False
) -> Iterator[tuple[int, int]]:
    """Draws the people that a cache lacks; yields files done, and of how many.

    Args:
        makehuman: Folder of assets that people are made of.
        folder: The cache.
        count: Of the people; as many are drawn as whole files take.
        workers: Processes that draw; 0 draws in this one.
        held_out: Draws other people, with the hair styles kept for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [folder / f"{number:04}.npz" for number in range(-(-count // PER_FILE))]
    kind = TEST if held_out else TRAINING
    missing = [(n, path) for n, path in enumerate(names) if not path.is_file()]
    done = len(names) - len(missing)
    yield done, len(names)
    jobs = [(str(makehuman), kind, number, str(path)) for number, path in missing]
    for _ in spread(draw, jobs, workers=workers):
        done += 1
        yield done, len(names)


def draw(job: Job) -> None:
    """Writes one file of people."""
    assets, kind, number, file = job
    rng = np.random.default_rng((kind, number))
    people = People(studio(assets, held_out=kind == TEST))
    shots = [people.crop(rng) for _ in range(PER_FILE)]
    stacks: dict[str, NDArray[Any]] = {
        "crops": np.stack([each.rgb for each in shots]),
        "classes": np.stack([each.classes for each in shots]),
        "hair": np.stack([each.hair for each in shots]),
        "faces": np.stack([each.face for each in shots]),
    }
    with whole_file(file, error=OSError) as part:
        np.savez_compressed(part, **stacks)


@cache
def studio(assets: str, *, held_out: bool) -> Studio:
    """Returns this process's studio for hair styles held out or not, some heads bald."""
    chosen = styles(held_out=held_out)
    return Studio(Assets(Path(assets)), (*chosen * max(HAIRED // len(chosen), 1), BALD))


def cached_parsed(folder: Path, *, files: int | None = None) -> dict[str, NDArray[Any]]:
    """Returns the stacks of a filled cache: `crops`, `classes`, `hair` and `faces`.

    Of N people: (N, S, S, 3), (N, S, S) numbers in `prink.parse.classes.CLASSES`, (N, S, S) how
    much is hair, all uint8, and (N, 3) float32: middle and size of the face in pixels.
    `files` reads no more than as many files.

    Raises:
        FileNotFoundError: The cache is empty.
    """
    found = sorted(path for path in folder.glob("*.npz") if ".part" not in path.name)[:files]
    if not found:
        raise FileNotFoundError(f"expected files of people ({folder})")
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in STACKS}
    for path in found:
        with np.load(path) as stacks:
            for name, stack in parts.items():
                stack.append(stacks[name])
    return {name: np.concatenate(stack) for name, stack in parts.items()}


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", type=Path, default=shared_folder() / "makehuman")
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--training", type=int, default=DRAWN, help="people to train on")
    parser.add_argument("--test", type=int, default=400, help="people to test with")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(arguments)
    with Progress() as bar:
        for name, count in (("parsed_cache", args.training), ("parsed_test", args.test)):
            task = bar.add_task(name)
            filling = fill_parsed(
                args.makehuman,
                args.out / name,
                count=count,
                workers=args.workers,
                held_out=name == "parsed_test",
            )
            for done, total in filling:
                bar.update(task, completed=done, total=total)


if __name__ == "__main__":
    main()

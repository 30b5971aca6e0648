"""Fits the constants of `prink.reading`, writes them, and prints how well looks are read then.

Portraits without makeup are tracked; models of bare lips, lids and skin are fitted on those of the
training split (`prink/reading/bare.py`); random looks are drawn on them and read, and from what
comes back follows how far to believe a fit (`prink/reading/trust.py`). The held-out split is only
used for the figures that are printed. Seeds are fixed: the same portraits and the same versions of
everything give the same constants.

python -m benchmarks.reading_fit [--portraits DIR] [--share 0.1] [--only-judge]
"""

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from benchmarks.contract.report import printed, progress
from benchmarks.contract.result import Table
from benchmarks.reading_fit.bare_fit import fit_bare
from benchmarks.reading_fit.calibration import calibrate
from benchmarks.reading_fit.evaluation import judge_heldout, tables
from benchmarks.reading_fit.faces import Faces, chosen, find_faces
from benchmarks.reading_fit.renders import freshly, numbered, samples_of
from benchmarks.reading_fit.writing import write_bare, write_trust
from prink.portraits import portraits_folder

__all__ = ["main"]

SEED = 11  # of the rendered looks


def main(arguments: list[str] | None = None) -> None:
    """Runs the fit and prints the held-out figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--share", type=float, default=1.0, help="share of the portraits to use")
    parser.add_argument("--only-judge", action="store_true", help="leave the constants as they are")
    args = parser.parse_args(arguments)
    folder = portraits_folder(args.portraits)
    if folder is None:
        parser.error("no portraits.csv; name its folder with --portraits")
    with progress() as bar:
        rows = chosen(folder, share=args.share)
        if args.only_judge:
            rows = [row for row in rows if row.split == "heldout"]
        faces = find_faces(rows, tick=ticking(bar, "tracking", len(rows)))
        written = [] if args.only_judge else fit(bar, faces)
        people = faces.heldout
        trials = judge_heldout(people, tick=ticking(bar, "judging", len(people)))
    show(tables(trials), written)


def fit(bar: Progress, faces: Faces) -> list[Path]:
    """Fits and writes the constants; returns the files."""
    people = faces.training
    model = fit_bare(people, faces.glasses, tick=ticking(bar, "bare faces", len(people)))
    first = write_bare(model)
    tick = ticking(bar, "rendered looks", len(people))
    found = freshly(samples_of, numbered(people, seed=SEED), tick=tick)
    trust = calibrate([sample for samples in found for sample in samples])
    return [first, write_trust(trust)]


def show(found: Mapping[str, Table], written: Sequence[Path]) -> None:
    """Prints the tables and which files were written."""
    console = Console()
    if not console.is_terminal:  # a log file has no width of its own
        console = Console(width=140)
    for name, table in found.items():
        console.print(printed(name, table))
    for path in written:
        console.print(f"wrote {path}", highlight=False)


def ticking(bar: Progress, words: str, total: int) -> partial[None]:
    return partial(bar.advance, bar.add_task(words, total=total))


if __name__ == "__main__":
    main()

"""`prink read --refine`: from what was read, analysis by synthesis through the renderer's twin."""

import argparse
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from prink.arrays import Bytes
from prink.cli.loading import load
from prink.cli.say import note, progress_bar
from prink.errors import PrinkError
from prink.params import Look

if TYPE_CHECKING:
    from prink.face import Face

__all__ = ["add_refine", "check_refine", "refined"]

STEPS: Final = 150


class RefineError(PrinkError, RuntimeError):
    """A look cannot be refined on this machine, told in one plain sentence."""


def add_refine(parser: argparse.ArgumentParser) -> None:
    """Adds `--refine [STEPS]`, which is 0 where it is not given."""
    parser.add_argument(
        "--refine",
        metavar="STEPS",
        nargs="?",
        type=steps,
        const=STEPS,
        default=0,
        help=f"fit what was read to the photo through the differentiable renderer, {STEPS} steps "
        "by default; needs the learn extra (torch)",
    )


def steps(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of steps (a bare --refine goes after the photo)"
        ) from None
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least 1 step is needed, got {number}")
    return number


def check_refine() -> None:
    """Raises a `RefineError` that says how to get torch, if it is not here."""
    if find_spec("torch") is None:
        raise RefineError(
            "--refine needs torch; in the checkout of prink: "
            "pip install -c constraints.txt '.[learn]'"
        )


def refined(rgb: "Bytes", face: "Face", look: Look, *, steps: int) -> Look:
    """Returns the look fitted to the photo (H, W, 3), sRGB.

    Says on stderr how far off it was before and after.
    """
    load("torch", "prink.refine.analysis")
    from prink.refine.analysis import refine

    with progress_bar("steps") as bar:
        task = bar.add_task("refining", total=steps)
        found = refine(rgb, face, look, steps=steps, tick=lambda: bar.advance(task))
    note(outcome(found.before, found.after, steps=steps))
    return found.look


def outcome(before: float, after: float, *, steps: int) -> str:
    """Returns what to say of errors that are both told over the best bare face."""
    if after >= before:
        return f"refined in {steps} steps: error {before:.4g}, and no look nearby does better"
    return f"refined in {steps} steps: error {before:.4g} before, {after:.4g} after"

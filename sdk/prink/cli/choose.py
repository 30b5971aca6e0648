"""What the arguments name: a look, a kind of file, an output that is safe to write."""

import argparse
import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from prink.params import HAIR, Look, LookError, edit, load_look, with_hair
from prink.params.looks import LOOKS

__all__ = [
    "COLOUR_FORMS",
    "UsageError",
    "add_hair",
    "add_reading",
    "add_set",
    "check_apart",
    "check_hair",
    "is_video",
    "look_named",
    "sheet_path",
    "with_edits",
    "with_sets",
]

VIDEO_SUFFIXES = {
    ".mp4",
    ".m4v",
    ".mov",
    ".mkv",
    ".webm",
    ".avi",
    ".mpg",
    ".mpeg",
    ".ts",
    ".3gp",
    ".wmv",
}
COLOUR_FORMS = (
    "a colour is #rrggbb (keeps the coverage, or sets it to 1 where it was 0), #rrggbbaa, "
    "or one part of it, such as lips.color.a=0.5"
)
READERS = ("encoder", "measured")  # as `prink.reading` has them, which is slow to load
NAMED = {**LOOKS, **HAIR}
PHOTO_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"hevc"}


class UsageError(Exception):
    """Arguments that do not make sense; ends the program with code 2."""


def look_named(text: str) -> Look:
    """Returns the look or hair colour of that name, or the look in that file.

    Raises:
        UsageError: if it is neither a known name nor a file.
        LookError: if the file is no valid look.
    """
    if text in NAMED:
        return NAMED[text]
    if Path(text).is_file() or Path(text).suffix.lower() == ".json":
        return load_look(text)
    raise UsageError(f"no look is called {text!r} and there is no such file{hint(text)}")


def hint(text: str) -> str:
    close = get_close_matches(text.lower().replace("-", "_"), NAMED, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; looks: {', '.join(LOOKS)}"


def add_hair(parser: argparse.ArgumentParser) -> None:
    """Adds `--hair`, which `with_edits` reads."""
    parser.add_argument(
        "--hair", metavar="NAME", help="colour the hair, too: a name that `prink looks` lists"
    )


def add_set(parser: argparse.ArgumentParser) -> None:
    """Adds `--set`, which `with_edits` reads."""
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="change one parameter of the look, such as lips.gloss=0.8 or lips.color=#aa2030; "
        f"{COLOUR_FORMS}; may be given again (`prink looks --parameters` lists names and ranges)",
    )


def add_reading(parser: argparse.ArgumentParser, *, only: str = "") -> None:
    """Adds `--by` and `--force`, which `prink.cli.read.read_photo` takes."""
    parser.add_argument(
        "--by",
        metavar="HOW",
        type=reader,
        help=f"{only}how to read the look: encoder (a trained network), measured (colours fitted "
        "region by region), or the .onnx file of an encoder of your own (default: encoder, or "
        "measured where no encoder came with prink)",
    )
    parser.add_argument("--force", action="store_true", help=f"{only}read a poor photo, too")


def reader(text: str) -> str:
    if text in READERS or text.lower().endswith(".onnx"):
        return text
    raise argparse.ArgumentTypeError(
        f"{text!r} is no way to read; known: {', '.join(READERS)}, or an .onnx file"
    )


def check_hair(name: str | None) -> None:
    """Raises a `UsageError` if `--hair` was given and names nothing."""
    try:
        if name:
            with_hair(Look(), name)
    except LookError as error:
        raise UsageError(f"--hair: {error}") from None


def with_edits(look: Look, args: argparse.Namespace) -> Look:
    """Returns the look with the hair of `--hair`, then after all `--set` edits.

    Raises:
        UsageError: if one names nothing or its value is out of range.
    """
    check_hair(args.hair)
    return with_sets(with_hair(look, args.hair) if args.hair else look, args)


def with_sets(look: Look, args: argparse.Namespace) -> Look:
    """Returns the look after all `--set` edits.

    Raises:
        UsageError: if one names nothing or its value is out of range.
    """
    try:
        return edit(look, *args.set) if args.set else look
    except LookError as error:
        raise UsageError(f"--set: {error}") from None


def is_video(path: Path) -> bool:
    """Returns whether a file is a video, by its first bytes or else by its suffix."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        head = b""  # whoever reads it says why it cannot be read
    if head[4:8] == b"ftyp":
        return head[8:12] not in PHOTO_BRANDS
    if head[:4] == b"\x1a\x45\xdf\xa3" or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return True
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*", b"BM")):
        return False
    return path.suffix.lower() in VIDEO_SUFFIXES


def check_apart(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Raises a `UsageError` if an output is one of the inputs, which are never overwritten."""
    for output in outputs:
        if any(same_file(output, source) for source in inputs):
            raise UsageError(
                f"this would overwrite an input; give another name after -o ({output})"
            )


def same_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one is not there, so nothing is overwritten
        return False


def sheet_path(output: Path) -> Path:
    """Returns where the sheet of an output goes: beside it, as NAME_sheet.png."""
    return output.with_name(f"{output.stem}_sheet.png")

"""What the commands tell beside their results."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from prink.amount import applied

if TYPE_CHECKING:
    from rich.progress import Progress

    from prink.photo import Photo
    from prink.reading import Reading

__all__ = ["note", "progress_bar", "tell_pictures", "tell_reading", "wrote"]


def note(text: str) -> None:
    """Prints a sentence on stderr, so that what goes to stdout stays clean."""
    print(f"prink: {text}", file=sys.stderr)


def wrote(path: Path, *, to_stderr: bool = False) -> None:
    """Says that a file is complete; on stderr where stdout carries a result."""
    print(f"wrote {path}", file=sys.stderr if to_stderr else sys.stdout)


def tell_pictures(photo: "Photo", path: Path) -> None:
    """Says which picture of an animation or of many pages is used."""
    if photo.pictures > 1:
        note(f"only the first of {photo.pictures} pictures is used ({path})")


def tell_reading(reading: "Reading", path: Path) -> None:
    """Says which products were found on a photo, and how sure each group is."""
    products = list(dict.fromkeys(parameter.group for parameter in applied(reading.look)))
    if not products:
        note(f"no makeup was found, so the look draws nothing ({path})")
    elif products == ["hair"]:
        note(f"no makeup was found, only the colour of the hair ({path})")
    else:
        print(f"found: {', '.join(products)}", file=sys.stderr)
    parts = [f"{group} {100 * value:.0f}%" for group, value in reading.confidence.items()]
    print(f"confidence: {', '.join(parts)}", file=sys.stderr)


@contextmanager
def progress_bar(unit: str) -> "Iterator[Progress]":
    """Yields a bar that counts a unit, with time left; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{unit}, left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield bar

"""What the commands tell beside their results."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from prink.amount import applied

if TYPE_CHECKING:
    from prink.photo import Photo
    from prink.reading import Reading

__all__ = ["note", "tell_pictures", "tell_reading", "wrote"]


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

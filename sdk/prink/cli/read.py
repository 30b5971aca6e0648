"""`prink read`: a look off a photo."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from prink.cli.choose import UsageError, check_apart, sheet_path
from prink.cli.loading import load
from prink.cli.looks import swatches
from prink.cli.say import tell_pictures, tell_reading, wrote
from prink.params import Look, LookError, dump_look, save_look
from prink.whole_file import check_output, check_suffix

if TYPE_CHECKING:
    from prink.face import Face
    from prink.photo import Photo
    from prink.reading import Reading

__all__ = ["add_parser", "read_photo"]

EPILOG = """\
examples:
  prink read star.jpg                        (the look as JSON)
  prink read star.jpg -o star.json --sheet   (and star_sheet.png: face and colours)
  prink try me.jpg --look star.json -o me_as_star.jpg
"""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "read",
        parents=[shared],
        help="read the look off a photo",
        description="Measures makeup and hair colour and writes them as a look file.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("photo", metavar="PHOTO", type=Path)
    parser.add_argument("-o", "--output", metavar="LOOK.json", type=Path, help="default: print it")
    parser.add_argument(
        "--sheet",
        action="store_true",
        help="also write ..._sheet.png with the face and its colours",
    )
    parser.add_argument("--force", action="store_true", help="read a poor photo, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    load("prink.photo")
    check_files(args)
    photo, face, reading = read_photo(args.photo, force=args.force)
    if args.output is None:
        print(dump_look(reading.look), end="")
    else:
        save_look(reading.look, args.output)
        wrote(args.output)
    if args.sheet:
        sheet = sheet_path(args.output or args.photo)
        write_sheet(photo, face, reading.look, sheet)
        wrote(sheet, to_stderr=args.output is None)
    return 0


def check_files(args: argparse.Namespace) -> None:
    """Makes sure that the outputs can be written before any work is done."""
    from prink.photo import check_photo_output

    if args.output is not None:
        check_suffix(args.output, (".json",), what="a look", error=UsageError)
        check_apart([args.output], [args.photo])
        check_output(args.output, error=LookError)
    if args.sheet:
        sheet = sheet_path(args.output or args.photo)
        check_apart([sheet], [args.photo])
        check_photo_output(sheet)


def read_photo(path: Path, *, force: bool) -> "tuple[Photo, Face, Reading]":
    """Returns a photo, its largest face and the look on it; says what was found on stderr.

    Raises:
        FaceError: if there is no face, or it cannot be read well and `force` is not set.
    """
    load("mediapipe", "prink.reading")
    from prink.face import FaceError, Tracker
    from prink.photo import load_photo

    photo = load_photo(path)
    tell_pictures(photo, path)
    with Tracker() as tracker:
        faces = tracker.track(photo.rgb)
    if not faces:
        raise FaceError(f"no face found to read a look from ({path})")
    from prink.reading import read_look

    reading = read_look(photo.rgb, face=faces[0])
    if reading.reasons and not force:
        reasons = "; ".join(reading.reasons)
        raise FaceError(f"cannot read the look well: {reasons}; --force reads it anyway ({path})")
    tell_reading(reading, path)
    return photo, faces[0], reading


def write_sheet(photo: "Photo", face: "Face", look: Look, path: Path) -> None:
    """Writes the face beside a card of the colours that were read."""
    from prink.photo import save_photo
    from prink.sheet import Strip, colour_card, contact_sheet, head_box

    left, top, right, bottom = head_box(face.points, photo.rgb.shape)
    head = photo.rgb[top:bottom, left:right]
    card = colour_card(swatches(look))
    save_photo(contact_sheet([Strip([("photo", head), ("read", card)])], side=640), path)

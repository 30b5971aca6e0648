"""`prink read`: a look off a photo."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from prink.cli.choose import UsageError, add_reading, check_apart, sheet_path
from prink.cli.loading import load
from prink.cli.read_sheet import write_sheet
from prink.cli.refine import add_refine, check_refine, refined
from prink.cli.say import tell_pictures, tell_reading, wrote
from prink.params import LookError, dump_look, save_look
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
  prink read star.jpg -o star.json --on me.jpg   (the sheet also shows the look on me)
  prink read star.jpg --refine -o star.json  (slower and nearer; needs torch)
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
        description="Reads makeup and hair colour and writes them as a look file.",
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
    parser.add_argument(
        "--on",
        metavar="PHOTO",
        type=Path,
        help="show the look on this person, too; implies --sheet",
    )
    add_refine(parser)
    add_reading(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    load("prink.photo")
    check_files(args)
    if args.refine:
        check_refine()
    photo, face, reading = read_photo(args.photo, by=args.by, force=args.force)
    look = reading.look
    if args.refine:
        look = refined(photo.rgb, face, look, steps=args.refine)
    if args.output is None:
        print(dump_look(look), end="")
    else:
        save_look(look, args.output)
        wrote(args.output)
    if sheet := wanted_sheet(args):
        write_sheet(photo, face, look, sheet, wearer=args.on)
        wrote(sheet, to_stderr=args.output is None)
    return 0


def wanted_sheet(args: argparse.Namespace) -> Path | None:
    wanted = args.sheet or args.on is not None
    return sheet_path(args.output or args.photo) if wanted else None


def check_files(args: argparse.Namespace) -> None:
    """Makes sure that the outputs can be written before any work is done."""
    from prink.photo import check_photo_output

    inputs = [path for path in (args.photo, args.on) if path is not None]
    if args.output is not None:
        check_suffix(args.output, (".json",), what="a look", error=UsageError)
        check_apart([args.output], inputs)
        check_output(args.output, error=LookError)
    if sheet := wanted_sheet(args):
        check_apart([sheet], inputs)
        check_photo_output(sheet)
    if args.on is not None and not args.on.is_file():
        raise UsageError(f"there is no photo to show the look on ({args.on})")


def read_photo(
    path: Path, *, by: str | None = None, force: bool = False
) -> "tuple[Photo, Face, Reading]":
    """Returns a photo, its largest face and the look on it; says what was found on stderr.

    Args:
        path: The photo.
        by: How to read it, as `prink.reading.read_look` has it, or the file of an encoder.
        force: Read a poor photo, too.

    Raises:
        FaceError: if there is no face, or it cannot be read well and `force` is not set.
        ReadingError: if the encoder is not there or unusable.
    """
    load("mediapipe", "prink.reading")
    from prink.face import FaceError, Tracker
    from prink.photo import load_photo
    from prink.reading import READERS, Encoder, choose_reader, read_look

    reader = by if by is None or by in READERS else Encoder(by)
    choose_reader(reader)  # an encoder that cannot be used is told before any work
    photo = load_photo(path)
    tell_pictures(photo, path)
    with Tracker() as tracker:
        faces = tracker.track(photo.rgb)
    if not faces:
        raise FaceError(f"no face found to read a look from ({path})")
    reading = read_look(photo.rgb, face=faces[0], by=reader)
    if reading.reasons and not force:
        reasons = "; ".join(reading.reasons)
        raise FaceError(f"cannot read the look well: {reasons}; --force reads it anyway ({path})")
    tell_reading(reading, path)
    return photo, faces[0], reading

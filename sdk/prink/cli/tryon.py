"""`prink try`: a look on a photo or video."""

import argparse
from dataclasses import replace
from pathlib import Path

from prink.amount import applied
from prink.cli.choose import (
    UsageError,
    add_hair,
    add_reading,
    add_set,
    check_apart,
    is_video,
    look_named,
    sheet_path,
    with_edits,
)
from prink.cli.loading import load
from prink.cli.say import note, progress_bar, tell_pictures, wrote
from prink.params import Look
from prink.params.looks import LOOKS
from prink.params.schema import Hair
from prink.whole_file import check_suffix

__all__ = ["add_parser"]

EPILOG = """\
The suffix of OUT picks the format: .jpg .png .webp .heic .tif for photos, .mp4 .mov .mkv .webm for
videos. A video keeps its sound, its time stamps and the way up, and HDR stays HDR; what cannot be
kept is said in a line. A photo keeps the date and camera of its EXIF but not the place (GPS) and
maker notes: photos of people are personal data. An existing OUT is replaced once the new one is
complete; inputs are never overwritten.

examples:
  prink try me.jpg --look classic_red -o me_red.jpg
  prink try me.heic --look my_look.json --set blush.color.a=0.2 -o me.png
  prink try me.jpg --from star.jpg -o me_as_star.jpg --sheet
  prink try me.jpg --from star.jpg --with-hair -o me_as_star.jpg
  prink try me.jpg --set lips.color=#8a1030 -o plum.jpg
  prink try me.jpg --look nude_office --hair balayage -o office.jpg
"""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "try",
        parents=[shared],
        help="put a look on a photo or video",
        description="Draws a look on every face of a photo or video.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("input", metavar="INPUT", type=Path, help="photo or video file")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--look", metavar="NAME|FILE", help="a look's name (`prink looks`) or file")
    source.add_argument(
        "--from",
        dest="photo",
        metavar="PHOTO",
        type=Path,
        help="take the look off this photo; the hair keeps its colour",
    )
    parser.add_argument(
        "--with-hair", action="store_true", help="with --from: take the hair colour, too"
    )
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True)
    add_hair(parser)
    add_set(parser)
    parser.add_argument(
        "--sheet", action="store_true", help="also write OUT_sheet.png with before and after"
    )
    add_reading(parser, only="with --from: ")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    load("prink.photo", "prink.video")
    video = is_video(args.input)
    check_files(args, video=video)
    look = wanted_look(args)
    load("mediapipe", "prink.tryon", "prink.sheet")
    return try_video(args, look) if video else try_photo(args, look)


def check_files(args: argparse.Namespace, *, video: bool) -> None:
    """Makes sure that the outputs can be written before any work is done."""
    from prink.photo import PHOTO_SUFFIXES, check_photo_output
    from prink.video import VIDEO_SUFFIXES, check_video_output

    outputs = [args.output, *([sheet_path(args.output)] if args.sheet else [])]
    inputs = [args.input, args.photo, Path(args.look) if args.look else None]
    check_apart(outputs, [path for path in inputs if path is not None])
    if video:
        check_suffix(args.output, VIDEO_SUFFIXES, what="a video", error=UsageError)
        check_video_output(args.output)
    else:
        check_suffix(args.output, PHOTO_SUFFIXES, what="a photo", error=UsageError)
        check_photo_output(args.output)
    for sheet in outputs[1:]:
        check_photo_output(sheet)


def wanted_look(args: argparse.Namespace) -> Look:
    if args.look is not None:
        look = look_named(args.look)
    elif args.photo is not None:
        look = look_of_photo(args.photo, args)
    elif args.set or args.hair:
        look = Look()
    else:
        raise UsageError(f"which look? add --look NAME, one of: {', '.join(LOOKS)}")
    look = with_edits(look, args)
    if args.with_hair and args.photo is None:
        raise UsageError("--with-hair takes the hair colour of a photo: add --from PHOTO")
    if args.photo is None and not applied(look):
        note(
            "the look draws nothing: no product has coverage; "
            "add --look NAME, --hair NAME, or a colour such as --set lips.color=#aa2030"
        )
    return look


def look_of_photo(path: Path, args: argparse.Namespace) -> Look:
    """Returns the look read off a photo of someone else, with its hair only where that is asked."""
    from prink.cli.read import read_photo
    from prink.hair import colors_hair

    _, _, reading = read_photo(path, by=args.by, force=args.force)
    if args.with_hair:
        return reading.look
    if colors_hair(reading.look):
        note("the hair keeps its colour; --with-hair takes it off the photo, too")
    return replace(reading.look, hair=Hair())


def try_photo(args: argparse.Namespace, look: Look) -> int:
    from prink.face import FaceError, judge
    from prink.photo import load_photo, save_photo
    from prink.reading.head import see_head
    from prink.sheet import Strip, contact_sheet, head_box
    from prink.tryon import TryOn

    photo = load_photo(args.input)
    tell_pictures(photo, args.input)
    with TryOn() as session:
        try:
            faces = session.find(photo.rgb)
        except FaceError as error:
            raise FaceError(f"{error} ({args.input})") from None
        made = session.draw(photo, look, faces=faces)
    save_photo(made, args.output)
    wrote(args.output)
    if reasons := judge(photo.rgb, see_head(photo.rgb, faces[0]).face).reasons:
        note(f"the result may be poor: {'; '.join(reasons)}")
    if args.sheet:
        name = args.look or (args.photo.name if args.photo else "own")
        strips = [
            Strip(
                [("before", photo.rgb), (f"after: {name}", made.rgb)],
                head_box(face.points, photo.rgb.shape),
            )
            for face in faces
        ]
        save_photo(contact_sheet(strips, side=640), sheet_path(args.output))
        wrote(sheet_path(args.output))
    return 0


def try_video(args: argparse.Namespace, look: Look) -> int:
    from prink.video import try_on_video

    with progress_bar("frames") as bar:
        task = bar.add_task(args.input.name, total=None)
        report = try_on_video(
            args.input,
            look,
            args.output,
            progress=lambda done, total: bar.update(
                task, completed=done, total=max(total, done) if total else None
            ),
        )
    wrote(args.output)
    for warning in report.warnings:
        note(warning)
    if report.with_face < 0.95 * report.frames:  # tracking needs a frame or two to be sure
        shown = f"{report.with_face} of {report.frames} frames show a face"
        note(f"{shown}; the others passed unchanged")
    if args.sheet:
        write_video_sheet(args)
    return 0


def write_video_sheet(args: argparse.Namespace, *, rows: int = 4) -> None:
    """Writes evenly spaced frames of the video, before beside after."""
    from prink.photo import save_photo
    from prink.sheet import Strip, contact_sheet
    from prink.video import VideoReader

    strips: list[Strip] = []
    with VideoReader(args.input) as before, VideoReader(args.output) as after:
        step = max(1, (before.info.frames or 100) // rows)
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            if number % step == step // 2 and len(strips) < rows:
                caption = f"{one.time:.1f} s, "
                strips.append(
                    Strip([(caption + "before", one.rgb), (caption + "after", other.rgb)])
                )
    save_photo(contact_sheet(strips, side=480), sheet_path(args.output))
    wrote(sheet_path(args.output))

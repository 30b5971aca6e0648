"""`prink live`: the camera's picture, or a video, in a window."""

import argparse
from pathlib import Path

from prink.cli.choose import add_hair, add_set, check_hair, look_named, with_sets
from prink.cli.loading import load
from prink.params.looks import LOOKS

__all__ = ["add_parser"]

START = "classic_red"  # shows at a glance that it works

EPILOG = """\
keys:
  left, right   change the look
  up, down      more or less of it
  c             change the hair colour
  space         before, after
  h             show or hide the frame times
  s             save the picture into the current folder
  q, escape     quit

examples:
  prink live
  prink live --look classic_red --camera 1
  prink live --input clip.mp4
"""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "live",
        parents=[shared],
        help="try looks in a window, on the camera or a video",
        description="Shows the camera's picture, or a video in a loop, with a look drawn on it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--camera", metavar="N", type=int, default=0, help="camera (default 0)")
    source.add_argument("--input", metavar="FILE", type=Path, help="play this video instead")
    parser.add_argument("--look", metavar="NAME|FILE", help="look to start with")
    add_hair(parser)
    add_set(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    looks = dict(LOOKS)
    start = args.look or START
    check_hair(args.hair)
    # The hair lies over every look and the key takes it off again, so it is not put into this one.
    looks[start] = with_sets(look_named(start), args)
    load("prink.live", "mediapipe")
    from prink.live import Camera, VideoLoop, show
    from prink.video import VideoReader

    if args.input is not None:
        VideoReader(args.input).close()  # says what is wrong with it before any window opens
    source = Camera(args.camera) if args.input is None else VideoLoop(args.input)
    show(source, looks, start=start, hair=args.hair or "")
    return 0

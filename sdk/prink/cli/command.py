"""The commands: reads the arguments, runs one command and tells how it ended.

Each command imports what it needs when it runs, so that help is instant.
"""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType

import prink
from prink.cli import doctor, live, looks, read, tryon
from prink.cli.choose import UsageError

__all__ = ["run"]

EPILOG = """\
examples:
  prink try me.jpg --look classic_red -o me_red.jpg
  prink try clip.mp4 --look smoky_eye --set lips.gloss=0.8 -o clip_smoky.mp4
  prink try me.jpg --from star.jpg -o me_as_star.jpg --sheet
  prink read star.jpg -o star.json
  prink live

Nothing leaves this machine: prink has no network code.
"""


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="prink",
        description="Puts makeup looks on faces in photos, videos and the camera's picture.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"prink {prink.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--debug", action="store_true", help="show the trace of an error")
    for command in (tryon, read, looks, live, doctor):
        command.add_parser(commands, shared)
    return parser


def run(arguments: Sequence[str] | None) -> int:
    """Runs the command line; returns 0, 1 for a failure or 2 for wrong usage."""
    args = make_parser().parse_args(arguments)
    for number in endings():
        signal.signal(number, leave)
    try:
        code: int = args.run(args)
        if sys.stdout is not None:  # None where it was closed before the start
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, say `head`, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        left = "; no file is left half written" if "output" in args else ""
        print(f"prink {args.command}: stopped{left}", file=sys.stderr)
        return 130
    except Exception as error:
        return told(error, args)
    return code


def endings() -> list[signal.Signals]:
    """Returns the signals that end a program, less those that `nohup` or a shell shut off."""
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGQUIT")]
    return [each for each in known if each and signal.getsignal(each) != signal.SIG_IGN]


def leave(number: int, frame: FrameType | None) -> None:
    """Ends the program through the stack, so that half-written files are removed."""
    for other in endings():  # a closing terminal sends more than one
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def told(error: Exception, args: argparse.Namespace) -> int:
    """Prints one sentence about an error and returns the exit code."""
    if args.debug:
        traceback.print_exception(error)
    usage = isinstance(error, UsageError)
    if usage or type(error).__module__.startswith("prink."):
        sentence = " ".join(str(error).split())
    else:
        kind = type(error).__name__
        sentence = f"unexpected {kind}: {' '.join(str(error).split())} (--debug shows where)"
    print(f"prink {args.command}: {sentence}", file=sys.stderr)
    return 2 if usage else 1

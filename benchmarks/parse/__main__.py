"""Parsing: what is painted of lips, eyes and hair, and what is painted that should not be.

python -m benchmarks.parse [--portraits DIR] [--makehuman DIR] [--before CHECKOUT] [--quick]

Heads that were outlined by hand are drawn with pure colours, by this prink and, beside it, by that
of another checkout; so are clips of which it is known what every frame shows.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.progress import Progress

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.people import track_all, wheel_pictures
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.parse.clips import FPS, Known, dimmed, still, two_people, wiped
from benchmarks.parse.figures import HeadScore, aims, group_table, paint_table
from benchmarks.parse.hand import rendered_hand
from benchmarks.parse.heads import Head, drawn_heads, outlined_heads, write_job
from benchmarks.parse.score import Scored, score_head
from benchmarks.parse.stream_figures import stream_figures
from benchmarks.parse.streams import STREAM_LOOKS, Streamed, score_clips
from benchmarks.parse.versions import run_with
from prink.face import Tracker
from prink.portraits import portraits_folder, shared_folder
from prink.render import Renderer

__all__ = ["main"]

FRAMES: Final = 90
Ticking = Callable[[str, int], Callable[[], None]]


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    args = parse(arguments)
    began = time.perf_counter()
    with progress() as bar, tempfile.TemporaryDirectory() as place:
        heads, now, before = measured(bar, args, Path(place))
    with Renderer() as renderer:
        result = made_result(
            "parse",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={"heads": len(heads), "before": before is not None},
            figures=[*aims(heads), *stream_figures(now, before)],
            tables={
                "lips and hair by kind and tone": group_table(heads),
                "what must be left alone": paint_table(heads),
            },
            series={},
        )
    publish(result, charts(result.figures), args)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--makehuman", type=Path, help="folder that the wiping hand is made of")
    told = "root of another checkout of prink that is measured beside this one"
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help=told)
    parser.add_argument("--limit", type=int, help="outlined heads at most")
    parser.add_argument("--frames", type=int, default=FRAMES, help=f"of a clip ({FRAMES})")
    args = parser.parse_args(arguments)
    if args.before and not (args.before / "sdk" / "prink").is_dir():
        parser.error(f"--before {args.before}: expected the root of a checkout with sdk/prink")
    return args


def measured(
    bar: Progress, args: argparse.Namespace, place: Path
) -> tuple[list[HeadScore], Streamed, Streamed | None]:
    """Returns the scores of all heads, and what the clips show now and before."""

    def ticking(words: str, total: int) -> Callable[[], None]:
        task = bar.add_task(words, total=total)
        return lambda: bar.advance(task)

    folder = portraits_folder(args.portraits)
    limit, frames = (4, 24) if args.quick else (args.limit, args.frames)
    heads = outlined_heads(folder, limit=limit) if folder else []
    clips = known_clips(args.makehuman or shared_folder() / "makehuman", frames)
    versions: dict[str, Path | None] = {"now": None}
    if args.before:
        versions["before"] = args.before.resolve()
    scores: dict[str, list[Scored]] = {}
    streams: dict[str, Streamed] = {}
    for name, checkout in versions.items():
        scores[name] = score_heads(heads, place / name, checkout, name, ticking)
        streams[name] = score_streams(clips, place / f"clips_{name}", checkout, name, ticking)
    before: Sequence[Scored | None] = scores.get("before", [None] * len(heads))
    told = [
        HeadScore(head.name, head.kinds, head.tone, now, then)
        for head, now, then in zip(heads, scores["now"], before, strict=True)
    ]
    return told, streams["now"], streams.get("before")


def score_heads(
    heads: Sequence[Head], job: Path, checkout: Path | None, name: str, ticking: Ticking
) -> list[Scored]:
    """Returns the scores of the heads as a version draws them."""
    write_job(heads, job)
    tick = ticking(f"outlined heads, {name}", len(heads))
    run_with(checkout, "draw.py", [str(job)], tick=tick)
    found = drawn_heads(heads, job)
    return [score_head(drawn, head.classes) for head, drawn in zip(heads, found, strict=True)]


def known_clips(makehuman: Path, frames: int) -> dict[str, Known]:
    """Returns the clips; that of the hand only where there is a folder to make one of."""
    with Tracker(max_faces=1) as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        one, other = track_all(pictures, tracker)
    clips = {
        "still": still(dimmed(one), count=frames),
        "two": two_people((one, other), count=frames),
    }
    if makehuman.is_dir():
        clips["wiped"] = wiped(one, rendered_hand(makehuman), count=frames)
    return clips


def score_streams(
    clips: Mapping[str, Known], job: Path, checkout: Path | None, name: str, ticking: Ticking
) -> Streamed:
    """Returns what the clips show as a version draws them."""
    looks = {look: list(settings) for look, settings in STREAM_LOOKS.items()}
    for clip, known in clips.items():
        (job / clip).mkdir(parents=True)
        np.save(job / clip / "frames.npy", known.frames)
    text = json.dumps({"looks": looks, "clips": dict.fromkeys(clips, FPS)})
    (job / "job.json").write_text(text, encoding="utf-8")
    total = sum(len(known.frames) for known in clips.values()) * len(looks)
    run_with(checkout, "stream_draw.py", [str(job)], tick=ticking(f"clips, {name}", total))
    drawn = {(c, look): np.load(job / c / f"{look}.npy") for c in clips for look in looks}
    return score_clips(clips, drawn, frame_ms(job / "still" / "times.json"))


def frame_ms(path: Path) -> dict[str, float]:
    """Returns the median CPU milliseconds of finding and drawing a frame, by look."""
    times: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {
        look: float(np.median(np.add(stages["find"], stages["draw"])))
        for look, stages in times.items()
    }


def charts(figures: Sequence[Figure]) -> list[Panel]:
    """Returns the panels of the chart."""
    known = {figure.id: figure for figure in figures}

    def panel(title: str, ids: Sequence[str], target: float | None = None) -> Panel:
        values = {known[each].label: known[each].value for each in ids if each in known}
        return bars(title, values, "", target=target)

    return [
        panel("Agreement with outlines", ("lips_iou", "hair_iou", "hair_iou_worst"), 0.85),
        panel("Painted that should not be", ("headwear_dyed", "hands_painted", "bare_band"), 0.03),
    ]


if __name__ == "__main__":
    main()

"""What a hair mask costs: prink's own network beside MediaPipe's, in turn on one core."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person
from benchmarks.contract.result import Figure, at_least, plain
from benchmarks.contract.stopwatch import Stopwatch, percentiles
from benchmarks.hair.sources import HairSource
from prink.learn.data.hair_teacher import FILE as TEACHER
from prink.parse import Parser
from prink.parse.head import crop_head, head_to_frame
from prink.parse.network import FILE as OWN
from prink.weights import find_model

__all__ = ["Cost", "cost_figures", "measure_cost"]

WARM_UP: Final = 3
CHEAPER: Final = 5.0  # times


@dataclass(frozen=True)
class Cost:
    """Median CPU milliseconds, and what the network is made of; None without a teacher."""

    own_ms: float
    find_ms: float
    teacher_ms: float | None
    parameters: int
    macs: int
    bytes: int
    teacher_bytes: int | None


def measure_cost(
    person: Person,
    own: HairSource,
    teacher: HairSource | None,
    *,
    rounds: int,
    tick: Callable[[], None],
) -> Cost:
    """Returns the costs on a 720p frame, networks and parser in turn."""
    from prink.learn.parse.net import ParseNet, macs

    clip, watch, parser = Clip(person.rgb, person.face, 1280, 720), Stopwatch(), Parser()
    frame, face = clip.frame(0), clip.face_at(0)
    sources = [own, *([teacher] if teacher else [])]
    crops = [crop_head(frame, head_to_frame(face, s.size), s.size) for s in sources]
    for number in range(-WARM_UP, rounds):
        if number == 0:
            watch.times.clear()
        for source, crop in zip(sources, crops, strict=True):
            with watch.stage(source.name):
                source.alpha(crop, None)
        with watch.stage("find"):
            parser.find(frame, [face], face=False)
        tick()
    ms = {name: percentiles(times)[0] for name, times in watch.times.items()}
    net = ParseNet()
    return Cost(
        ms[own.name],
        ms["find"],
        ms[teacher.name] if teacher else None,
        sum(parameter.numel() for parameter in net.parameters()),
        macs(net),
        size_of(OWN),
        size_of(find_model(TEACHER)) if teacher else None,
    )


def size_of(file: Path | None) -> int:
    return file.stat().st_size if file else 0


def cost_figures(cost: Cost) -> list[Figure]:
    """Returns the ratio to the teacher, and the numbers behind it."""
    times = cost.teacher_ms / cost.own_ms if cost.teacher_ms else None
    note = "one thread, median CPU time, in turn" if times else "the teacher's file is not at hand"
    label = "one mask of MediaPipe's network / one of prink's"
    size = f"MediaPipe's {cost.teacher_bytes:,}" if cost.teacher_bytes else ""
    return [
        at_least("teacher_by_own", label, times, CHEAPER, note=note),
        plain("own_ms", "one mask, 192 px", cost.own_ms, unit="ms", note="median CPU time"),
        plain(
            "teacher_ms", "one mask of MediaPipe's, 512 px", cost.teacher_ms, unit="ms", note=note
        ),
        plain("find_ms", "Parser.find, 720p photo, hair", cost.find_ms, unit="ms", note="crop too"),
        plain("parameters", "parameters of the network", float(cost.parameters)),
        plain("macs", "multiply-adds of one mask", cost.macs / 1e6, unit="M"),
        plain("bytes", "size of its file", float(cost.bytes), unit="bytes", note=size),
    ]

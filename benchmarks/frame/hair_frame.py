"""What hair adds to a stream: tracking, parsing and drawing with it on beside without."""

from collections.abc import Callable
from typing import Final

import numpy as np

from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person
from benchmarks.contract.products import full_look
from benchmarks.contract.result import Figure, at_most
from benchmarks.contract.stopwatch import Stopwatch
from prink.face import Tracker
from prink.parse import Parser
from prink.render import Renderer

__all__ = ["WITH", "WITHOUT", "hair_figures", "time_hair"]

Times = dict[str, list[tuple[float, float]]]
TOGETHER: Final = 3  # frames whose times are taken together: in so many each square is parsed once
WITHOUT, WITH = "track, parse and draw", "track, parse and draw with hair on"
ALONE, PARSE_FACE, DRAW_FACE = "track, no hair", "parse face", "draw, no hair"
TRACK, PARSE, DRAW = "track", "parse face and hair", "draw, hair on"
WARM_UP: Final = 6
MOST: Final = 1.5  # times


def time_hair(
    person: Person, renderer: Renderer, *, frames: int, tick: Callable[[], None]
) -> Times:
    """Returns milliseconds a frame at 720p without hair and with it, frame by frame in turn.

    Each time is the mean of three frames.
    """
    clip, watch = Clip(person.rgb, person.face, 1280, 720), Stopwatch()
    bare, colored = full_look(), full_look(hair=True)
    plain, both = Parser(stream=True), Parser(stream=True)
    with Tracker(stream=True) as one, Tracker(stream=True) as other:
        for number in range(-WARM_UP, max(frames, TOGETHER) // TOGETHER * TOGETHER):
            if number == 0:
                watch.times.clear()
            frame, seconds = clip.frame(number), (number + WARM_UP) / clip.fps
            with watch.stage(ALONE):
                faces = one.track(frame, time=seconds)
            with watch.stage(PARSE_FACE):
                found = plain.find(frame, faces, hair=False)
            with watch.stage(DRAW_FACE):
                renderer.draw(frame, faces, bare, parsing=found, time=seconds)
            with watch.stage(TRACK):
                faces = other.track(frame, time=seconds)
            with watch.stage(PARSE):
                found = both.find(frame, faces)
            with watch.stage(DRAW):
                renderer.draw(frame, faces, colored, parsing=found, time=seconds)
            tick()
    times = {name: in_threes(each) for name, each in watch.times.items()}
    wholes = {WITHOUT: (ALONE, PARSE_FACE, DRAW_FACE), WITH: (TRACK, PARSE, DRAW)}
    for whole, parts in wholes.items():
        summed = np.array([times[name] for name in parts]).sum(axis=0).tolist()
        times[whole] = [(cpu, wall) for cpu, wall in summed]
    return times


def in_threes(times: list[tuple[float, float]]) -> list[tuple[float, float]]:
    means = np.reshape(times, (-1, TOGETHER, 2)).mean(axis=1).tolist()
    return [(cpu, wall) for cpu, wall in means]


def hair_figures(times: Times) -> list[Figure]:
    """Returns how much more a frame costs with hair on."""
    without, with_hair = (float(np.median([cpu for cpu, _ in times[n]])) for n in (WITHOUT, WITH))
    label = "track + parse + draw with hair on / without hair, 720p"
    note = "median CPU time, two squares parsed in three frames with hair, one without"
    return [at_most("hair_by_none_720p", label, with_hair / without, MOST, note=note)]

"""What hair adds to a stream: tracking, masks and drawing with it on beside the same without."""

from collections.abc import Callable
from typing import Final

import numpy as np

from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person
from benchmarks.contract.products import full_look
from benchmarks.contract.result import Figure, at_most
from benchmarks.contract.stopwatch import Stopwatch
from prink.face import Tracker
from prink.hair import HairFinder
from prink.render import Renderer

__all__ = ["WITH", "WITHOUT", "hair_figures", "time_hair"]

Times = dict[str, list[tuple[float, float]]]
EVERY: Final = 3  # frames from mask to mask: times are of as many together
WITHOUT, WITH = "track and draw", "track, find hair and draw"
TRACK, FIND, DRAW = "track", "find hair", "draw, hair on"
WARM_UP: Final = 6
MOST: Final = 1.5  # times


def time_hair(
    person: Person, renderer: Renderer, *, frames: int, tick: Callable[[], None]
) -> Times:
    """Returns milliseconds a frame at 720p without hair and with it, frame by frame in turn.

    Each time is the mean of three frames, one of which makes a mask.
    """
    clip, watch = Clip(person.rgb, person.face, 1280, 720), Stopwatch()
    bare, colored = full_look(), full_look(hair=True)
    finder = HairFinder(stream=True, every=EVERY)
    with Tracker(stream=True) as one, Tracker(stream=True) as other:
        for number in range(-WARM_UP, max(frames, EVERY) // EVERY * EVERY):
            if number == 0:
                watch.times.clear()
            frame, seconds = clip.frame(number), (number + WARM_UP) / clip.fps
            with watch.stage(WITHOUT):
                faces = one.track(frame, time=seconds)
                renderer.draw(frame, faces, bare, time=seconds)
            with watch.stage(TRACK):
                faces = other.track(frame, time=seconds)
            with watch.stage(FIND):
                masks = finder.find(frame, faces, time=seconds)
            with watch.stage(DRAW):
                renderer.draw(frame, faces, colored, hair=masks, time=seconds)
            tick()
    times = {name: in_threes(each) for name, each in watch.times.items()}
    parts = np.array([times[name] for name in (TRACK, FIND, DRAW)]).sum(axis=0).tolist()
    return {**times, WITH: [(cpu, wall) for cpu, wall in parts]}


def in_threes(times: list[tuple[float, float]]) -> list[tuple[float, float]]:
    means = np.reshape(times, (-1, EVERY, 2)).mean(axis=1).tolist()
    return [(cpu, wall) for cpu, wall in means]


def hair_figures(times: Times) -> list[Figure]:
    """Returns how much more a frame costs with hair on."""
    without, with_hair = (float(np.median([cpu for cpu, _ in times[n]])) for n in (WITHOUT, WITH))
    label = "track + hair + draw with hair on / without hair, 720p"
    note = "median CPU time, a mask every third frame"
    return [at_most("hair_by_none_720p", label, with_hair / without, MOST, note=note)]

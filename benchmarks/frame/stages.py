"""Times every stage of a stream beside two controls, frame by frame in the same run."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person
from benchmarks.contract.products import PRODUCTS, full_look, look_of
from benchmarks.contract.stopwatch import Stopwatch
from benchmarks.frame.copy_shader import CopyShader
from benchmarks.frame.naive import draw_on_crop, draw_on_frame
from prink.arrays import Bytes, Floats
from prink.face import Tracker
from prink.params import Look
from prink.render import Renderer

__all__ = [
    "COPY",
    "DRAW",
    "NAIVE",
    "NAIVE_CROP",
    "WHOLES",
    "time_face_sizes",
    "time_products",
    "time_stream",
]

Times = dict[str, list[tuple[float, float]]]

TRACK, FILTER = "track", "filter"
DRAW, COPY = "whole draw", "copy shader"
NAIVE, NAIVE_CROP = "naive, whole frame", "naive, face box"
WHOLES: Final = (DRAW, COPY, NAIVE, NAIVE_CROP)
NAIVE_EVERY: Final = 6  # frames: it is slow, and hardly varies
WARM_UP: Final = 5


class TimedSource:
    """A landmark source that notes how long MediaPipe took: the rest is prink's own filter."""

    def __init__(self, tracker: Tracker) -> None:
        self.source = tracker.source
        self.name = self.source.name
        self.took = (0.0, 0.0)

    def detect(self, rgb: Bytes, *, time_ms: int) -> list[Floats]:
        """Returns what the source returns."""
        cpu, wall = time.process_time(), time.perf_counter()
        found = self.source.detect(rgb, time_ms=time_ms)
        self.took = 1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - wall)
        return found

    def close(self) -> None:
        """Closes the source."""
        self.source.close()


def time_stream(
    person: Person,
    size: tuple[int, int],
    renderer: Renderer,
    *,
    frames: int,
    tick: Callable[[], None],
) -> Times:
    """Returns the milliseconds of each stage over `frames` frames of a moving face.

    Each frame is tracked, drawn whole, drawn again with a wait after every stage, copied by the
    copy shader, and every sixth one drawn by the two naive renderers.
    """
    clip, look, watch = Clip(person.rgb, person.face, *size), full_look(), Stopwatch()
    control = CopyShader(renderer.context, *size)
    rgba = np.full((size[1], size[0], 4), 255, np.uint8)
    with Tracker(stream=True) as tracker:
        source = tracker.source = TimedSource(tracker)
        for number in range(-WARM_UP, frames):
            if number == 0:
                watch.times.clear()
            frame, seconds = clip.frame(number), (number + WARM_UP) / clip.fps
            watch.start()
            faces = tracker.track(frame, time=seconds)
            watch.lap(TRACK)
            split_track(watch, source)
            if not faces:
                faces = (clip.face_at(number),)  # a stream shows a face from its second frame on
            with watch.stage(DRAW):
                renderer.draw(frame, faces, look, time=seconds)
            watch.start()
            renderer.draw(frame, faces, look, time=seconds, watch=watch.lap)
            rgba[..., :3] = frame
            control.load(rgba)
            with watch.stage(COPY):
                control.draw()
            if number % NAIVE_EVERY == 0:
                with watch.stage(NAIVE):
                    draw_on_frame(frame, faces[0].points)
                with watch.stage(NAIVE_CROP):
                    draw_on_crop(frame, faces[0].points)
            tick()
    control.release()
    return merged(watch.times)


def split_track(watch: Stopwatch, source: TimedSource) -> None:
    """Parts the last time of `track` into MediaPipe's share and the rest."""
    cpu, wall = watch.times[TRACK].pop()
    watch.times[TRACK].append(source.took)
    watch.times[FILTER].append((cpu - source.took[0], wall - source.took[1]))


def merged(times: Times) -> Times:
    """Returns the times with both directions of a blur as one stage, controls last."""
    joined: Times = {}
    for stage, measured in times.items():
        name = stage.removesuffix("_x").removesuffix("_y")
        before = joined.get(name, [(0.0, 0.0)] * len(measured))
        joined[name] = [(a + c, b + d) for (a, b), (c, d) in zip(before, measured, strict=True)]
    order = [*(name for name in joined if name not in WHOLES), *WHOLES]
    return {name: joined[name] for name in order}


def time_products(person: Person, renderer: Renderer, *, rounds: int) -> Times:
    """Returns the milliseconds of a 720p draw with each product alone, and with all."""
    looks = {name: look_of(*settings) for name, settings in PRODUCTS.items()}
    looks["all products"] = full_look()
    clip = Clip(person.rgb, person.face, 1280, 720)
    return time_draws({name: (clip, look) for name, look in looks.items()}, renderer, rounds)


def time_face_sizes(person: Person, renderer: Renderer, *, rounds: int) -> Times:
    """Returns the milliseconds of a 720p draw of all products by the face's share of the height."""
    shares = (0.2, 0.35, 0.5, 0.62, 0.75, 0.9)
    clips = {share: Clip(person.rgb, person.face, 1280, 720, share=share) for share in shares}
    return time_draws({str(s): (clip, full_look()) for s, clip in clips.items()}, renderer, rounds)


def time_draws(draws: dict[str, tuple[Clip, Look]], renderer: Renderer, rounds: int) -> Times:
    watch = Stopwatch()
    pictures = {name: (clip.frame(0), [clip.face_at(0)]) for name, (clip, _) in draws.items()}
    for number in range(-1, rounds):
        if number == 0:
            watch.times.clear()
        for name, (_, look) in draws.items():
            with watch.stage(name):
                renderer.draw(*pictures[name], look)
    return dict(watch.times)

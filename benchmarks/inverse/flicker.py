"""A look read once off a clip, beside one read off every frame: how steady what it draws is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.clip import Clip
from benchmarks.contract.people import Person
from benchmarks.inverse.places import place_colors
from benchmarks.inverse.workers import Workers, reader
from benchmarks.reading_fit.renders import renderer
from prink.arrays import Bytes, Doubles
from prink.color import delta_e_2000
from prink.face import Face, Tracker
from prink.params import LOOKS

__all__ = ["WAYS", "Steadiness", "clip_steadiness", "steadiness"]

SIZE: Final = (640, 480)
NOISE: Final = 2.0  # standard deviation of the sensor's noise, 8-bit steps
LOOK: Final = "classic_red"
WAYS: Final = ("nothing drawn", "read once", "read every frame")


@dataclass(frozen=True)
class Steadiness:
    """One reader, one clip, one way; means over the places that wear makeup.

    Attributes:
        drift: Largest dE2000 of a frame's place to the clip's mean colour of it.
        shake: Mean length of the second difference from frame to frame, CIELAB.
        frames: How many frames showed a face.
    """

    clip: str
    reader: str
    way: str
    drift: float
    shake: float
    frames: int


@dataclass(frozen=True)
class Task:
    """A clip of a reference, the person who gets the look, and who reads."""

    name: str
    reference: Person | Path
    source: Person
    frames: int
    reader: str


def clip_steadiness(
    people: Sequence[Person],
    clips: Sequence[Path],
    readers: Sequence[str],
    *,
    frames: int,
    pool: Workers,
    watch: Callable[[int], Callable[[], None]],
) -> list[Steadiness]:
    """Returns all readers on portraits in motion, and on rendered heads that turn."""
    first, second = people
    scenes: list[tuple[str, Person | Path, Person]] = [
        (f"moving: {first.name}", first, second),
        (f"moving: {second.name}", second, first),
    ]
    scenes += [(f"turning: {path.stem}", path, second) for path in clips]
    tasks = [Task(*scene, frames, name) for scene in scenes for name in readers]
    found = pool.each(of_clip, tasks, tick=watch(len(tasks)))
    return [each for ways in found for each in ways]


def of_clip(task: Task) -> list[Steadiness]:
    """Returns the ways of one reader on one clip; none where its face is never found."""
    source = Clip(task.source.rgb, task.source.face, *SIZE, noise=NOISE)
    read, once = reader(task.reader), None
    colors: dict[str, list[Doubles]] = {way: [] for way in WAYS}
    for number, photo in made_up(task):
        look = read(photo, photo).look
        once = once or look
        frame, face = source.frame(number), source.face_at(number)
        pictures = (
            frame,
            renderer().draw(frame, [face], once),
            renderer().draw(frame, [face], look),
        )
        for way, rgb in zip(WAYS, pictures, strict=True):
            colors[way].append(place_colors(rgb, face))
    return [
        Steadiness(task.name, task.reader, way, *steadiness(np.array(each)), len(each))
        for way, each in colors.items()
        if len(each) > 2
    ]


def made_up(task: Task) -> Iterator[tuple[int, Person]]:
    """Yields the frames of a clip in which a made-up face is tracked."""
    with Tracker(max_faces=1) as tracker:
        for number, (frame, face) in enumerate(bare_frames(task, tracker)):
            made = renderer().draw(frame, [face], LOOKS[LOOK])
            grain = np.random.default_rng(number).standard_normal(made.shape, np.float32)
            noisy = np.clip(np.rint(made + NOISE * grain), 0, 255).astype(np.uint8)
            for found in tracker.track(noisy):
                yield number, Person(task.name, noisy, found, "")


def bare_frames(task: Task, tracker: Tracker) -> Iterator[tuple[Bytes, Face]]:
    """Yields frames with their face: where it truly is if that is known, else tracked."""
    if isinstance(task.reference, Path):
        with np.load(task.reference) as file:
            frames = file["frames"][: task.frames]
        for frame in frames:
            rgb = np.ascontiguousarray(frame)
            yield from ((rgb, face) for face in tracker.track(rgb))
        return
    clip = Clip(task.reference.rgb, task.reference.face, *SIZE)
    for number in range(task.frames):
        yield clip.frame(number), clip.face_at(number)


def steadiness(colors: Doubles) -> tuple[float, float]:
    """Returns drift and shake of CIELAB colours (frames, places, 3)."""
    drift = delta_e_2000(colors, colors.mean(axis=0)).max(axis=0).mean()
    shake = np.linalg.norm(np.diff(colors, n=2, axis=0), axis=-1).mean()
    return float(drift), float(shake)

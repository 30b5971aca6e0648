"""Looks and hair colours on public-domain portraits, one read and put on another, ms per stage.

python -m benchmarks.demo [out]
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks.contract.people import Person, track_all, wheel_pictures
from benchmarks.contract.report import printed, progress
from benchmarks.contract.result import Table
from benchmarks.contract.stopwatch import percentiles
from benchmarks.demo.read_back import read_back
from benchmarks.frame.stages import time_stream
from prink.arrays import Bytes
from prink.cli.looks import swatches
from prink.face import Tracker
from prink.params import HAIR, Look, edit, save_look
from prink.params.looks import LOOKS
from prink.parse import Parser
from prink.photo import save_photo
from prink.reading import read_look
from prink.reading.encoder import is_shipped
from prink.render import Renderer
from prink.sheet import Strip, colour_card, contact_sheet, head_box

__all__ = ["main"]


SHOWN: Final = (
    *("dewy_glow", "classic_red", "berry_gloss", "smoky_eye"),
    *("golden_lid", "sixties_mod", "electric_editorial", "violet_night"),
)
# The encoder has seen the presets: what it reads here is changed in every product.
READ: Final = edit(
    LOOKS["classic_red"],
    *("lips.color=#8a2a5c", "lips.gloss=0.55", "lip_liner.color=#5c1a3c"),
    *("eyeshadow.lid=#4c6a5cb0", "eyeshadow.crease=#3a4438a0", "eyeliner.wing=0.2"),
    *("brows.color=#4a3020", "blush.color=#d8806890"),
)
SIDE: Final = 480  # pixels of a cell of a sheet
IN_A_ROW: Final = 5
FRAMES: Final = 40


def main(arguments: list[str] | None = None) -> None:
    """Writes the demo and says what it wrote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out"))
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    console = Console()
    with Renderer() as renderer:
        with Tracker() as tracker:
            pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
            people = track_all(pictures, tracker)
        for path, words in chain(
            sheets(people, renderer, folder),
            hair_sheet(people[0], renderer, folder),
        ):
            tell(console, path, words)
        transfer(people, renderer, console, folder)
        with progress() as bar:
            task = bar.add_task("ms per stage", total=FRAMES + 5)
            times = time_stream(
                people[1], (1280, 720), renderer, frames=FRAMES, tick=lambda: bar.advance(task)
            )
    rows = tuple((stage, *percentiles(each)) for stage, each in times.items())
    columns = ("stage", "CPU p50", "CPU p95", "wall p50", "wall p95")
    console.print(printed(f"ms a frame at 720p, {FRAMES} frames", Table(columns, rows)))
    console.print(f"done in {time.perf_counter() - began:.0f} s; [bold]make bench[/] has it all")


def sheets(people: list[Person], renderer: Renderer, folder: Path) -> Iterator[tuple[Path, str]]:
    """Writes a sheet of looks for each portrait; yields the files and what they show."""
    names = [name for name in SHOWN if name in LOOKS] or list(LOOKS)[:8]
    for person in people:
        drawn = [("before", person.rgb)]
        drawn += [(name, renderer.draw(person.rgb, [person.face], LOOKS[name])) for name in names]
        crop = head_box(person.face.points, person.rgb.shape)
        rows = [Strip(drawn[i : i + IN_A_ROW], crop) for i in range(0, len(drawn), IN_A_ROW)]
        path = folder / f"looks_{person.name}.png"
        save_photo(contact_sheet(rows, side=SIDE), path)
        yield path, f"before, and {len(names)} looks"


def hair_sheet(person: Person, renderer: Renderer, folder: Path) -> Iterator[tuple[Path, str]]:
    """Writes a sheet of all hair colours on one portrait."""
    parsing = Parser().find(person.rgb, [person.face])
    drawn = [("before", person.rgb)]
    for name, look in HAIR.items():
        drawn.append((name, renderer.draw(person.rgb, [person.face], look, parsing=parsing)))
    crop = head_box(person.face.points, person.rgb.shape)
    rows = [Strip(drawn[i : i + IN_A_ROW], crop) for i in range(0, len(drawn), IN_A_ROW)]
    path = folder / f"hair_{person.name}.png"
    save_photo(contact_sheet(rows, side=SIDE), path)
    yield path, f"before, and {len(HAIR)} hair colours"


def transfer(people: list[Person], renderer: Renderer, console: Console, folder: Path) -> None:
    """Puts a look on the first portrait, reads it off that picture, and puts it on the second."""
    giver, taker = people
    true = READ
    worn = renderer.draw(giver.rgb, [giver.face], true)
    reading = read_look(worn, face=giver.face)
    read = replace(reading.look, hair=Look().hair)  # each keeps the own hair
    taken, own = (renderer.draw(taker.rgb, [taker.face], look) for look in (read, true))
    cells = (head(giver, giver.rgb), head(giver, worn), head(taker, taken), head(taker, own))
    captions = ("bare", "wears a look: read off this", "wears what was read", "the look itself")
    shown = list(zip(captions, cells, strict=True))
    rows = [
        Strip([*shown[:2], ("true colours", colour_card(swatches(true)))]),
        Strip([*shown[2:], ("colours read", colour_card(swatches(read)))]),
    ]
    sheet, file = folder / "look_read_and_worn.png", folder / "look_read.json"
    save_photo(contact_sheet(rows, side=SIDE), sheet)
    save_look(read, file)
    console.print(read_back(true, read))
    how = "the shipped encoder" if is_shipped() else "measured colours: no encoder is shipped"
    sure = ", ".join(f"{group} {share:.0%}" for group, share in reading.confidence.items() if share)
    tell(console, sheet, f"a look read off one portrait and put on the other, by {how}")
    tell(console, file, f"what was read; how sure: {sure}")


def head(person: Person, rgb: Bytes) -> Bytes:
    left, top, right, bottom = head_box(person.face.points, rgb.shape)
    return rgb[top:bottom, left:right]


def tell(console: Console, path: Path, words: str) -> None:
    console.print(f"{path}  [dim]{words}[/]", highlight=False)


if __name__ == "__main__":
    main()

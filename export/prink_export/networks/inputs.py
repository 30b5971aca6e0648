"""Real inputs of our networks, drawn from portraits once and then kept."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.params import LOOKS, with_hair
from prink.params import look as preset
from prink.portraits import portraits_folder
from prink.weights import cache_folder
from prink.whole_file import whole_file
from prink_export.network import ExportError
from prink_export.networks.portraits import (
    Portrait,
    folder_portraits,
    wheel_portraits,
)

__all__ = ["Inputs", "made_up"]

VERSION: Final = 2  # of what is made here, so that an older cache is not taken
JUDGED: Final = 10  # held-out portraits
CALIBRATED: Final = 16  # portraits of the training split
JUDGED_LOOKS: Final = ("no_makeup", "classic_red", "smoky_eye", "electric_editorial")
JUDGED_HAIR: Final = ("", "balayage", "", "")
MANY: Final = 4  # looks on the first two portraits, which may be all there are
GAINS: Final = (0.7, 0.85, 1.15)  # of light, where there are no portraits to calibrate on


class Inputs:
    """Inputs (1, C, S, S) float32, 0..1, that are made once and then kept in a folder.

    Calling it returns tuples of one input. Those to judge on and those to calibrate on share no
    picture.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[Sequence[Portrait], Sequence[str]], list[Bytes]],
        *,
        calibration: bool,
        cache: Path | None = None,
    ) -> None:
        """Tells how to make them.

        Args:
            name: Of their file in the cache.
            make: Returns pictures (S, S, C) uint8 of portraits and the names of looks to put on.
            calibration: Whether to calibrate int8 on them, not to judge.
            cache: The folder; the user's cache by default.
        """
        self.name = f"{name}-calibration" if calibration else name
        self.make, self.calibration = make, calibration
        self.cache = cache or cache_folder() / "export"

    def __call__(self) -> Iterable[tuple[Floats, ...]]:
        """Returns the inputs, from the cache where they are known."""
        pictures = self.load()
        planes = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)).astype(np.float32)
        return [(each[None] / np.float32(255),) for each in planes]

    def load(self) -> Bytes:
        """Returns the inputs as pictures (N, S, S, C) uint8."""
        folder = portraits_folder()
        path = self.cache / f"{self.name}-{self.key(folder)}.npz"
        if path.is_file():
            return np.asarray(np.load(path)["pictures"])
        people, looks = self.people(folder)
        pictures = np.stack(self.make(people, looks))
        self.cache.mkdir(parents=True, exist_ok=True)
        with whole_file(path, error=ExportError) as part:
            np.savez_compressed(part, pictures=pictures)
        return pictures

    def key(self, folder: Path | None) -> str:
        """Returns what tells these inputs from others: the settings and the list of portraits."""
        told = folder.joinpath("portraits.csv").read_bytes() if folder else b"wheels"
        settings = f"{VERSION} {self.calibration} {JUDGED} {CALIBRATED} {sorted(LOOKS)}"
        return hashlib.sha256(told + settings.encode()).hexdigest()[:16]

    def people(self, folder: Path | None) -> tuple[list[Portrait], tuple[str, ...]]:
        """Returns portraits and the looks to put on them; samples and calibration share none."""
        others = tuple(name for name in LOOKS if name not in JUDGED_LOOKS)
        if not self.calibration:
            found = wheel_portraits()
            if folder:
                found += folder_portraits(folder, split="heldout", most=JUDGED)
            return found, JUDGED_LOOKS
        if folder:
            return folder_portraits(folder, split="train", most=CALIBRATED), others
        return [lit for each in wheel_portraits() for lit in relit(each)], others


def relit(portrait: Portrait) -> list[Portrait]:
    """Returns a portrait in other light, as often as there are gains."""
    found = []
    for gain in GAINS:
        lit = np.asarray(np.clip(portrait.rgb * gain, 0, 255), np.uint8)
        found.append(Portrait(portrait.name, lit, portrait.face))
    return found


def made_up(portraits: Sequence[Portrait], looks: Sequence[str]) -> list[Portrait]:
    """Returns every portrait bare and with a look in turn; the first two are worth more looks."""
    from prink.parse import Parser
    from prink.render import Renderer

    parser, colors, found = Parser(), list(JUDGED_HAIR), []
    with Renderer() as renderer:
        for number, each in enumerate(portraits):
            parsing = parser.find(each.rgb, [each.face])
            count = MANY if number < 2 else 1
            some = [looks[(number + n) % len(looks)] for n in range(count)]
            drawn = [each.rgb]
            for name in some:
                color = colors[number % len(colors)]
                look = with_hair(preset(name), color) if color else preset(name)
                drawn.append(renderer.draw(each.rgb, [each.face], look, parsing=parsing))
            found += [Portrait(each.name, rgb, each.face) for rgb in drawn]
    return found

"""What the keys of the live window change, apart from any window."""

from collections import deque
from collections.abc import Mapping
from time import monotonic, perf_counter

import numpy as np

from prink.amount import scaled
from prink.params import HAIR, Look, with_hair

__all__ = ["Stage"]

STEP, MOST = 0.1, 2.0
NOTE_SECONDS = 2.5


class Stage:
    """The chosen look, its amount, before or after, the overlay, and the times it shows."""

    def __init__(self, looks: Mapping[str, Look], *, start: str, hair: str = "") -> None:
        self.looks = dict(looks)
        self.names = list(self.looks)
        self.place = self.names.index(start)
        names = ["", *HAIR]  # "" is that of the look
        self.hair = names[names.index(hair) :] + names[: names.index(hair)]
        self.amount = 1.0
        self.bare = False
        self.overlay = True
        self.save_wanted = False
        self.done = False
        self.note = ""
        self.note_until = 0.0
        self.track_ms: deque[float] = deque(maxlen=120)
        self.draw_ms: deque[float] = deque(maxlen=120)
        self.shown_at: deque[float] = deque(maxlen=120)

    @property
    def name(self) -> str:
        """The chosen look's name."""
        return self.names[self.place]

    @property
    def look(self) -> Look:
        """The look to draw now; the bare one while "before" is shown."""
        return Look() if self.bare else self.chosen

    @property
    def chosen(self) -> Look:
        """The look that is on unless "before" is shown."""
        look, hair = self.looks[self.name], self.hair[0]
        return scaled(with_hair(look, hair) if hair else look, self.amount)

    def press(self, key: str) -> None:
        """Does what a key stands for; keys without a meaning do nothing."""
        if key in ("left", "right"):
            self.place = (self.place + (1 if key == "right" else -1)) % len(self.names)
        elif key in ("up", "down"):
            step = STEP if key == "up" else -STEP
            self.amount = round(min(MOST, max(0.0, self.amount + step)), 2)
        elif key == "c":
            self.hair = [*self.hair[1:], self.hair[0]]
        elif key == "space":
            self.bare = not self.bare
        elif key == "h":
            self.overlay = not self.overlay
        elif key == "s":
            self.save_wanted = True
        elif key in ("q", "escape"):
            self.done = True

    def say(self, note: str) -> None:
        """Shows a note for a moment."""
        self.note, self.note_until = note, monotonic() + NOTE_SECONDS

    def shown(self, *, track_ms: float, draw_ms: float) -> None:
        """Counts a frame that went to the window, with what it took."""
        if track_ms:
            self.track_ms.append(track_ms)
        self.draw_ms.append(draw_ms)
        self.shown_at.append(perf_counter())

    def lines(self) -> tuple[str, ...]:
        """Returns the overlay's lines: the look, then the times as median and 95th percentile."""
        title = " + ".join(filter(None, (self.name, self.hair[0])))
        title = "before" if self.bare else f"{title}   {100 * self.amount:.0f} %"
        lines = []
        if self.overlay:
            times = f"track {spread(self.track_ms)}   draw {spread(self.draw_ms)}"
            lines = [title, times, f"{self.rate():.1f} frames/s   (p50 / p95)"]
        if self.note and monotonic() < self.note_until:
            lines.append(self.note)
        return tuple(lines)

    def rate(self) -> float:
        """Returns the frames a second over the last two seconds or so."""
        if len(self.shown_at) < 2:
            return 0.0
        return (len(self.shown_at) - 1) / max(1e-6, self.shown_at[-1] - self.shown_at[0])


def spread(times: deque[float]) -> str:
    if not times:
        return "-"
    middle, high = np.percentile(times, [50, 95])
    return f"{middle:.1f} / {high:.1f} ms"

"""PNG charts beside the result files; they show numbers, never people."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.contract.result import Result, ResultError
from prink.whole_file import whole_file

__all__ = ["TONE_COLOURS", "Panel", "bars", "curves", "save_chart"]

Panel = Callable[[Any], None]
INK: Final = "#333333"
BLUE, RED, GREY = "#35618f", "#b5453c", "#9a9a9a"
TONE_COLOURS: Final = ("#f3d9c4", "#e3b793", "#cc9466", "#a86f43", "#7a4a2b", "#472a1a")


def save_chart(result: Result, folder: Path, panels: Sequence[Panel]) -> Path:
    """Writes one picture of all panels, two in a row, and returns its path."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    rows = (len(panels) + 1) // 2
    with plt.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure, axes = plt.subplots(rows, 2, figsize=(12, 3.6 * rows), squeeze=False)
        for place, axis in enumerate(axes.flat):
            if place < len(panels):
                panels[place](axis)
            else:
                axis.set_axis_off()
        where = f"{result.machine['name']}, {result.device['name']}"
        figure.suptitle(f"prink {result.prink}: {result.suite} ({where})", color=INK)
        figure.tight_layout(rect=(0, 0, 1, 0.98))
        path = folder / f"{result.stem}.png"
        with whole_file(path, error=ResultError) as part:
            figure.savefig(part, dpi=110, metadata={"Software": None})
        plt.close(figure)
    return path


def bars(
    title: str,
    values: Mapping[str, float | None],
    unit: str,
    *,
    target: float | None = None,
    colours: Sequence[str] | str = BLUE,
) -> Panel:
    """Returns a panel of horizontal bars, with the target as a line."""

    def draw(axis: Any) -> None:  # noqa: ANN401 (matplotlib has no types here)
        names = list(values)
        drawn = axis.barh(names, [values[n] or 0.0 for n in names], color=colours, edgecolor=GREY)
        axis.bar_label(drawn, fmt=" %.3g", fontsize=8)
        if target is not None:
            axis.axvline(target, color=RED, linewidth=1.2, label=f"target {target:g}")
            axis.legend(fontsize=8, frameon=False, loc="lower right")
        axis.invert_yaxis()
        axis.margins(x=0.12)
        axis.set(title=title, xlabel=unit)

    return draw


def curves(title: str, result: Result, names: Mapping[str, str]) -> Panel:
    """Returns a panel of series of the result: their names, and the words of the legend."""

    def draw(axis: Any) -> None:  # noqa: ANN401 (matplotlib has no types here)
        first = result.series[next(iter(names))]
        for name, words in names.items():
            series = result.series[name]
            axis.plot(series.x, series.y, linewidth=1.1, label=words)
        axis.set(title=title, xlabel=first.x_label, ylabel=first.y_label)
        if len(names) > 1:
            axis.legend(fontsize=8, frameon=False)

    return draw

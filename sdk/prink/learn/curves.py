"""Curves of a training as a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from prink.whole_file import whole_file

__all__ = ["save_curves"]


def save_curves(
    curves: Mapping[str, Sequence[tuple[int, float]]], path: Path, *, title: str
) -> None:
    """Writes a PNG with one panel for each curve of (step, value) points."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    wide = 4.5 * len(curves)
    # Margins that fit these panels: to measure all their words takes as long as to draw them.
    room = {"left": 0.55 / wide, "right": 1 - 0.15 / wide, "bottom": 0.16, "top": 0.9}
    figure, axes = plt.subplots(
        1, len(curves), figsize=(wide, 3.2), squeeze=False, gridspec_kw=room | {"wspace": 0.18}
    )
    for axis, (name, points) in zip(axes[0], curves.items(), strict=True):
        axis.plot(*zip(*points, strict=True), linewidth=1)
        axis.set(title=f"{title}: {name}", xlabel="step")
    with whole_file(path, error=OSError) as part:
        figure.savefig(part, dpi=100, metadata={"Software": None})
    plt.close(figure)

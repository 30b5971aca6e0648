"""The fitted constants as Python: everything below the mark in two files is written anew."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.reading_fit.bare_fit import Model
from benchmarks.reading_fit.calibration import Trust
from prink.arrays import Doubles
from prink.reading import bare, trust
from prink.whole_file import whole_file

__all__ = ["write_bare", "write_trust"]

MARK: Final = "# fmt: off\n"
CHANNELS: Final = {
    "LIPS": "log luminance over skin, spread below, spread above, log red/green, log blue/green",
    "EYES": "log luminance over skin, log red/green, log blue/green",
    "SKIN": "as for the eyes",
}


def write_bare(model: Model) -> Path:
    """Writes `prink/reading/bare.py` and returns its path."""
    lines = [
        f"# Of `Scene.tone` over {model.people} portraits.",
        f"TONE_MEAN = np.array({flat(model.tone_mean)})",
    ]
    for name, region in model.regions.items():
        lines += [f"# Channels: {CHANNELS[name]}.", f"{name} = Bare("]
        for part in ("mean", "sd", "tone"):
            rows = [f"            {flat(row)}," for row in getattr(region, part)]
            lines += [f"    {part}=np.array(", "        (", *rows, "        )", "    ),"]
        lines.append(f"    levels={region.levels},")
        for part in ("noise", "rest", "rest_sd"):
            lines.append(f"    {part}=np.array({flat(getattr(region, part))}),")
        lines.append(")")
    return rewrite(bare.__file__, lines)


def write_trust(found: Trust) -> Path:
    """Writes `prink/reading/trust.py` and returns its path."""
    lines = [
        f"# From {found.pictures} pictures.",
        *table("GATES", "tuple[float, ...]", {k: short(v) for k, v in found.gates.items()}),
        *table("VALUES", "tuple[float, ...]", {k: short(v) for k, v in found.values.items()}),
        *table("RELIABILITY", "float", {k: f"{v:.2f}" for k, v in found.reliability.items()}),
    ]
    return rewrite(trust.__file__, lines)


def rewrite(file: str, lines: Iterable[str]) -> Path:
    """Puts lines in the place of everything after the mark."""
    path = Path(file)
    head, mark, _ = path.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise ValueError(f"no line {MARK.strip()!r} to write below ({path})")
    with whole_file(path, error=OSError) as part:
        part.write_text(head + mark + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def table(name: str, kind: str, cells: Mapping[str, str]) -> list[str]:
    rows = [f'    "{path}": {cell},' for path, cell in cells.items()]
    return [f"{name}: dict[str, {kind}] = {{", *rows, "}"]


def flat(row: Doubles) -> str:
    return "(" + ", ".join(f"{x:g}" for x in np.round(row, 3) + 0.0) + ")"


def short(numbers: Iterable[float]) -> str:
    return "(" + ", ".join(f"{x:.3g}" for x in numbers) + ")"

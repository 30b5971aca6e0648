"""Figures, tables and charts of the export suite."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.result import Cell, Figure, Table, at_most, plain
from benchmarks.export.artifacts import Made
from benchmarks.export.timing import THREADS, Timed

__all__ = ["artifact_table", "charts", "figures", "ops_table", "red_table", "versus_table"]

Times = Mapping[int, Mapping[str, Timed]]
"""For each number of threads the times of each artifact, by name."""
OURS, PLAIN = "#35618f", "#c9c9c9"
KEPT: Final = {"encoder": "worn colour, dE2000", "hair": "1 - IoU"}
"""The judge's term that each network is charted by."""


def artifact_table(made: Sequence[Made], times: Times) -> Table:
    """Returns every artifact: bytes, errors, seconds, milliseconds, whether its gates are green."""
    columns = ("artifact", "bytes", "max", "p99", "term", "s", "1 thread ms, min", "median")
    rows: list[tuple[Cell, ...]] = []
    for each in made:
        term = each.terms.get(KEPT.get(each.network, ""))
        cells = [time for n in THREADS for time in times[n].get(each.name, (None, None))]
        row = (each.name, each.size, each.most, each.p99, term, each.seconds or None, *cells)
        rows.append((*row, verdict(each)))
    return Table((*columns, "2 threads ms, min", "median", "gate"), tuple(rows))


def verdict(made: Made) -> str:
    if made.path is None:
        return "not made"
    if made.plain:
        return "-"
    return "red" if made.breaches else "green"


def red_table(made: Sequence[Made]) -> Table:
    """Returns why an artifact is red, or was not made."""
    rows = [(each.name, why) for each in made for why in each.breaches]
    return Table(("artifact", "why"), tuple(rows))


def pairs(made: Sequence[Made]) -> list[tuple[Made, Made]]:
    """Returns each artifact of ours that has a control, and the control."""
    known = {each.name: each for each in made}
    found = [(each, known.get(f"{each.name} plain")) for each in made if not each.plain]
    return [(one, other) for one, other in found if other is not None]


def versus_table(made: Sequence[Made], times: Times) -> Table:
    """Returns ours over the plain path: below 1 ours is smaller, more exact or faster."""
    rows: list[tuple[Cell, ...]] = []
    for one, other in pairs(made):
        one_ms, other_ms = (times[1].get(each.name) for each in (one, other))
        rows.append(
            (
                one.name,
                ratio(one.size, other.size),
                ratio(one.most, other.most),
                ratio(one.p99, other.p99),
                ratio(one_ms and one_ms[0], other_ms and other_ms[0]),
                ratio(one.seconds, other.seconds),
            )
        )
    columns = ("ours / plain", "bytes", "max", "p99", "ms, 1 thread", "conversion s")
    return Table(columns, tuple(rows))


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def ops_table(profiles: Mapping[str, Sequence[tuple[str, float]]]) -> Table:
    """Returns the slowest operations of each artifact."""
    rows = [(name, op, ms) for name, ops in profiles.items() for op, ms in ops]
    return Table(("artifact", "operation", "ms in one run"), tuple(rows))


def figures(made: Sequence[Made], times: Times) -> list[Figure]:
    """Returns how many gates are red, and ours over the plain path for each control."""
    own = [each for each in made if not each.plain]
    red = [each.name for each in own if each.breaches]
    note = ", ".join(red) or "none"
    label = f"artifacts of {len(own)} whose gate is red"
    found = [at_most("red_gates", label, float(len(red)), 0.0, note=note)]
    found += wins(made, times)
    for one, other in pairs(made):
        found += compared(one, other, times)
    return found


def wins(made: Sequence[Made], times: Times) -> list[Figure]:
    """Returns in how many pairs ours is ahead, and by name those in which the plain path is.

    A file that is not made, or does not run, is in no pair.
    """
    known = times[1]
    ways: dict[str, Callable[[Made], float | None]] = {
        "smaller": lambda each: each.size,
        "more exact": lambda each: each.most,
        "faster": lambda each: known[each.name][0] if each.name in known else None,
    }
    found: list[Figure] = []
    for word, of in ways.items():
        ratios = {one.name: ratio(of(one), of(other)) for one, other in pairs(made)}
        real = {name: value for name, value in ratios.items() if value is not None}
        lost = ", ".join(f"{name} {value:.3f}" for name, value in real.items() if value > 1)
        note = f"plain is ahead (ours / plain): {lost or 'nowhere'}"
        key, ahead = word.replace(" ", "_"), sum(value < 1 for value in real.values())
        found.append(plain(key, f"pairs of {len(real)} in which ours is {word}", ahead, note=note))
    return found


def compared(one: Made, other: Made, times: Times) -> list[Figure]:
    """Returns size, error and time of one artifact over its control's."""
    key = one.name.replace(" ", "_")
    note = other.breaches[0] if other.breaches else f"plain: {other.size:,} bytes"
    one_ms, other_ms = (times[1].get(each.name) for each in (one, other))
    speed = ratio(one_ms and one_ms[0], other_ms and other_ms[0])
    timed = "one thread, minimum, in turn" if speed else "not timed on this machine"
    size, error = ratio(one.size, other.size), ratio(one.most, other.most)
    broken = other.breaches[0] if other.breaches else ""
    exact = broken or (one.breaches[0] if one.path is None else f"plain: {other.most:.3g}")
    return [
        plain(f"{key}_bytes", f"{one.name}: bytes, ours / plain", size, note=note),
        plain(f"{key}_error", f"{one.name}: largest error, ours / plain", error, note=exact),
        plain(f"{key}_ms", f"{one.name}: time, ours / plain", speed, note=timed),
    ]


def charts(made: Sequence[Made], times: Times) -> list[Panel]:
    """Returns bytes, error and time of every artifact of each network."""
    panels: list[Panel] = []
    for network in dict.fromkeys(each.network for each in made):
        some = [each for each in made if each.network == network]
        size = {label(each): each.size / 1e6 for each in some if each.size}
        term = KEPT.get(network, "")
        error = {label(each): each.terms[term] for each in some if term in each.terms}
        taken = {label(each): times[1][each.name][0] for each in some if each.name in times[1]}
        panels.append(coloured(f"{network}: size", size, "MB"))
        if error:
            panels.append(coloured(f"{network}: worst {term} against torch", error, term))
        if taken:
            panels.append(coloured(f"{network}: one thread, minimum", taken, "ms"))
    return panels


def coloured(title: str, values: Mapping[str, float], unit: str) -> Panel:
    """Returns a panel of bars, those of the plain paths grey."""
    colours = [PLAIN if name.endswith(" plain") else OURS for name in values]
    return bars(title, values, unit, colours=colours)


def label(made: Made) -> str:
    """Returns a name without the network's."""
    return made.name.removeprefix(f"{made.network} ")

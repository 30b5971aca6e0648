"""The result file: what a benchmark found, on what, against which targets (see README.md)."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from prink.whole_file import whole_file

__all__ = [
    "Cell",
    "Figure",
    "Result",
    "ResultError",
    "Series",
    "Table",
    "at_least",
    "at_most",
    "check_result",
    "plain",
    "read_result",
    "write_result",
]

SCHEMA = 1
PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
Goal = Literal["at most", "at least", ""]
Cell = str | float | None


class ResultError(ValueError):
    """A result that is not as the contract says, or a file that cannot be written."""


@dataclass(frozen=True)
class Figure:
    """One number. With a goal it has a target, and is met or missed; None could not be measured."""

    id: str
    label: str
    value: float | None
    unit: str
    goal: Goal = ""
    target: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        if not self.goal or self.value is None or self.target is None:
            return None
        return self.value <= self.target if self.goal == "at most" else self.value >= self.target


def at_most(
    id: str, label: str, value: float | None, target: float, *, unit: str = "", note: str = ""
) -> Figure:
    """Returns a figure whose value should be no more than its target."""
    return Figure(id, label, value, unit, "at most", target, note)


def at_least(
    id: str, label: str, value: float | None, target: float, *, unit: str = "", note: str = ""
) -> Figure:
    """Returns a figure whose value should be no less than its target."""
    return Figure(id, label, value, unit, "at least", target, note)


def plain(id: str, label: str, value: float | None, *, unit: str = "", note: str = "") -> Figure:
    """Returns a figure without a target."""
    return Figure(id, label, value, unit, note=note)


@dataclass(frozen=True)
class Table:
    """Rows behind the figures; numbers, words or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Series:
    """A curve of the chart."""

    x_label: str
    y_label: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class Result:
    """One run of one suite."""

    suite: str
    prink: str
    when: str
    seconds: float
    machine: Mapping[str, Any]
    device: Mapping[str, str]
    settings: Mapping[str, Any]
    figures: tuple[Figure, ...]
    tables: Mapping[str, Table] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The file name without suffix: `frame--2-core-x86_64--llvmpipe`."""
        return f"{self.suite}--{self.machine['name']}--{self.device['name']}"

    def to_dict(self) -> dict[str, Any]:
        """Returns the result as JSON data."""
        figures = [{**asdict(figure), "met": figure.met} for figure in self.figures]
        data: dict[str, Any] = rounded({"schema": SCHEMA, **asdict(self), "figures": figures})
        return data


def rounded(value: Any) -> Any:  # noqa: ANN401 (JSON data)
    """Returns JSON data with floats of six significant digits."""
    if isinstance(value, Mapping):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def write_result(result: Result, folder: Path) -> Path:
    """Writes the result as JSON, whole or not at all, and returns the file's path.

    Raises:
        ResultError: if the result breaks the contract or the file cannot be written.
    """
    data = result.to_dict()
    check_result(data)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.stem}.json"
    with whole_file(path, error=ResultError) as part:
        part.write_text(json.dumps(data, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return path


def read_result(path: Path) -> dict[str, Any]:
    """Returns the checked JSON data of a result file.

    Raises:
        ResultError: if it breaks the contract, or its name is not the one its content asks for.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as cause:
        raise ResultError(f"no JSON: {cause} ({path})") from cause
    try:
        check_result(data)
    except ResultError as cause:
        raise ResultError(f"{cause} ({path})") from cause
    stem = f"{data['suite']}--{data['machine']['name']}--{data['device']['name']}"
    if path.stem != stem or path.parent.name != data["prink"]:
        raise ResultError(f"expected {data['prink']}/{stem}.json ({path})")
    return data


FIELDS: dict[str, type | tuple[type, ...]] = {
    "schema": int,
    "suite": str,
    "prink": str,
    "when": str,
    "seconds": (int, float),
    "machine": dict,
    "device": dict,
    "settings": dict,
    "figures": list,
    "tables": dict,
    "series": dict,
}


def check_result(data: Any) -> None:  # noqa: ANN401 (JSON data)
    """Checks JSON data against the contract.

    Raises:
        ResultError: naming the first field that is not as it should be.
    """
    require(isinstance(data, dict), "a result is an object")
    require(set(data) == set(FIELDS), f"fields are {sorted(data)}, expected {sorted(FIELDS)}")
    for name, kind in FIELDS.items():
        require(isinstance(data[name], kind), f"{name} is a {type(data[name]).__name__}")
    require(data["schema"] == SCHEMA, f"schema is {data['schema']}, expected {SCHEMA}")
    for part in ("machine", "device"):
        name = data[part].get("name", "")
        require(bool(PLAIN_NAME.fullmatch(name.lower())), f"{part}.name {name!r} is no plain name")
    require(len(data["figures"]) > 0, "no figures")
    ids = [check_figure(figure) for figure in data["figures"]]
    require(len(set(ids)) == len(ids), "two figures have the same id")
    for name, table in data["tables"].items():
        wide = len(table["columns"])
        require(all(len(row) == wide for row in table["rows"]), f"table {name} has a ragged row")
    for name, series in data["series"].items():
        require(
            len(series["x"]) == len(series["y"]) > 0, f"series {name}: x and y differ in length"
        )


def check_figure(figure: dict[str, Any]) -> str:
    expected = {"id", "label", "value", "unit", "goal", "target", "note", "met"}
    require(set(figure) == expected, f"figure {figure.get('id')!r} has fields {sorted(figure)}")
    name, value, target, goal = (figure[key] for key in ("id", "value", "target", "goal"))
    require(
        value is None or isinstance(value, int | float), f"{name}: value {value!r} is no number"
    )
    require(value is not None or bool(figure["note"]), f"{name}: no value, and no note says why")
    require(goal in ("", "at most", "at least"), f"{name}: goal {goal!r} is not known")
    require(
        (target is not None) == bool(goal), f"{name}: a goal needs a target and a target a goal"
    )
    again = Figure(name, figure["label"], value, figure["unit"], goal, target)
    require(
        figure["met"] == again.met, f"{name}: met is {figure['met']}, the numbers say {again.met}"
    )
    return str(name)


def require(holds: bool, message: str) -> None:
    if not holds:
        raise ResultError(message)

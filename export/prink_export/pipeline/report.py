"""The table at the end and the JSON beside the artifacts."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from prink.whole_file import whole_file
from prink_export.measure.timing import STAND_IN
from prink_export.network import FLOAT, WHOLE, ExportError
from prink_export.pipeline.disk import writing
from prink_export.pipeline.row import Row

__all__ = ["line", "print_report", "warned", "write_report"]

TERMS: Final = "in the user's terms"
LEAVE: Final = "would leave"
WIDE: Final = 110  # columns of a terminal that hold the whole table


def line(row: Row) -> str:
    """Returns what is printed when a row is done."""
    name = f"{row.network} {row.format} {row.precision}"
    if row.passed and row.artifact:
        how = "reused" if row.reused else f"{row.artifact.seconds:.0f} s"
        return f"ok    {name}: {row.artifact.path.name} ({how})"
    return f"RED   {name}: {row.breaches[0] if row.breaches else 'nothing was made'}"


def warned(network: str, warning: str) -> str:
    """Returns what is printed of a rule that a network breaks, before it is converted."""
    return f"warn  {network}: {warning}"


def print_report(rows: Sequence[Row], console: Console) -> None:
    """Prints the table, in two parts where the console is narrow, then each breach once."""
    judged = any(row.parity and row.parity.terms for row in rows)
    words = (TERMS, LEAVE) if judged else (LEAVE,)
    if console.width >= WIDE:
        console.print(table(rows, ("bytes", "error", *words[:-1], "ops", LEAVE, "ms", "gate")))
    else:
        console.print(table(rows, ("bytes", "error", "ops", "ms", "gate")))
        console.print(table([row for row in rows if row.artifact], words))
    console.print(
        "error: largest, absolute, on real inputs, against eager torch. ms: least and median of one"
        " run here.",
        style="dim",
    )
    stand_ins = {
        each.runner
        for row in rows
        for each in (row.parity.readings if row.parity else ())
        if STAND_IN in each.runner
    }
    for name in sorted(stand_ins):
        console.print(f"{name}: a stand-in; no device has confirmed these rows.", style="dim")
    for told in dict.fromkeys(floating(row) for row in rows if row.floats):
        console.print(told, style="dim", markup=False, highlight=False, soft_wrap=True)
    for told in dict.fromkeys(warned(row.network, each) for row in rows for each in row.warnings):
        console.print(told, style="dim", markup=False, highlight=False, soft_wrap=True)
    for each, names in reds(rows).items():
        told = f"RED {names}: {each}"
        console.print(told, markup=False, highlight=False, soft_wrap=True)
    if not all(row.passed for row in rows):
        console.print("What is red may not ship: a bundle refuses it.")


def reds(rows: Sequence[Row]) -> dict[str, str]:
    """Returns each breach with the rows that have it: "unet onnx fp32 fp16, unet coreml fp32"."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for each in row.breaches:
            places = found.setdefault(each, {})
            places.setdefault(f"{row.network} {row.format}", []).append(row.precision)
    return {
        each: ", ".join(f"{place} {' '.join(some)}" for place, some in places.items())
        for each, places in found.items()
    }


def floating(row: Row) -> str:
    """Returns what of a network computes in float in an int8 file."""
    if "*" in row.floats:
        return f"{row.network} int8: weights of 8 bits only, it computes in float throughout."
    parts = ", ".join(each or "its own arithmetic" for each in row.floats)
    return f"{row.network} int8: computes in int8 but for {parts}."


def table(rows: Sequence[Row], columns: Sequence[str]) -> Table:
    """Returns a table with the rows' names and some columns of theirs."""
    found = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("network", "format", "precision"):
        found.add_column(name, no_wrap=True)
    for name in columns:
        if name in (TERMS, LEAVE):
            found.add_column(name, min_width=14, overflow="fold")
        else:
            found.add_column(name, justify="left" if name == "gate" else "right", no_wrap=True)
    for row in rows:
        told = cells(row)
        found.add_row(row.network, row.format, row.precision, *(told[name] for name in columns))
    return found


def cells(row: Row) -> dict[str, str]:
    """Returns what each column says of a row."""
    gate = "[green]green[/]" if row.passed else "[red]RED[/]"
    if row.artifact is None:
        return dict.fromkeys(("bytes", "error", TERMS, "ops", LEAVE, "ms"), "-") | {"gate": gate}
    terms = row.parity.terms if row.parity else {}
    return {
        "bytes": f"{row.artifact.size:,}",
        "error": f"{row.parity.worst:.2g}" if row.parity and row.parity.readings else "-",
        TERMS: ", ".join(f"{name} {value:.2g}" for name, value in terms.items()) or "-",
        "ops": str(sum(row.census.ops.values())) if row.census else "-",
        LEAVE: verdict(row),
        "ms": fastest(row),
        "gate": gate,
    }


def verdict(row: Row) -> str:
    """Returns what would leave each accelerator, or that all stay."""
    if row.census is None:
        return "-"
    told = []
    for accelerator, ops in row.census.leaves.items():
        if not ops:
            told.append(f"{accelerator}: nothing")
        elif set(ops) >= set(row.census.ops):
            told.append(f"{accelerator}: everything")
        else:
            told.append(f"{accelerator}: {'; '.join(named(ops))}")
    return "\n".join(told) or "-"


def named(ops: Mapping[str, str]) -> list[str]:
    """Returns operations by name, and in words what is none: a whole file, float numbers."""
    found = [", ".join(each for each in ops if each not in (WHOLE, FLOAT))] if ops else []
    if WHOLE in ops:
        found.append(f"the whole file is refused: {ops[WHOLE]}")
    if FLOAT in ops:
        found.append(ops[FLOAT])
    return [each for each in found if each]


def fastest(row: Row) -> str:
    """Returns the times of the first runner."""
    for each in row.times.values():
        return f"{each.least:.1f} {each.median:.1f}"
    return "-"


def write_report(rows: Sequence[Row], out: Path) -> Path:
    """Writes `out/export.json`, all rows with every reading, and returns its path.

    Raises:
        ExportError: if it cannot be written.
    """
    path = out / "export.json"
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        with whole_file(path, error=ExportError) as part:
            part.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n")
    return path

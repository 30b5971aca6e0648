"""What a person sees: the table of figures with their targets, other tables, and a progress bar."""

from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Printed

from benchmarks.contract.result import Cell, Figure, Result, Table

__all__ = ["print_result", "printed", "progress", "shown"]

MOST_ROWS = 24


def progress() -> Progress:
    """Returns a progress bar that says what is measured and for how long."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )


def print_result(result: Result, files: tuple[Path, ...] = ()) -> None:
    """Prints the tables, then the figures with target and verdict, then the files written."""
    console = Console()
    if not console.is_terminal:  # a log file has no width of its own
        console = Console(width=140)
    for name, table in result.tables.items():
        console.print(printed(name, table))
    console.print(verdicts(result.figures))
    missed = sum(figure.met is False for figure in result.figures)
    judged = sum(figure.met is not None for figure in result.figures)
    console.print(f"{judged - missed} of {judged} targets met, in {result.seconds:.0f} s")
    for path in files:
        console.print(f"wrote {path}", highlight=False)


def verdicts(figures: tuple[Figure, ...]) -> Printed:
    table = Printed("figure", "value", "target", "", "note", box=box.SIMPLE, title="Figures")
    words = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}
    for figure in figures:
        target = f"{figure.goal} {shown(figure.target)}" if figure.goal else ""
        value = f"{shown(figure.value)} {figure.unit}".strip()
        table.add_row(figure.label, value, target, words[figure.met], figure.note)
    return table


def printed(name: str, table: Table) -> Printed:
    """Returns a table as the console prints it, long ones cut."""
    shape = Printed(box=box.SIMPLE, title=name)
    for place, column in enumerate(table.columns):
        shape.add_column(column, justify="right" if place else "left")
    for row in table.rows[:MOST_ROWS]:
        shape.add_row(*(shown(cell) for cell in row))
    if len(table.rows) > MOST_ROWS:
        shape.caption = f"{len(table.rows) - MOST_ROWS} more rows in the result file"
    return shape


def shown(cell: Cell) -> str:
    """Returns a cell as text: three significant digits, a dash for what is missing."""
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return cell
    if cell == 0 or abs(cell) >= 100:
        return f"{cell:.0f}"
    return f"{cell:.3g}"

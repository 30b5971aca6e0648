"""What a reading gave back of a look that was put on: parameter by parameter, for people."""

from dataclasses import dataclass

from rich import box
from rich.table import Column, Table
from rich.text import Text

from prink.amount import applied
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.params import Look, Parameter, Rgba, parameters

__all__ = ["Row", "difference", "read_back", "rows"]


@dataclass(frozen=True)
class Row:
    """One parameter of a product that is worn or was read.

    Attributes:
        path: Its name.
        true, read: Its values; None where the product is not worn, or was not found.
        error: dE2000 of the two pigments; None for plain numbers and where one is missing.
    """

    path: str
    true: float | Rgba | None
    read: float | Rgba | None
    error: float | None


def difference(one: Rgba, other: Rgba) -> float:
    """Returns dE2000 between two colours, coverage apart."""
    return float(
        delta_e_2000(*(linear_to_lab(srgb_to_linear(color[:3])) for color in (one, other)))
    )


def rows(true: Look, read: Look) -> list[Row]:
    """Returns a row for each parameter of the worn products, and for each colour read besides."""
    worn = {parameter.group for parameter in applied(true)}
    shows = {parameter.path for look in (true, read) for parameter in applied(look)}
    idle = {"lips.inner_ratio"} if true.lips.inner.a == 0 else set()
    return [
        row_of(parameter, true, read)
        for parameter in parameters()
        if parameter.path in shows or (parameter.group in worn and not parameter.is_color)
        if parameter.path not in idle
    ]


def row_of(parameter: Parameter, true: Look, read: Look) -> Row:
    one, other = value_of(parameter, true), value_of(parameter, read)
    error = None
    if isinstance(one, Rgba) and isinstance(other, Rgba):
        error = difference(one, other)
    return Row(parameter.path, one, other, error)


def value_of(parameter: Parameter, look: Look) -> float | Rgba | None:
    value = parameter.get(look)
    on = {each.group for each in applied(look)}
    hidden = value.a == 0 if isinstance(value, Rgba) else parameter.group not in on
    return None if hidden else value


def read_back(true: Look, read: Look) -> Table:
    """Returns the table as the console prints it: swatches, hex, coverage, plain numbers."""
    table = Table(
        Column("parameter", no_wrap=True),
        Column("true", no_wrap=True),
        Column("read", no_wrap=True),
        Column("dE2000", justify="right", no_wrap=True),
        Column("off by", justify="right", no_wrap=True),
        box=box.SIMPLE,
        title="What was put on, and what was read off",
        caption="a colour: pigment, its hex, coverage; dE2000 of the pigments; off by: coverage",
    )
    for row in rows(true, read):
        error = "" if row.error is None else f"{row.error:.1f}"
        table.add_row(row.path, shown(row.true), shown(row.read), error, off(row))
    return table


def shown(value: float | Rgba | None) -> Text:
    if value is None:
        return Text("-")
    if not isinstance(value, Rgba):
        return Text(f"{value:.2f}")
    red, green, blue = (round(255 * part) for part in value[:3])
    text = Text("██", style=f"rgb({red},{green},{blue})")
    return text.append(f" #{red:02x}{green:02x}{blue:02x} {100 * value.a:3.0f}%", style="default")


def off(row: Row) -> str:
    """Returns how far the plain number or the coverage is off, with its sign."""
    if row.true is None or row.read is None:
        return "not worn" if row.true is None else "not read"
    one, other = (v.a if isinstance(v, Rgba) else v for v in (row.true, row.read))
    return f"{other - one:+.2f}"

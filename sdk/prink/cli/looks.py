"""`prink looks`: the looks and hair colours that come with prink."""

import argparse
import json

from prink.amount import applied
from prink.cli.choose import COLOUR_FORMS, look_named
from prink.params import (
    HAIR,
    Look,
    Parameter,
    Rgba,
    dump_look,
    hair_note,
    look_to_dict,
    parameters,
)
from prink.params.looks import LOOKS, look_note

__all__ = ["add_parser", "swatches"]

EPILOG = """\
examples:
  prink looks
  prink looks classic_red > mine.json    (edit it, then: prink try me.jpg --look mine.json ...)
  prink looks --parameters               (what --set can change)
  prink looks --json
"""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "looks",
        parents=[shared],
        help="list the looks, or print one as JSON",
        description="Lists the looks, then the hair colours for --hair; with NAME, prints that "
        "look's parameters.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="print this look (or look file)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print all looks as JSON")
    form.add_argument(
        "--parameters",
        action="store_true",
        help="list every parameter: range, value (by default or in NAME) and meaning",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    if args.parameters:
        print_parameters(look_named(args.name) if args.name else Look())
    elif args.name is not None:
        print(dump_look(look_named(args.name)), end="")
    elif args.json:
        print(json.dumps({name: look_to_dict(look) for name, look in LOOKS.items()}, indent=1))
    else:
        print_table()
    return 0


def print_table() -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    for title, looks, said in (("look", LOOKS, look_note), ("hair", HAIR, hair_note)):
        table = Table(title, Column("colours", no_wrap=True), "", box=box.SIMPLE)
        for name, look in looks.items():
            colours = Text()
            for _, colour in swatches(look):
                red, green, blue = (round(255 * part) for part in colour[:3])
                colours.append("██", style=f"rgb({red},{green},{blue})")
            table.add_row(name, colours, said(name))
        Console().print(table)


def print_parameters(look: Look) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table

    name = Column("parameter", no_wrap=True)
    value = Column("value", no_wrap=True)
    table = Table(name, "range", value, "meaning", box=box.SIMPLE)
    for parameter in parameters():
        table.add_row(parameter.path, *described(parameter, look), parameter.spec.doc)
    console = Console()
    console.print(table)
    console.print(f"{COLOUR_FORMS[0].upper()}{COLOUR_FORMS[1:]}.", highlight=False)


def described(parameter: Parameter, look: Look) -> tuple[str, str]:
    """Returns the range and the value in a look as text."""
    value, spec = parameter.get(look), parameter.spec
    if isinstance(value, Rgba):
        red, green, blue = (round(255 * part) for part in value[:3])
        return "colour", f"#{red:02x}{green:02x}{blue:02x} {100 * value.a:.0f}%"
    return f"{spec.lo:g} to {spec.hi:g}", f"{value:g}"


def swatches(look: Look) -> list[tuple[str, Rgba]]:
    """Returns the colours that the look applies, by parameter path, in schema order."""
    found = [(parameter.path, parameter.get(look)) for parameter in applied(look)]
    return [(path, value) for path, value in found if isinstance(value, Rgba)]

"""`prink looks`: the looks that come with prink."""

import argparse
import json

from prink.amount import applied
from prink.cli.choose import look_named
from prink.params import Look, Rgba, dump_look, look_to_dict
from prink.params.looks import LOOKS, look_note

__all__ = ["add_parser", "swatches"]

EPILOG = """\
examples:
  prink looks
  prink looks classic_red > mine.json    (edit it, then: prink try me.jpg --look mine.json ...)
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
        description="Lists the looks with their colours; with NAME, prints that look's parameters.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="print this look (or look file)")
    parser.add_argument("--json", action="store_true", help="print all looks as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    if args.name is not None:
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

    table = Table("look", Column("colours", no_wrap=True), "", box=box.SIMPLE)
    for name, look in LOOKS.items():
        colours = Text()
        for _, colour in swatches(look):
            red, green, blue = (round(255 * part) for part in colour[:3])
            colours.append("██", style=f"rgb({red},{green},{blue})")
        table.add_row(name, colours, look_note(name))
    Console().print(table)


def swatches(look: Look) -> list[tuple[str, Rgba]]:
    """Returns the colours that the look applies, by parameter path, in schema order."""
    found = [(parameter.path, parameter.get(look)) for parameter in applied(look)]
    return [(path, value) for path, value in found if isinstance(value, Rgba)]

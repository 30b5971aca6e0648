"""`prink doctor`: what is here, what is missing, how to get it."""

import argparse
import json

__all__ = ["add_parser"]

MARKS = {"ok": "[green]ok[/]", "missing": "[red]missing[/]", "optional": "[yellow]not here[/]"}


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "doctor",
        parents=[shared],
        help="check versions, OpenGL driver, models and cameras",
        description="Shows what prink found on this machine and how to get what is missing. "
        "Ends with 0 if prink can draw, else with 1.",
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command."""
    from prink.doctor import examine

    report = examine()
    if args.json:
        print(json.dumps(report.to_dict(), indent=1))
        return 0 if report.can_draw else 1
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    table = Table("part", "state", Column("details", overflow="fold"), box=box.SIMPLE)
    for finding in report.findings:
        details = escape(finding.detail) + (
            f"\n[bold]{escape(finding.fix)}[/]" if finding.fix else ""
        )
        table.add_row(finding.part, MARKS[finding.state], details)
    console = Console()
    console.print(table)
    console.print("prink can draw" if report.can_draw else "prink cannot draw yet: see above")
    return 0 if report.can_draw else 1

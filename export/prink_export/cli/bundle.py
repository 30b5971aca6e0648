"""`prink-export bundle`: all that a phone or a web page installs, as a folder or a zip."""

import argparse
from pathlib import Path
from typing import Any, Final

from prink_export.bundle.manifest import PLATFORMS, PRECISION
from prink_export.measure.tolerances import SHARES
from prink_export.network import ExportError

__all__ = ["add_parser"]

FEATURES: Final = (
    "comma-separated groups of the look (lips,eyes,hair) and what else networks are for (reading); "
    "an unknown one is answered with all there are (default: all)"
)


def add_parser(commands: Any) -> None:  # noqa: ANN401 (argparse does not name its type)
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "bundle",
        help="write the device bundle: models, shaders, mesh, plan, schema, presets",
        description="Writes all that a phone or a web page installs.",
        epilog="example: prink-export bundle --models artifacts --out prink.bundle --zip",
    )
    parser.add_argument("--out", type=Path, default=Path("prink.bundle"), help="the folder")
    parser.add_argument(
        "--models",
        type=Path,
        default=Path("artifacts"),
        help="folder of artifacts that `prink-export models` made (default: %(default)s)",
    )
    parser.add_argument("--features", help=FEATURES)
    parser.add_argument("--platforms", default=",".join(PLATFORMS), help="default: %(default)s")
    parser.add_argument(
        "--precision",
        default=PRECISION,
        help="of the networks, for all or by platform: android=int8,ios=fp16 (default: fp16)",
    )
    parser.add_argument("--zip", action="store_true", help="write the same as OUT.zip, too")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Runs `prink-export bundle`; returns the exit code.

    Raises:
        ExportError: see `make_bundle`.
    """
    from prink_export.bundle.make import make_bundle, size_table

    manifest = make_bundle(
        options.out,
        models=options.models,
        features=None if options.features is None else listed(options.features),
        precisions=precisions_of(options.precision, listed(options.platforms)),
        zipped=options.zip,
    )
    print(size_table(manifest))
    print(f"wrote {options.out}" + (f" and {options.out}.zip" if options.zip else ""))
    return 0


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def precisions_of(text: str, platforms: list[str]) -> dict[str, str]:
    """Returns the precision of each platform, of "fp16" or "android=int8,ios=fp16".

    Raises:
        ExportError: if there is no such platform or precision, or none is asked for.
    """
    if not platforms:
        raise ExportError(f"--platforms is empty; known: {', '.join(PLATFORMS)}")
    found = dict.fromkeys(platforms, PRECISION)
    for part in listed(text):
        name, equals, precision = part.partition("=")
        if equals and name in PLATFORMS and name not in found:
            raise ExportError(
                f"--precision {part}, but --platforms leaves {name} out; add it there"
            )
        found |= {name: precision} if equals else dict.fromkeys(found, name)
    for name, precision in found.items():
        if name not in PLATFORMS:
            raise ExportError(f"no platform is called {name!r}; known: {', '.join(PLATFORMS)}")
        if precision not in SHARES:
            raise ExportError(f"no precision {precision}; known: {', '.join(SHARES)}")
    return found

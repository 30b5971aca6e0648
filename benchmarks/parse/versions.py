"""Runs one of the drawing scripts with this prink or with that of another checkout."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.contract.result import ResultError

__all__ = ["run_with"]


def run_with(
    checkout: Path | None, script: str, arguments: list[str], *, tick: Callable[[], None]
) -> None:
    """Runs `benchmarks/parse/SCRIPT` to its end, ticking at each line it prints.

    Args:
        checkout: The root of a checkout whose prink draws; None is the prink that is imported here.
        script: A file's name in this folder.
        arguments: Of the script.
        tick: Called for each line.

    Raises:
        ResultError: if it fails, with the last lines it said.
    """
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    paths = [str(checkout / "sdk")] if checkout else [*filter(None, sys.path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=checkout or None,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in process.stdout:
            tick()
        said = process.stderr.read()
    if process.returncode:
        last = "\n".join(said.strip().splitlines()[-4:])
        raise ResultError(f"{script} failed with the prink of {checkout or 'here'}: {last}")

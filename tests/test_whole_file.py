"""Files appear whole or not at all, and what killed programs left goes away."""

import os
import subprocess
import sys

import pytest

from prink.whole_file import whole_file


@pytest.fixture
def dead():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_leftovers_of_ended_programs_go_and_all_else_stays(tmp_path, dead):
    stale = tmp_path / f".a[1].{dead}.part.png"
    others = [
        tmp_path / f".a[1].{os.getppid()}.part.png",  # still being written
        tmp_path / f".b.{dead}.part.png",  # of another output
        tmp_path / f".a[1].{dead}.part.jpg",
        tmp_path / f".a[1].b.{dead}.part.png",
    ]
    for path in (stale, *others):
        path.write_text("half")
    with whole_file(tmp_path / "a[1].png", error=ValueError) as part:
        part.write_text("whole")
    assert not stale.exists()
    assert all(path.read_text() == "half" for path in others)
    assert (tmp_path / "a[1].png").read_text() == "whole"

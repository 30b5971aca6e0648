"""Processes side by side: what is stopped cleans up behind itself."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

from prink.whole_file import whole_file
from prink_export.network import ExportError
from prink_export.pipeline.side_by_side import side_by_side


def begun(folder: Path) -> Iterator[str]:
    with whole_file(folder / "artifact.txt", error=ExportError) as part:
        part.write_text("half")
        yield "begun"
        sleep(60)


def test_stopping_side_by_side_leaves_nothing_half_written(tmp_path: Path) -> None:
    results = side_by_side([tmp_path], begun, lost=lambda *_: [], jobs=1)
    assert next(results) == "begun"
    assert list(tmp_path.iterdir())
    results.close()
    assert not list(tmp_path.iterdir())

"""The export's benchmark: each artifact is a row, ours and the plain path are held together."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.export.artifacts import Made, in_short, ours, plain
from benchmarks.export.figures import artifact_table, red_table, versus_table, wins
from benchmarks.export.plain import PLAIN, PlainPath
from benchmarks.export.timing import in_turn
from tests.export.foreign import FOREIGN

from prink_export.measure.parity import reference
from prink_export.pipeline.preflight import built


@pytest.fixture
def pair(tmp_path: Path) -> list[Made]:
    """One artifact with its control: ours is smaller and less exact."""
    files = [tmp_path / "net.fp32.onnx", tmp_path / "plain" / "plain.onnx"]
    files[1].parent.mkdir()
    for path, size in zip(files, (10, 20), strict=True):
        path.write_bytes(bytes(size))
    return [
        Made("net", "onnx", "fp32", False, files[0], 2.0, 0.3, 0.1),
        Made("net", "onnx", "fp32", True, files[1], 1.0, 0.1, 0.1),
    ]


TIMES = {
    1: {"net onnx fp32": (2.0, 3.0), "net onnx fp32 plain": (4.0, 5.0)},
    2: {"net onnx fp32": (1.0, 1.0), "net onnx fp32 plain": (1.0, 1.0)},
}


def test_where_the_plain_path_is_ahead_is_said_by_name(pair: list[Made]):
    found = {figure.id: figure for figure in wins(pair, TIMES)}
    assert [found[key].value for key in ("smaller", "more_exact", "faster")] == [1, 0, 1]
    assert "net onnx fp32 3.000" in found["more_exact"].note
    assert found["faster"].note.endswith("nowhere")


def test_ratios_are_ours_over_the_plain_path(pair: list[Made]):
    (row,) = versus_table(pair, TIMES).rows
    assert row[0] == "net onnx fp32"
    assert row[1:] == pytest.approx((0.5, 3.0, 1.0, 0.5, 2.0))


def test_every_row_has_a_cell_for_each_column(pair: list[Made]):
    table = artifact_table([*pair, Made("net", "onnx", "int8", False, breaches=("why",))], TIMES)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert [row[-1] for row in table.rows] == ["green", "-", "not made"]


def test_a_converter_that_fails_is_a_row_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> Path:
        raise RuntimeError("no such op")

    network = FOREIGN["classifier"]()
    against, module = reference(network), built(network)
    monkeypatch.setitem(PLAIN, ("onnx", "fp32"), PlainPath(broken, broken, "broken"))
    control = plain(network, module, "onnx", "fp32", against, tmp_path)
    own = ours(network, "onnx", "int4", against, tmp_path)
    assert control is not None
    assert control.breaches == ("RuntimeError: no such op",)
    assert [row[0] for row in red_table([own, control]).rows] == [own.name, control.name]
    assert "int4" in own.breaches[0]


def test_reasons_hold_no_folders():
    assert in_short(OSError("cannot read /some/where/net.onnx now")) == (
        "OSError: cannot read net.onnx now"
    )


def test_runs_take_turns():
    order: list[str] = []
    times = in_turn({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2)
    assert "".join(order) == "ab" * (len(order) // 2)
    assert all(least <= median for least, median in times.values())
    assert np.isfinite(list(times.values())).all()

"""The pipeline: rows as they are done, nothing converted twice, one failure stops no other."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console
from tests.export.conftest import Made
from tests.export.foreign import PICTURE, Then, classifier, pictures, settled, unet
from torch import Tensor

from prink_export.measure.parity import measure, reference
from prink_export.measure.tolerances import SHARES
from prink_export.network import FLOAT, WHOLE, Artifact, Census, Network, Port
from prink_export.onnx import format as onnx_format
from prink_export.pipeline.content_hash import Store, content_hash
from prink_export.pipeline.export import Load, Settings, departures, export, precisions_of
from prink_export.pipeline.formats import FORMATS
from prink_export.pipeline.report import line, print_report, write_report
from prink_export.pipeline.row import Row


def failing() -> Network:
    raise RuntimeError("the checkpoint is missing")


def dying() -> Network:
    os._exit(7)


def unfit() -> Network:
    return replace(unet(), outputs=(Port("out_mask", (1, 2, 32, 32)),))


def settings(out: Path, **changes: object) -> Settings:
    return replace(Settings(out, precisions=("fp32",)), **changes)


@pytest.mark.usefixtures("to_onnx")
def test_a_failing_network_is_a_red_row_and_the_rest_go_on(tmp_path: Path, store: Path) -> None:
    networks: dict[str, Load] = {"lost": failing, "unfit": unfit, "unet": unet}
    rows = list(export(networks, formats=["onnx"], settings=settings(tmp_path, store=store)))
    assert [(row.network, row.passed) for row in rows] == [
        ("lost", False),
        ("unfit", False),
        ("unet", True),
    ]
    assert rows[0].breaches == ("RuntimeError: the checkpoint is missing",)
    assert "its ports say 1x2x32x32" in rows[1].breaches[0]
    assert [path.name for path in tmp_path.iterdir()] == ["unet.fp32.onnx"]


@pytest.mark.usefixtures("to_onnx")
def test_side_by_side_a_process_that_dies_takes_only_its_own_rows(
    tmp_path: Path, store: Path
) -> None:
    networks: dict[str, Load] = {"dead": dying, "classifier": classifier, "local": lambda: unet()}
    told: list[tuple[str, str]] = []
    chosen = settings(tmp_path, store=store)
    found = export(
        networks, formats=["onnx"], settings=chosen, jobs=2, tell=lambda *each: told.append(each)
    )
    rows = {row.network: row for row in found}
    assert "ended with code 7" in rows["dead"].breaches[0]
    assert rows["classifier"].passed
    assert rows["classifier"].warnings == (told[0][1],)
    assert "cannot be sent to a process" in rows["local"].breaches[0]


@pytest.mark.usefixtures("to_onnx")
def test_the_same_weights_are_converted_once_and_others_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted = []
    convert = onnx_format.convert

    def counted(network: Network, **options: object) -> Path:
        converted.append(options["precision"])
        return convert(network, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(onnx_format, "convert", counted)

    def run(load: Load, out: str) -> Row:
        chosen = settings(tmp_path / out, store=tmp_path / "store")
        return next(iter(export({"unet": load}, formats=["onnx"], settings=chosen)))

    first, again = run(unet, "first"), run(unet, "again")
    assert converted == ["fp32"]
    assert (first.reused, again.reused) == (False, True)
    assert first.sha256 == again.sha256
    assert again.passed
    assert (tmp_path / "again/unet.fp32.onnx").read_bytes() == first.artifact.path.read_bytes()  # type: ignore[union-attr]
    run(partial(nudged), "nudged")
    assert len(converted) == 2
    for kept in (tmp_path / "store").glob("*/*.onnx"):
        kept.write_bytes(b"spoiled")
    assert not run(unet, "anew").reused
    assert len(converted) == 3


def test_what_a_store_holds_stays_when_another_process_made_it_too(tmp_path: Path) -> None:
    package, store = tmp_path / "net.mlpackage", Store(tmp_path / "store")
    package.mkdir()
    (package / "weights").write_bytes(b"1234")
    store.keep("key", package)
    kept = tmp_path / "store/key/net.mlpackage/weights"
    first = kept.stat().st_ctime_ns
    store.keep("key", package)
    assert kept.stat().st_ctime_ns == first
    kept.write_bytes(b"spoiled")
    assert store.fetch("key", tmp_path / "out") is None
    store.keep("key", package)
    assert store.fetch("key", tmp_path / "out") == tmp_path / "out/net.mlpackage"
    assert (tmp_path / "out/net.mlpackage/weights").read_bytes() == b"1234"
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["key"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [package.name]


def test_an_artifact_of_int8_is_made_anew_for_other_calibration_inputs() -> None:
    network = unet()
    module, against = network.build(), reference(network)
    other = replace(network, calibration=lambda: pictures(16, seed=3))

    def key(of: Network, precision: str) -> str:
        return content_hash(of, module, against, format="tflite", precision=precision)

    for precision in ("int8", "int8c"):
        assert key(network, precision) != key(other, precision)
    assert key(network, "fp32") == key(other, "fp32")


def test_an_artifact_is_made_anew_for_another_function_that_a_module_holds(tmp_path: Path) -> None:
    def key(text: str) -> str:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.py"
        file.write_text(text)
        space: dict[str, Callable[[Tensor], Tensor]] = {}
        exec(compile(text, str(file), "exec"), {"__name__": "steps"}, space)
        module = settled(lambda: Then(space["step"]))().requires_grad_(False)
        ports = (PICTURE,), (Port("out", (1, 4, 32, 32)),)
        network = Network("held", lambda: module, *ports, lambda: pictures(2, seed=1))
        against = reference(network)
        return content_hash(network, module, against, format="tflite", precision="fp32")

    plain = "def step(x): return x"
    turned = "def step(x): return x.permute(0, 2, 3, 1).permute(0, 3, 1, 2)"
    assert key(plain) == key(plain)
    assert key(plain) != key(turned)


def test_every_precision_has_limits_for_networks_that_bring_none() -> None:
    assert set(SHARES) == {each for name in FORMATS for each in precisions_of(name)}


def nudged() -> Network:
    network = unet()

    def build():
        module = network.build()
        module.mask.bias.data += 1e-3
        return module

    return replace(network, build=build)


@pytest.mark.usefixtures("to_onnx")
def test_an_operation_off_a_promised_accelerator_is_a_breach(tmp_path: Path, store: Path) -> None:
    chosen = settings(tmp_path, store=store, stays=("NNAPI", "QNN"))
    (row,) = export({"classifier": classifier}, formats=["onnx"], settings=chosen)
    assert row.breaches == ("leaves NNAPI: HardSwish (NNAPI has no HardSwish)",)
    assert row.artifact is not None
    assert not row.passed
    (row,) = export(
        {"promised": promised}, formats=["onnx"], settings=settings(tmp_path, store=store)
    )
    assert row.breaches == ("leaves NNAPI: HardSwish (NNAPI has no HardSwish)",)


@pytest.mark.usefixtures("to_onnx")
def test_broken_rules_are_told_before_anything_is_converted_and_stand_in_the_report(
    tmp_path: Path, store: Path
) -> None:
    networks: dict[str, Load] = {"classifier": classifier, "unet": unet}
    told: list[tuple[str, str]] = []
    rows = []
    for row in export(
        networks,
        formats=["onnx"],
        settings=settings(tmp_path, store=store, precisions=("fp32", "fp16")),
        tell=lambda *each: told.append(each),
    ):
        assert row.network != "classifier" or told
        rows.append(row)
    (warning,) = told  # once, though two artifacts were made
    assert warning[0] == "classifier"
    assert "hardswish at body.2, body.5: Core ML makes three" in warning[1]
    assert {(row.network, row.warnings) for row in rows} == {
        ("classifier", (warning[1],)),
        ("unet", ()),
    }
    assert all(row.passed for row in rows)
    console = Console(width=200, record=True, file=(tmp_path / "shown").open("w"))
    print_report(rows, console)
    assert console.export_text().count("warn  classifier: hardswish at body.2, body.5") == 1
    written = json.loads(write_report(rows, tmp_path).read_text())
    assert {tuple(each["warnings"]) for each in written} == {(), (warning[1],)}


def promised() -> Network:
    return replace(classifier(), stays={"onnx": ("NNAPI",)})


def test_the_judge_gates_in_the_users_terms(exported: Made) -> None:
    network, artifact, _ = exported("unet", "onnx", "int8")

    def judge(torch_says: list, artifact_says: list) -> dict[str, float]:
        return {"mask IoU lost": float(((torch_says[0] > 0.5) != (artifact_says[0] > 0.5)).mean())}

    strict = replace(network, judge=judge, limits={"int8": {"mask IoU lost": 0.0}})
    parity = measure(artifact, strict)
    assert parity.terms["mask IoU lost"] > 0
    assert "mask IoU lost is" in parity.breaches[0]
    assert (
        measure(artifact, replace(strict, limits={"int8": {"mask IoU lost": 1.0}})).breaches == ()
    )


def test_networks_without_limits_are_held_to_shares_of_what_their_outputs_span(
    exported: Made,
) -> None:
    network, artifact, _ = exported("unet", "onnx", "fp32")
    free = replace(network, limits={})
    assert measure(artifact, free).breaches == ()
    coarse = Artifact("unet", "onnx", "fp32", exported("unet", "onnx", "int8")[1].path, 0.0)
    assert "max of out_mask" in measure(coarse, free).breaches[0]


def test_noise_is_read_but_not_gated_in_int8(exported: Made) -> None:
    network, artifact, against = exported("classifier", "onnx", "int8")
    tight = replace(network, limits={"int8": {"max": 1e-9}})
    parity = measure(artifact, tight, against=against)
    assert {reading.kind for reading in parity.readings} == {"real", "edge", "noise"}
    assert all("real inputs" in each for each in parity.breaches)


def test_a_network_whose_torch_says_nan_is_refused() -> None:
    network = unet()
    module = network.build()
    module.mask.register_forward_hook(lambda _module, _inputs, output: output / 0 * 0)
    with pytest.raises(ValueError, match="torch itself returns NaN or infinity in out_mask"):
        reference(replace(network, build=lambda: module))


@pytest.mark.usefixtures("to_onnx")
def test_every_column_of_the_report_is_legible_at_80_columns(tmp_path: Path, store: Path) -> None:
    networks: dict[str, Load] = {"classifier": classifier}
    rows = list(export(networks, formats=["onnx"], settings=settings(tmp_path, store=store)))
    console = Console(width=80, record=True, file=(tmp_path / "shown").open("w"))
    print_report(rows, console)
    shown = console.export_text()
    assert "green" in shown
    assert f"{rows[0].times['ONNX Runtime'].least:.1f}" in shown
    assert "NNAPI: HardSwish" in shown
    assert "CoreML EP: " in shown


@pytest.mark.usefixtures("to_onnx")
def test_the_report_shows_every_row_and_its_json_every_reading(tmp_path: Path, store: Path) -> None:
    networks: dict[str, Load] = {"unet": unet, "lost": failing}
    rows = list(export(networks, formats=["onnx"], settings=settings(tmp_path, store=store)))
    console = Console(width=160, record=True, file=(tmp_path / "shown").open("w"))
    print_report(rows, console)
    shown = console.export_text()
    assert "green" in shown
    assert "NNAPI: ConvTranspose" in shown
    assert "RED lost onnx fp32: RuntimeError: the checkpoint is missing" in shown
    assert line(rows[1]).startswith("RED   lost onnx fp32: RuntimeError")
    first, second = json.loads(write_report(rows, tmp_path).read_text())
    assert first["bytes"] == (tmp_path / "unet.fp32.onnx").stat().st_size
    assert {each["inputs"] for each in first["readings"]} == {"real", "edge", "noise"}
    assert first["ms"]["ONNX Runtime"]["min"] > 0
    assert second["file"] is None


def test_what_is_no_operation_is_told_in_words_and_what_is_red_as_not_shipping(
    tmp_path: Path,
) -> None:
    leaves = {
        "GPU delegate": {WHOLE: "no such axis"},
        "QNN": {"DIV": "QNN has no DIV", FLOAT: "3 operations compute in float32; ship int8"},
    }
    artifact = Artifact("net", "tflite", "int8", tmp_path, 1.0)
    row = Row("net", "tflite", "int8", artifact, census=Census({"DIV": 1, "ADD": 2}, leaves))
    console = Console(width=300, record=True, file=(tmp_path / "shown").open("w"))
    print_report([replace(row, breaches=("too far",), floats=("*",))], console)
    shown = console.export_text()
    assert "GPU delegate: the whole file is refused: no such axis" in shown
    assert "QNN: DIV; 3 operations compute in float32; ship int8" in shown
    assert "FLOAT32" not in shown
    assert "RED net tflite int8: too far" in shown
    assert "What is red may not ship: a bundle refuses it." in shown
    assert "net int8: weights of 8 bits only, it computes in float throughout." in shown


def test_an_accelerator_that_could_not_be_asked_is_no_yes() -> None:
    asked, unasked = {"GPU delegate": {}}, {"GPU delegate, by rules (not run: no driver)": {}}
    assert departures(Census({}, asked), ["GPU delegate"]) == []
    assert "proves nothing" in departures(Census({}, unasked), ["GPU delegate"])[0]
    left = {"GPU delegate, by rules (not run: no driver)": {"GATHER_ND": "no kernel"}}
    assert "GATHER_ND (no kernel)" in departures(Census({}, left), ["GPU delegate"])[0]

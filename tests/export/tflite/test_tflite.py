import errno
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tests.export.foreign import FOREIGN, Then, pictures
from tests.export.stored import stored
from torch import Tensor, nn

from prink_export.network import ExportError, Network, Port
from prink_export.pipeline.preflight import built, eager

pytest.importorskip("litert_torch")

from benchmarks.export.tflite_profile import top_ops

from prink_export.pipeline.silence import quiet
from prink_export.tflite import format as tflite
from prink_export.tflite.file import metadata, operations, told, with_port_names
from prink_export.tflite.int8 import all_int8

Made = Callable[..., Path]


@pytest.fixture(scope="module")
def networks() -> dict[str, Network]:
    return {name: make() for name, make in FOREIGN.items()}


@pytest.fixture(scope="module")
def made(networks: dict[str, Network], tmp_path_factory: pytest.TempPathFactory) -> Made:
    out, done = tmp_path_factory.mktemp("tflite"), {}

    def make(name: str, precision: str) -> Path:
        if (name, precision) not in done:
            done[name, precision] = stored(networks[name], "tflite", precision, out=out).path
        return done[name, precision]

    return make


def errors(path: Path, network: Network) -> dict[str, float]:
    """Largest error of each way to run a file against torch."""
    module = built(network)
    worst = dict.fromkeys(tflite.runners(path, network), 0.0)
    for each in network.samples():
        wanted = eager(module, each, network)
        for name, run in tflite.runners(path, network).items():
            pairs = zip(run(each), wanted, strict=True)
            worst[name] = max([worst[name], *(float(np.abs(a - b).max()) for a, b in pairs)])
    return worst


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize(
    ("precision", "most"), [("fp32", 1e-5), ("fp16", 5e-3), ("int8", 0.15), ("int8c", 0.15)]
)
def test_foreign_networks_agree_with_torch(
    name: str, precision: str, most: float, made: Made, networks: dict[str, Network]
) -> None:
    found = errors(made(name, precision), networks[name])
    assert "LiteRT" in found
    assert max(found.values()) < most


def test_the_older_interpreter_loads_them_too(made: Made, networks: dict[str, Network]) -> None:
    pytest.importorskip("tflite_runtime")
    for precision in tflite.PRECISIONS:
        found = errors(made("unet", precision), networks["unet"])
        assert found["tflite-runtime"] == pytest.approx(found["LiteRT"], abs=2e-2)


def test_ports_keep_their_names_and_stand_channels_last(made: Made) -> None:
    from ai_edge_litert.interpreter import Interpreter

    for precision in tflite.PRECISIONS:
        interpreter = Interpreter(model_path=str(made("unet", precision)))
        run = interpreter.get_signature_runner()
        assert {k: tuple(v["shape"]) for k, v in run.get_input_details().items()} == {
            "image": (1, 32, 32, 3)
        }
        assert {k: tuple(v["shape"]) for k, v in run.get_output_details().items()} == {
            "out_mask": (1, 32, 32, 1)
        }


def test_int8_has_int8_doors_and_int8c_float_ones(made: Made) -> None:
    from ai_edge_litert.interpreter import Interpreter

    def door(precision: str) -> set[type]:
        interpreter = Interpreter(model_path=str(made("unet", precision)))
        details = (*interpreter.get_input_details(), *interpreter.get_output_details())
        return {each["dtype"] for each in details}

    assert door("int8") == {np.int8}
    assert door("int8c") == {np.float32}


def test_half_weights_and_int8_are_smaller(made: Made) -> None:
    sizes = [made("transformer", each).stat().st_size for each in ("fp32", "fp16")]
    assert sizes[1] < sizes[0]
    assert made("unet", "int8").stat().st_size < made("unet", "fp16").stat().st_size


def test_calibration_keeps_what_is_rare(
    made: Made, networks: dict[str, Network], tmp_path: Path
) -> None:
    """One bright input among many dark ones is not clipped away."""
    dark = [(0.05 * picture,) for (picture,) in pictures(12, seed=3)]
    bright = pictures(1, seed=4)
    network, path = replace(networks["unet"], samples=lambda: bright), tmp_path / "a.tflite"
    path.write_bytes(all_int8(made("unet", "fp32").read_bytes(), network, [*bright, *dark]))
    assert errors(path, network)["LiteRT"] < 0.1


def test_metadata_is_inside_and_standard(made: Made) -> None:
    for precision in tflite.PRECISIONS:
        inside = metadata(made("unet", precision))
        assert (inside["name"], inside["precision"]) == ("unet", precision)
        assert inside["licence"] == "Apache-2.0"
        assert json.loads(inside["ports"])[0] == {
            "name": "image",
            "shape": [1, 32, 32, 3],
            "layout": "channels last",
            "image": True,
        }
    assert b"TFLITE_METADATA" in made("unet", "fp32").read_bytes()


def test_other_tools_read_the_standard_metadata(made: Made) -> None:
    schema = pytest.importorskip("mediapipe.tasks.metadata.metadata_schema_py_generated")
    from prink_export.tflite.file import opened

    model = opened(made("unet", "int8"))
    (entry,) = [each for each in model.metadata if each.name == b"TFLITE_METADATA"]
    read = schema.ModelMetadataT.InitFromPackedBuf(bytes(model.buffers[entry.buffer].data), 0)
    assert (read.name, read.license) == (b"unet", b"Apache-2.0")
    assert read.subgraphMetadata[0].inputTensorMetadata[0].name == b"image"


def test_own_strings_travel_in_the_file(
    made: Made, networks: dict[str, Network], tmp_path: Path
) -> None:
    network, path = (
        replace(networks["unet"], metadata={"fields": '["lips"]'}),
        tmp_path / "a.tflite",
    )
    path.write_bytes(told(made("unet", "fp32").read_bytes(), network, "fp32"))
    assert metadata(path)["fields"] == '["lips"]'


class Wrong(nn.Module):
    """A network with a fault planted into its input."""

    def __init__(self, module: nn.Module, fault: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.module, self.fault = module, fault

    def forward(self, picture: Tensor) -> Tensor:
        return self.module(self.fault(picture))


def planted(network: Network, fault: Callable[[nn.Module], nn.Module]) -> Network:
    return replace(network, build=lambda: fault(network.build()).eval())


def broken_weight(module: nn.Module) -> nn.Module:
    with torch.no_grad():
        next(module.parameters()).view(-1)[5] += 1.0
    return module


FAULTS: dict[str, Callable[[nn.Module], nn.Module]] = {
    "red and blue swapped": lambda module: Wrong(module, lambda x: x.flip(1)),
    "-1..1 instead of 0..1": lambda module: Wrong(module, lambda x: x * 2.0 - 1.0),
    "rows and columns swapped": lambda module: Wrong(module, lambda x: x.transpose(2, 3)),
    "one broken weight": broken_weight,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_differs_from_torch_by_a_fault_breaks_the_limits(
    fault: str, made: Made, networks: dict[str, Network]
) -> None:
    """The fault stands on torch's side: an error has no direction, and nothing is converted."""
    honest = networks["unet"]
    found = errors(made("unet", "fp32"), planted(honest, FAULTS[fault]))
    assert min(found.values()) > 10 * honest.limits["fp32"]["max"]


def test_weights_that_changed_since_the_last_file_are_in_the_next(
    tmp_path: Path, networks: dict[str, Network]
) -> None:
    module = networks["unet"].build()
    network = replace(networks["unet"], build=lambda: module)
    for place in ("before", "after"):
        path = tflite.convert(network, precision="fp32", out=tmp_path / place)
        assert max(errors(path, network).values()) < network.limits["fp32"]["max"]
        module.mask.bias.data += 1.0


def test_a_file_with_its_planes_first_is_refused(tmp_path: Path) -> None:
    import litert_torch

    honest = replace(FOREIGN["unet"](), name="planes-first")
    path = tmp_path / "unet.tflite"
    with quiet():
        litert_torch.convert(honest.build(), (torch.zeros(1, 3, 32, 32),)).export(str(path))
    with pytest.raises(ExportError, match="no image"):
        tflite.runners(path, honest)
    path.write_bytes(with_port_names(path.read_bytes(), honest))
    with pytest.raises(ExportError, match="image is 1x3x32x32 in the file, not 1x32x32x3"):
        tflite.runners(path, honest)


def then(step: Callable[[Tensor], Tensor], shape: tuple[int, ...]) -> Network:
    inputs, outputs = (Port("image", (1, 3, 8, 8)),), (Port("out", shape),)
    return Network("bad", lambda: Then(step).eval(), inputs, outputs, tuple)


@pytest.mark.parametrize(
    ("step", "shape", "words"),
    [
        (lambda x: torch.linalg.svdvals(x), (1, 4, 8), "_linalg_svd.*write fixed arithmetic"),
        (lambda x: torch.fft.rfft2(x).abs(), (1, 4, 8, 5), "_fft_r2c.*write a matmul"),
        (lambda x: x if x.sum() > 0 else -x, (1, 4, 8, 8), "write torch.where"),
        (lambda x: torch.sort(x)[0], (1, 4, 8, 8), "SORT.*write torch.topk"),
    ],
)
def test_an_unknown_operation_is_named_with_what_to_write(
    step: Callable[[Tensor], Tensor], shape: tuple[int, ...], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=words):
        tflite.convert(then(step, shape), precision="fp32", out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_int8_without_calibration_is_refused(tmp_path: Path, networks: dict[str, Network]) -> None:
    network = replace(networks["unet"], calibration=tuple)
    with pytest.raises(ExportError, match="no calibration data"):
        tflite.convert(network, precision="int8", out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_unknown_precision_is_refused(tmp_path: Path, networks: dict[str, Network]) -> None:
    with pytest.raises(ExportError, match="no int4; known: fp32, fp16, int8, int8c"):
        tflite.convert(networks["unet"], precision="int4", out=tmp_path)


def test_a_full_disk_leaves_nothing(
    made: Made,
    networks: dict[str, Network],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made("unet", "fp32")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="is full; free some space"):
        tflite.convert(networks["unet"], precision="fp32", out=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"no model at all", b"\x1c\0\0\0TFL3" + b"\xff" * 40])
def test_a_file_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.tflite"
    path.write_bytes(content)
    with pytest.raises(ExportError, match=r"bad\.tflite"):
        tflite.census(path)


def test_a_missing_converter_says_what_to_install(
    tmp_path: Path, networks: dict[str, Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prink_export.pipeline import packages

    monkeypatch.setattr(packages, "find_spec", lambda name: None)
    with pytest.raises(ExportError, match=r"litert-torch.*pip install 'prink\[export\]'"):
        tflite.convert(networks["unet"], precision="fp32", out=tmp_path)


def test_importing_the_module_loads_no_converter() -> None:
    code = "import sys, prink_export.tflite.format; sys.exit('litert_torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_profile_names_the_worst_operations(made: Made) -> None:
    found = top_ops(made("unet", "fp32"), runs=3, count=4)
    assert len(found) == 4
    assert [each.ms for each in found] == sorted((each.ms for each in found), reverse=True)
    assert any("Convolution" in each.kernel for each in found)
    assert 0.0 < found[0].share <= 1.0


def test_modules_named_float_keep_weights_of_8_bits_and_no_rounded_activation(
    networks: dict[str, Network], tmp_path: Path
) -> None:
    network = replace(networks["unet"], floats=("", "first*", "mask"))
    path = stored(network, "tflite", "int8", out=tmp_path / "some").path
    convs = [op for op in operations(path) if op.name == "CONV_2D"]
    assert convs[0].inputs[0].type == convs[-1].inputs[0].type == "FLOAT32"
    assert convs[1].inputs[0].type == "INT8"
    whole = replace(network, floats=("*",))
    found = operations(stored(whole, "tflite", "int8", out=tmp_path / "all").path)
    assert {each.type for op in found for each in op.outputs} == {"FLOAT32"}
    assert any(each.type == "INT8" and each.constant for op in found for each in op.inputs)

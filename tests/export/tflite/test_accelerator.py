import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tests.export.foreign import Then, pictures, settled
from torch import Tensor, nn

from prink_export.network import Network, Port
from prink_export.tflite import accelerator
from prink_export.tflite.accelerator import GPU, NotRun, answer, driver, leaving, on_gpu
from prink_export.tflite.file import Op
from prink_export.tflite.file import Tensor as Shaped
from prink_export.tflite.rules import by_rules

NEEDED = "a Vulkan driver: apt-get install --no-install-recommends chromium"
with_driver = pytest.mark.skipif(driver() is None, reason=f"needs {NEEDED}")

PRINTED = """INFO: Created a WebGPU environment.
ERROR: Following operations are not supported by GPU delegate:
GATHER_ND: Operation is not supported.
RELU_0_TO_1: Not supported op RELU_0_TO_1
108 operations will run on the GPU, and the remaining 10 operations will run on the CPU.
"""


def image(*shape: int, type: str = "FLOAT32", constant: bool = False) -> Shaped:
    return Shaped(shape, type, constant)


def sampled(x: Tensor) -> Tensor:
    grid = x[:, :2].permute(0, 2, 3, 1)
    return nn.functional.grid_sample(x, grid, align_corners=False)


STEPS: dict[str, tuple[Callable[[], Callable[[Tensor], Tensor]], str]] = {
    "grid_sample": (lambda: sampled, "GATHER_ND"),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), "BROADCAST_TO"),
    "clamp to 0..1": (lambda: lambda x: x.clamp(0.0, 1.0), "RELU_0_TO_1"),
    "ReLU": (lambda: torch.relu, ""),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    pytest.importorskip("litert_torch")
    from tests.export.stored import stored

    out, done = tmp_path_factory.mktemp("accelerator"), {}

    def make(name: str) -> Path:
        if name not in done:
            ports = (Port("image", (1, 3, 8, 8)),), (Port("out", (1, 4, 8, 8)),)
            build = settled(lambda: Then(STEPS[name][0]()))
            network = Network("net", build, *ports, samples=lambda: pictures(2, seed=1, side=8))
            network = replace(network, name=name.replace(" ", "-").replace("..", "-"))
            done[name] = stored(network, "tflite", "fp32", out=out).path
        return done[name]

    return make


@with_driver
@pytest.mark.parametrize("name", [name for name, (_, op) in STEPS.items() if op])
def test_an_operation_off_the_gpu_is_named(name: str, made: Callable[[str], Path]) -> None:
    assert STEPS[name][1] in on_gpu(made(name))


@with_driver
def test_a_plain_network_stays_on_the_gpu(made: Callable[[str], Path]) -> None:
    assert on_gpu(made("ReLU")) == {}


@pytest.mark.parametrize("name", STEPS)
def test_without_a_driver_rules_decide_and_the_answer_says_so(
    name: str, made: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prink_export.tflite import format as tflite

    monkeypatch.setattr(accelerator, "driver", lambda: None)
    leaves = tflite.census(made(name)).leaves
    assert GPU not in leaves
    (by_rule,) = [told for key, told in leaves.items() if "not run: no Vulkan driver" in key]
    assert set(by_rule) >= ({STEPS[name][1]} if STEPS[name][1] else set())
    assert bool(by_rule) == bool(STEPS[name][1])


def test_a_driver_named_in_the_environment_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "icd.json"
    told.write_text("{}")
    monkeypatch.setenv("VK_ICD_FILENAMES", str(told))
    found = driver()
    assert found is not None
    assert found.environment["VK_ICD_FILENAMES"] == str(told)
    assert found.environment["LD_LIBRARY_PATH"].split(os.pathsep)[0] == str(tmp_path)


def test_the_accelerators_list_is_read() -> None:
    assert answer(11, PRINTED) == {
        "GATHER_ND": "Operation is not supported.",
        "RELU_0_TO_1": "Not supported op RELU_0_TO_1",
    }


def test_a_listed_operation_counts_whatever_the_exit_code() -> None:
    assert "GATHER_ND" in answer(0, PRINTED)


def test_a_refusal_without_a_list_is_no_yes() -> None:
    assert answer(11, "E0000 00:00 1 x.cc:1] INVALID_ARGUMENT: no such axis\n") == {
        "(the whole file)": "INVALID_ARGUMENT: no such axis"
    }


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (-11, ""),
        (1, "Traceback"),
        (12, "No module named ai_edge_litert"),
        (11, "No adapters found"),
    ],
)
def test_an_end_without_an_answer_is_not_run(code: int, printed: str) -> None:
    with pytest.raises(NotRun):
        answer(code, printed)


def test_a_driver_that_hangs_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(command: list[str], **given: object) -> None:
        raise subprocess.TimeoutExpired(command, 1.0)

    told = tmp_path / "icd.json"
    told.write_text("{}")
    monkeypatch.setenv("VK_ICD_FILENAMES", str(told))
    monkeypatch.setattr(accelerator.subprocess, "run", hangs)
    leaves = leaving(tmp_path / "any.tflite", [])
    assert any("not run: no answer in" in key for key in leaves)
    assert GPU not in leaves


CLEAN = Op("CONV_2D", (image(1, 8, 8, 3, type="INT8"),), (image(1, 8, 8, 4, type="INT8"),))


def test_int8_convolutions_stay_everywhere() -> None:
    assert [by_rules(each, [CLEAN]) for each in (GPU, "NNAPI", "QNN")] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("accelerator", "op", "told"),
    [
        ("NNAPI", Op("GATHER_ND", (image(4, 2),), (image(4),)), "NNAPI has no GATHER_ND"),
        ("QNN", Op("BROADCAST_TO", (image(1, 1),), (image(1, 4),)), "QNN has no BROADCAST_TO"),
        (GPU, Op("RESHAPE", (image(1, 8),), (image(1, 2, 2, 2, 1),)), "5 dimensions"),
        (
            GPU,
            Op("BATCH_MATMUL", (image(4, 4, constant=True), image(4, 4)), (image(4, 4),)),
            "write functional.linear",
        ),
        ("QNN", Op("CONV_2D", (image(2, 8, 8, 3),), (image(2, 8, 8, 4),)), "batch of more"),
    ],
)
def test_a_rule_names_the_operation(accelerator: str, op: Op, told: str) -> None:
    assert told in by_rules(accelerator, [op])[op.name]


def test_float_files_are_not_for_qnn() -> None:
    op = Op("CONV_2D", (image(1, 8, 8, 3),), (image(1, 8, 8, 4),))
    assert by_rules("QNN", [op]) == {"FLOAT32": "1 operations compute in float32; ship int8"}


def test_many_transposes_are_told() -> None:
    one = Op("TRANSPOSE", (image(1, 8),), (image(8, 1),))
    assert by_rules("NNAPI", [one] * 4) == {}
    assert "TRANSPOSE" in by_rules("NNAPI", [one] * 5)

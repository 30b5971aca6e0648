"""Weights travel in ONNX files by their place in the torch module."""

import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import Tensor, nn

from prink.learn.onnx_weights import (
    WeightsError,
    fold_norms,
    load_weights,
    read_weights,
    write_onnx,
)

EXAMPLE = torch.zeros(1, 2, 4, 4)


class Tiny(nn.Module):
    """Every kind of layer that the shipped networks have."""

    def __init__(self, wide: int = 3) -> None:
        super().__init__()
        conv = nn.Conv2d(2, wide, 3, padding=1, bias=False)
        self.convs = nn.ModuleList([nn.Sequential(conv, nn.BatchNorm2d(wide), nn.ReLU())])
        whole = nn.Linear(wide * 16, 5, bias=False)
        self.whole = nn.Sequential(nn.Flatten(), whole, nn.BatchNorm1d(5))
        self.head = nn.Linear(5, 2)
        self.register_buffer("scale", torch.tensor([1.0, 3.0]))

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.whole(self.convs[0](x))) * self.scale


class Longer(Tiny):
    def __init__(self) -> None:
        super().__init__()
        self.tail = nn.Linear(2, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.tail(super().forward(x))


def written(net: nn.Module, path: Path, **told: str) -> Path:
    write_onnx(net, path, example=EXAMPLE, inputs=["x"], outputs=["y"], metadata=told)
    return path


def trained() -> Tiny:
    torch.manual_seed(3)
    net = Tiny()
    for _ in range(4):
        net(torch.rand(8, 2, 4, 4))
    return net.eval()


def test_the_initialisers_of_a_file_are_the_modules_state(tmp_path: Path) -> None:
    net = trained()
    stored = read_weights(written(net, tmp_path / "tiny.onnx")).tensors
    assert any(isinstance(each, nn.BatchNorm2d) for each in net.modules())  # it is not changed
    state = fold_norms(net).state_dict()
    assert set(stored) == set(state)
    assert all(np.array_equal(stored[name], state[name].numpy()) for name in state)


def test_a_module_gets_its_weights_back_and_onnx_runtime_computes_the_same(tmp_path: Path) -> None:
    net, path = trained(), tmp_path / "tiny.onnx"
    again = load_weights(Tiny(), read_weights(written(net, path, author="us")))
    x = torch.rand(1, 2, 4, 4)
    torch.testing.assert_close(again(x), net(x))
    (found,) = onnxruntime.InferenceSession(str(path)).run(None, {"x": x.numpy()})
    assert np.abs(found - net(x).detach().numpy()).max() < 1e-5
    assert not any(isinstance(m, nn.BatchNorm1d | nn.BatchNorm2d) for m in again.modules())
    assert read_weights(path).metadata == {"author": "us"}


def test_equal_weights_are_each_in_the_file(tmp_path: Path) -> None:
    net = nn.Sequential(nn.Conv2d(2, 2, 1), nn.ReLU(), nn.Conv2d(2, 2, 1)).eval()
    net[2].load_state_dict(net[0].state_dict())
    path = written(net, tmp_path / "equal.onnx")
    assert set(read_weights(path).tensors) == {"0.weight", "0.bias", "2.weight", "2.bias"}
    onnx.checker.check_model(str(path), full_check=True)
    x = torch.rand(1, 2, 4, 4)
    (found,) = onnxruntime.InferenceSession(str(path)).run(None, {"x": x.numpy()})
    assert np.abs(found - net(x).detach().numpy()).max() < 1e-5


def test_a_weight_that_would_be_lost_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    net = trained()
    net.unused = nn.Linear(2, 2)
    with pytest.raises(WeightsError, match=r"unused\.bias is missing"):
        written(net, tmp_path / "lost.onnx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("made", "asked", "told"),
    [
        (Tiny, Longer, r"tail\.(weight|bias) is missing"),
        (Longer, Tiny, r"tail\.(weight|bias) is left over"),
        (lambda: Tiny(4), Tiny, r"convs\.0\.0\.(weight|bias) is \(4,.*expected \(3,"),
    ],
)
def test_other_weights_are_refused_by_name(tmp_path: Path, made, asked, told: str) -> None:
    file = read_weights(written(made(), tmp_path / "other.onnx"))
    with pytest.raises(WeightsError, match=told):
        load_weights(asked(), file)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    path = written(trained(), tmp_path / "nan.onnx")
    model = onnx.load(path)
    (bias,) = (each for each in model.graph.initializer if each.name == "head.bias")
    bias.CopyFrom(onnx.numpy_helper.from_array(np.float32([1, np.nan]), bias.name))
    onnx.save(model, path)
    with pytest.raises(WeightsError, match=r"head\.bias holds NaN or infinity"):
        load_weights(Tiny(), read_weights(path))


def test_a_file_of_numbered_weights_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "numbered.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(trained(), (EXAMPLE,), path, dynamo=False, opset_version=18)
    with pytest.raises(WeightsError, match="write it anew from its checkpoint"):
        load_weights(Tiny(), read_weights(path))


@pytest.mark.parametrize("content", [None, b"", b"\x08\x01", b"no network at all"])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "text.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"no (ONNX file|file with weights).*text\.onnx"):
        read_weights(path)

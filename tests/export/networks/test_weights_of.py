import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from prink_export.network import ExportError
from prink_export.networks.registry import entries, networks
from prink_export.networks.weights_of import weights_of

onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")


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


def exported(net: nn.Module, path: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        example = (torch.zeros(1, 2, 4, 4),)
        torch.onnx.export(net.eval(), example, path, dynamo=False, opset_version=18)
    return path


def trained() -> Tiny:
    torch.manual_seed(3)
    net = Tiny()
    for _ in range(4):
        net(torch.rand(8, 2, 4, 4))
    return net.eval()


def test_a_module_gets_its_weights_back(tmp_path: Path) -> None:
    net = trained()
    again = weights_of(Tiny(), exported(net, tmp_path / "tiny.onnx"))
    x = torch.rand(3, 2, 4, 4)
    torch.testing.assert_close(again(x), net(x))
    assert not any(isinstance(m, nn.BatchNorm1d | nn.BatchNorm2d) for m in again.modules())


@pytest.mark.parametrize(
    ("made", "asked", "told"),
    [
        (Tiny, Longer, r"tail\.(weight|bias) is missing"),
        (Longer, Tiny, r"tail\.(weight|bias) is left over"),
        (lambda: Tiny(4), Tiny, r"convs\.0\.0\.(weight|bias) is \(4,.*expected \(3,"),
    ],
)
def test_other_weights_are_refused_by_name(tmp_path: Path, made, asked, told: str) -> None:
    path = exported(made(), tmp_path / "other.onnx")
    with pytest.raises(ExportError, match=told):
        weights_of(asked(), path)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    net = trained()
    net.head.weight.data[0, 0] = torch.nan
    with pytest.raises(ExportError, match=r"head\.weight holds NaN or infinity"):
        weights_of(Tiny(), exported(net, tmp_path / "nan.onnx"))


@pytest.mark.parametrize("content", [b"", b"\x08\x01", b"no network at all"])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.onnx"
    path.write_bytes(content)
    with pytest.raises(ExportError, match="no ONNX file"):
        weights_of(Tiny(), path)


@pytest.mark.parametrize("name", ["encoder", "hair"])
def test_torch_computes_what_the_shipped_file_does(name: str, real_inputs) -> None:
    network = networks()[name]
    shipped = next(each.weights for each in entries() if each.name == name)
    session = onnxruntime.InferenceSession(str(shipped))
    module = network.build()
    for planes in real_inputs(name):
        with torch.no_grad():
            found = module(torch.from_numpy(planes))
        given = session.run(None, {network.inputs[0].name: planes})
        for ours, theirs in zip(found if len(given) > 1 else [found], given, strict=True):
            assert np.abs(ours.numpy() - theirs).max() < 1e-5

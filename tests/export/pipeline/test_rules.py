import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from prink_export.network import ExportError
from prink_export.networks.registry import networks
from prink_export.pipeline.rules import broken_rules

PICTURE = torch.zeros(1, 4, 8, 8)


class Does(nn.Module):
    """A module whose forward is given."""

    def __init__(self, work) -> None:
        super().__init__()
        self.work = work
        self.register_buffer("matrix", torch.ones(8, 8))

    def forward(self, x: Tensor) -> Tensor:
        return self.work(self, x)


def found_in(work) -> list[str]:
    return [each.op for each in broken_rules(Does(work).eval(), [PICTURE])]


@pytest.mark.parametrize(
    ("op", "work"),
    [
        (
            "grid_sampler",
            lambda _, x: functional.grid_sample(x, torch.zeros(1, 4, 4, 2), align_corners=False),
        ),
        ("group_norm", lambda _, x: functional.group_norm(x, 2)),
        ("hardswish", lambda _, x: functional.hardswish(x)),
        ("matmul", lambda net, x: net.matrix @ x),
        ("matmul", lambda net, x: (net.matrix.T * 2.0) @ x),
        ("reshape of 5 axes", lambda _, x: x.reshape(1, 2, 2, 8, 8).sum(1)),
        ("index", lambda _, x: x[x > 0]),
        ("a shape or branch", lambda _, x: x * 2 if x.sum() > 0 else x),
    ],
)
def test_what_leaves_the_accelerators_is_found(op: str, work) -> None:
    assert op in found_in(work)


@pytest.mark.parametrize(
    "work",
    [
        lambda net, x: functional.linear(x, net.matrix),
        lambda net, x: x @ net.matrix,
        lambda _, x: functional.interpolate(x, scale_factor=2.0, mode="bilinear"),
        lambda _, x: functional.relu6(x),
    ],
)
def test_what_is_written_instead_is_clean(work) -> None:
    assert found_in(work) == []


def test_a_finding_names_the_module_and_what_to_write() -> None:
    net = nn.Sequential(nn.Conv2d(4, 4, 1), nn.Sequential(nn.ReLU(), nn.Hardswish()))
    (found,) = broken_rules(net.eval(), [PICTURE])
    assert found.path == "1.1"
    assert "nn.ReLU" in str(found)


def test_a_module_that_cannot_be_followed_is_told_in_one_line() -> None:
    with pytest.raises(ExportError, match=r"^torch\.export cannot follow .*no_such_thing'?$"):
        found_in(lambda _, x: x.no_such_thing())


@pytest.mark.parametrize("name", ["encoder", "hair"])
def test_our_own_networks_keep_the_rules(name: str) -> None:
    network = networks()[name]
    assert broken_rules(network.build(), [torch.zeros(port.shape) for port in network.inputs]) == []

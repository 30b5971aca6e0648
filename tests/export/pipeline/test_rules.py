from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from prink_export.network import ExportError, Network, Port
from prink_export.networks.registry import entries, networks
from prink_export.pipeline.preflight import built, warnings
from prink_export.pipeline.rules import Finding, broken_rules, sentences

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


def test_what_torch_cannot_follow_is_a_warning_and_each_format_decides_for_itself() -> None:
    module = Does(lambda _, x: torch.from_numpy(x.detach().numpy() * 2)).eval()
    port = Port("picture", tuple(PICTURE.shape))
    network = Network("odd", lambda: module, (port,), (replace(port, name="out"),), lambda: [])
    (told,) = warnings(built(network), network)
    assert told.startswith("torch.export cannot follow the module: ")


def test_a_finding_names_the_module_and_what_to_write() -> None:
    net = nn.Sequential(nn.Conv2d(4, 4, 1), nn.Sequential(nn.ReLU(), nn.Hardswish()))
    (found,) = broken_rules(net.eval(), [PICTURE])
    assert found.path == "1.1"
    assert "nn.ReLU" in str(found)


def test_one_sentence_tells_all_places_of_an_operation() -> None:
    found = [Finding("hardswish", path, "why", "what") for path in ("0", "", "2", "3", "4")]
    assert sentences([*found, Finding("matmul", "5", "why", "what")]) == (
        "hardswish at 0, the module itself, 2 and 2 more: why; write what",
        "matmul at 5: why; write what",
    )


def test_a_module_that_cannot_be_followed_is_told_in_one_line() -> None:
    with pytest.raises(ExportError, match=r"^torch\.export cannot follow .*no_such_thing'?$"):
        found_in(lambda _, x: x.no_such_thing())


@pytest.mark.parametrize("name", [each.name for each in entries()])
def test_our_own_networks_keep_the_rules(name: str) -> None:
    network = networks()[name]
    assert broken_rules(network.build(), [torch.zeros(port.shape) for port in network.inputs]) == []

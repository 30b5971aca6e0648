"""The imitator keeps a bare face, and its losses and training do what they say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric
from torch import Tensor

from prink.learn.checkpoint import Checkpoint, save_checkpoint
from prink.learn.data.stream import Batch
from prink.learn.imitator.loss import PairLoss, sensitivity_loss
from prink.learn.imitator.net import Imitator, halved, load_imitator
from prink.learn.imitator.train import Config, imitating
from prink.learn.run import Run
from prink.params import LOOKS, Look, Rgba, to_vector
from prink.params.fields import FieldList, schema_fields
from prink.params.schema import Lips


@pytest.fixture
def net() -> Imitator:
    torch.manual_seed(3)
    return Imitator()


@pytest.fixture
def bare() -> Tensor:
    return torch.rand(2, 4, 256, 256, generator=torch.Generator().manual_seed(1))


def vectors(*looks: Look) -> Tensor:
    return torch.from_numpy(np.stack([to_vector(look) for look in looks]))


def pairs(bare: Tensor) -> Batch:
    """Returns a batch in which the second look makes everything redder."""
    red = bare * torch.tensor([1.2, 0.9, 0.9, 1.0])[:, None, None]
    looks = vectors(*(LOOKS[name] for name in ("classic_red", "nude_office")))
    other = looks.clone()
    other[:, 0] = 1.0
    return Batch(bare, bare, looks, red, other)


@pytest.mark.parametrize("size", [128, 256])
def test_a_bare_look_changes_nothing(net: Imitator, bare: Tensor, size: int) -> None:
    atlas = halved(bare, size)
    unworn = Look(lips=Lips(color=Rgba(0.1, 0.9, 0.4, 0.0), gloss=1.0))
    looks = vectors(Look(), unworn)
    assert torch.equal(net(atlas, looks), atlas[:, :3])
    worn = net(atlas, vectors(*(LOOKS["classic_red"],) * 2))
    assert (worn - atlas[:, :3]).abs().max() > 0.001


def test_the_imitator_is_small_and_has_a_slope_for_every_number(net: Imitator) -> None:
    assert 5e5 < sum(weight.numel() for weight in net.parameters()) < 1.2e6
    look = torch.rand(
        1, len(to_vector(Look())), generator=torch.Generator().manual_seed(2)
    ).requires_grad_()
    net(torch.rand(1, 4, 128, 128), look).square().sum().backward()
    assert look.grad is not None
    assert (look.grad != 0).all()


@pytest.mark.parametrize("relative", [True, False])
def test_the_sensitivity_loss_hears_a_deaf_imitator(relative: bool) -> None:
    truth, seen = torch.zeros(2, 3, 32, 32), torch.ones(2, 1, 32, 32)
    truth[0, :, :4] = 0.03

    def loss(change: Tensor) -> float:
        return float(sensitivity_loss(change, truth, seen, relative=relative))

    assert loss(truth) == 0.0
    assert loss(0.5 * truth) > 0.0
    assert loss(torch.zeros_like(truth)) > loss(0.5 * truth)
    assert loss(truth + torch.tensor([0.0, 0.01])[:, None, None, None]) > 0.0  # moved what lay
    assert float(sensitivity_loss(0 * truth, truth, 0 * seen, relative=relative)) == 0.0


def test_a_divided_change_counts_alike_if_small() -> None:
    seen = torch.ones(1, 1, 32, 32)
    large, small = torch.full((1, 3, 32, 32), 0.2), torch.full((1, 3, 32, 32), 0.02)
    losses = [float(sensitivity_loss(0 * each, each, seen)) for each in (large, small)]
    assert losses == pytest.approx([1.0, 1.0], abs=0.06)


def test_an_imitator_of_fewer_fields_does_not_see_the_others(bare: Tensor, tmp_path: Path) -> None:
    known = FieldList(tuple(each for each in schema_fields().fields if each[0] != "blush.size"))
    torch.manual_seed(1)
    weights, about = Imitator(known).state_dict(), {"fields": known.listed()}
    kept = Checkpoint(
        {"size": 128}, about, 0, 0.0, net={}, averaged=weights, optimizer={}, curves={}
    )
    save_checkpoint(kept, tmp_path / "checkpoint.pt")
    net, _ = load_imitator(tmp_path / "checkpoint.pt")
    look = LOOKS["classic_red"]
    blush = replace(look.blush, color=Rgba(0.9, 0.3, 0.3, 0.8))
    worn, wide = (replace(look, blush=replace(blush, size=size)) for size in (0.2, 0.9))
    one, other, none = (net(bare, vectors(each)) for each in (worn, wide, look))
    assert torch.equal(one, other)
    assert not torch.equal(one, none)


def test_a_short_training_comes_nearer_and_is_not_deaf(bare: Tensor) -> None:
    config = Config(steps=60, batch=2, warm_up=10, size=32)
    batch = pairs(bare)
    run = Run(imitating(config, faces=[]), Fabric(accelerator="cpu", devices=1))
    change = halved(batch.made2 - batch.made, 32)[:, :3]

    def error() -> float:
        with torch.no_grad():
            first, second = (run.net(halved(bare, 32), x) for x in (batch.look, batch.look2))
        return float((second - first - change).abs().mean() / change.abs().mean())

    assert error() == pytest.approx(1.0, abs=0.05)  # deaf as long as it has learnt nothing
    for _ in range(60):
        run.advance(batch)
    assert error() < 0.4


def test_batches_without_pairs_are_refused(net: Imitator, bare: Tensor) -> None:
    batch = pairs(bare)._replace(made2=None)
    with pytest.raises(ValueError, match="pairs"):
        PairLoss(128)(net, batch)

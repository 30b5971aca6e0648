"""The one loop: it goes on as if it had not stopped, and refuses what it did not begin."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from prink.learn.checkpoint import open_checkpoint
from prink.learn.cycle import Cycle, follow, rate_at
from prink.learn.run import Run, go_on
from prink.learn.training import Settings, Terms, Training

SETTINGS = Settings(
    steps=6, batch=4, peak_rate=0.1, warm_up=2, decay=0.0, average=0.9, clip=1.0, seed=3
)


def numbers(*, start: int, rank: int, ranks: int) -> Iterator[Tensor]:
    while True:
        generator = torch.Generator().manual_seed(start * ranks + rank)
        yield torch.rand(4, 2, generator=generator)
        start += 1


def terms(net: nn.Module, batch: Tensor) -> Terms:
    found = net(batch)
    return {"sum": (found - batch.sum(1, keepdim=True)).square().mean(), "size": found.mean()}


def score(net: nn.Module) -> dict[str, float]:
    with torch.no_grad():
        return {"of ones": float(net(torch.ones(1, 2)))}


def training(**changes: object) -> Training[nn.Linear, Tensor]:
    made = Training(
        title="sums",
        settings=SETTINGS,
        net=lambda: nn.Linear(2, 1),
        data=numbers,
        loss=terms,
        score=score,
        about={"fields": [["lips.color", 4]]},
        layout=torch.contiguous_format,
        log_every=2,
        save_every=3,
    )
    return replace(made, **changes)


def fabric() -> Fabric:
    return Fabric(accelerator="cpu", devices=1)


def stopping(at: int):
    def data(*, start: int, rank: int, ranks: int) -> Iterator[Tensor]:
        for step, batch in enumerate(numbers(start=start, rank=rank, ranks=ranks), start):
            if step == at:
                raise KeyboardInterrupt
            yield batch

    return data


def test_a_training_that_was_broken_off_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    go_on(training(), whole, fabric())
    with pytest.raises(KeyboardInterrupt):
        go_on(training(data=stopping(at=5)), cut, fabric())
    assert open_checkpoint(cut / "checkpoint.pt").step == 3
    go_on(training(), cut, fabric())
    one, other = (open_checkpoint(each / "checkpoint.pt") for each in (whole, cut))
    for name in ("net", "averaged"):
        for ours, theirs in zip(vars(one)[name].values(), vars(other)[name].values(), strict=True):
            assert torch.equal(ours, theirs)
    assert one.curves == other.curves
    assert [step for step, _ in one.curves["sum"]] == [2, 3, 4, 6]
    assert [step for step, _ in one.curves["of ones"]] == [3, 6]
    assert (cut / "curves.png").is_file()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    go_on(training(), folder, fabric())
    return folder


def test_a_finished_training_is_not_trained_further(finished: Path) -> None:
    begun = nn.Linear(2, 1).state_dict()
    again = go_on(training(data=stopping(at=0)), finished, fabric(), begin=begun)
    assert torch.equal(again.weight, open_checkpoint(finished / "checkpoint.pt").averaged["weight"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"settings": replace(SETTINGS, batch=5)}, r"other settings \(batch 4\): remove it"),
        ({"about": {"fields": [["lips.color", 4], ["hair.line", 1]]}}, "without .*hair.line"),
        ({"about": {}}, "fields .*lips.color"),
    ],
)
def test_a_checkpoint_of_another_training_is_refused(
    finished: Path, changes: dict[str, object], told: str
) -> None:
    with pytest.raises(SystemExit, match=told):
        go_on(training(**changes), finished, fabric())


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    with pytest.raises(SystemExit, match=r"no checkpoint of that name .*checkpoint\.pt"):
        open_checkpoint(path)
    path.write_text("words")
    with pytest.raises(SystemExit, match=r"the file is no checkpoint .*checkpoint\.pt"):
        open_checkpoint(path)
    torch.save({"config": {}, "net": {}}, path)
    with pytest.raises(SystemExit, match=r"lacks about, step.*train it anew"):
        open_checkpoint(path)


def test_a_term_without_weight_is_only_watched(tmp_path: Path) -> None:
    run = Run(training(weights={"sum": 0.0, "size": -2.0}), fabric())
    before = run.net.module.bias.clone()
    run.advance(torch.zeros(4, 2))
    run.log()
    assert float(run.net.module.bias - before) == pytest.approx(0.05, abs=1e-6)  # half the peak
    assert run.net.module.weight.grad.abs().max() == 0.0
    assert set(run.curves) == {"sum", "size"}


def test_a_training_begins_with_the_weights_it_is_given() -> None:
    begun = nn.Linear(2, 1).state_dict()
    run = Run(training(), fabric())
    run.begin_with(begun)
    assert torch.equal(run.averaged.weight, begun["weight"])
    assert torch.equal(run.net.module.weight, begun["weight"])


def test_cycles_of_the_rate_follow_each_other() -> None:
    cycles = Cycle(10, 1.0, warm_up=2, floor=0.1), Cycle(4, 0.5)
    rates = [rate_at(step, cycles) for step in range(14)]
    assert rates[:3] == [0.5, 1.0, 1.0]
    assert rates[6] == pytest.approx(0.55)
    assert rates[10] == 0.5
    assert rates[12] == pytest.approx(0.25)
    assert rate_at(14, cycles) == pytest.approx(0.0)
    assert rate_at(10, cycles[:1]) == pytest.approx(0.1)


def test_the_running_mean_is_fast_at_first() -> None:
    mean, net = nn.BatchNorm1d(1), nn.BatchNorm1d(1)
    nn.init.constant_(mean.weight, 0.0)
    net.num_batches_tracked += 7
    follow(mean, net, step=1, average=0.99)
    assert float(mean.weight) == pytest.approx(9 / 11)
    assert int(mean.num_batches_tracked) == 7
    follow(mean, net, step=10000, average=0.99)
    assert float(mean.weight) == pytest.approx(9 / 11 * 0.99 + 0.01)

"""Learning to mark hair: what the batches of a step are, and how they change as training goes."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from prink.learn.hair_mask.config import Config
from prink.learn.hair_mask.data import (
    CROPS,
    Samples,
    cached_samples,
    fill_cache,
    for_validation,
    training_rows,
)
from prink.learn.hair_mask.occluder import occluder
from prink.learn.hair_mask.stream import Stream
from prink.people.heads_data import cached_heads
from prink.portraits import read_portraits

CONFIG = Config(steps=10, batch=4, balanced=2)


@pytest.fixture(scope="module")
def samples(made_heads: Path) -> Samples:
    """Drawn heads that stand for photographed ones, but for the last five; one is rare."""
    made = cached_heads(made_heads)
    order = np.arange(len(made["crops"]))
    return Samples(
        **made,
        validation=order < 5,
        synthetic=order >= 15,
        rarity=np.where(order == 7, 1000.0, 1.0),
    )


def test_a_step_has_the_same_batch_however_it_is_come_to(samples: Samples) -> None:
    stream = Stream(samples, CONFIG)
    with (
        closing(stream(start=0, rank=0, ranks=1)) as whole,
        closing(stream(start=2, rank=0, ranks=1)) as late,
    ):
        third = [next(whole) for _ in range(3)][2]
        again = next(late)
    assert torch.equal(third.inputs, again.inputs)
    assert torch.equal(third.targets, again.targets)
    assert third.inputs.shape == (4, 4, 192, 192)
    assert third.targets.shape == (4, 1, 192, 192)
    assert not torch.equal(stream.made(2, rank=1, ranks=2).inputs, third.inputs)


def taken(samples: Samples, config: Config, step: int, monkeypatch) -> tuple[np.ndarray, bool]:
    """Returns the numbers of the samples of a step, and whether many wear hats."""
    seen = []

    def batch(_, numbers, __, *, hats):
        seen.append((numbers, hats))
        return np.zeros(1), np.zeros(1)

    monkeypatch.setattr("prink.learn.hair_mask.stream.batch", batch)
    Stream(samples, config).made(step)
    return seen[0]


def test_hats_come_late_and_rare_people_in_the_second_cycle(samples: Samples, monkeypatch) -> None:
    large = replace(CONFIG, batch=200, synthetic=0.3)
    early, late, second = (taken(samples, large, step, monkeypatch) for step in (0, 9, 10))
    assert [hats for _, hats in (early, late, second)] == [False, True, False]
    for numbers, _ in (early, late, second):
        assert numbers.min() >= 5  # nobody who is kept for validation
        assert 0.15 < np.mean(numbers >= 15) < 0.45
    assert np.mean(early[0] == 7) < 0.2
    assert np.mean(second[0] == 7) > 0.6


def test_the_second_cycle_is_lower_and_comes_after_the_first() -> None:
    first, second = CONFIG.cycles
    assert (first.steps, second.steps) == (10, 2)
    assert second.rate(0) < first.peak
    assert second.warm_up == 0


@pytest.mark.parametrize("hats", [False, True])
def test_something_is_held_before_the_head(samples: Samples, hats: bool) -> None:
    rng = np.random.default_rng(4)
    for _ in range(12):
        shape, texture = occluder(samples, rng, hats=hats)
        assert 0 < shape.mean() < 0.6
        assert texture.min() >= 0
        assert texture.max() <= 1


def test_a_portrait_gives_crops_with_the_teachers_masks(
    table: Path, dark_is_hair: Path, tmp_path: Path
) -> None:
    done = list(fill_cache(table, tmp_path, workers=0, teacher=dark_is_hair))
    assert done == [(0, 2), (1, 2), (2, 2)]
    samples = cached_samples(table, tmp_path)
    assert len(samples) == 2 * CROPS
    assert samples.validation.tolist() == [True] * CROPS + [False] * CROPS
    assert not samples.synthetic.any()
    dark = samples.crops.mean(-1) < 25
    light = samples.crops.mean(-1) > 110
    assert samples.hair[dark].mean() > 240
    assert samples.hair[light].mean() < 15
    # Each crop knows where the face is: skin, neither dark nor all of it light.
    assert ((samples.faces[:, :2] > 40) & (samples.faces[:, :2] < 216)).all()


def test_crops_that_cannot_be_written_leave_nothing_half_done(
    table: Path, dark_is_hair: Path, tmp_path: Path, monkeypatch
) -> None:
    def full(path: Path, **_: np.ndarray) -> None:
        Path(path).write_bytes(b"half")
        raise OSError("no space")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        list(fill_cache(table, tmp_path, workers=0, teacher=dark_is_hair))
    assert not list(tmp_path.iterdir())


def test_portraits_that_are_all_kept_for_validation_teach_nothing(
    table: Path, dark_is_hair: Path, tmp_path: Path
) -> None:
    text = (table / "portraits.csv").read_text(encoding="utf-8").replace("g0001", "g000c")
    (tmp_path / "portraits.csv").write_text(text, encoding="utf-8")
    for portrait in training_rows(tmp_path):
        np.savez(tmp_path / f"{portrait.name}.npz")
    with pytest.raises(FileNotFoundError, match=f"to learn from in {tmp_path}"):
        cached_samples(tmp_path, tmp_path)


def test_people_of_any_name_are_split_alike_every_time(table: Path) -> None:
    one = read_portraits(table)[0]
    people = [replace(one, person=f"somebody {number}") for number in range(1200)]
    kept = [for_validation(person) for person in people]
    assert kept == [for_validation(person) for person in people]
    assert 60 < sum(kept) < 140

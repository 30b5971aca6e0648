"""Learning what a head's pixels are: sets, batches, loss, and what training begins with."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tests.learn.parse_samples import round_faces
from tests.tolerances import EXPORTED

from prink.learn.parse import data
from prink.learn.parse.augment import augmented, known_answer
from prink.learn.parse.config import Config
from prink.learn.parse.cover import covered
from prink.learn.parse.data import (
    Samples,
    cached_samples,
    fill_cache,
    for_validation,
    training_rows,
)
from prink.learn.parse.export import Shares
from prink.learn.parse.loss import answer_loss, class_loss
from prink.learn.parse.net import COARSE, INPUTS, SIZE, Logits, ParseNet, macs
from prink.learn.parse.place import placed
from prink.learn.parse.score import Judge
from prink.learn.parse.sets import ANY, OUTSIDE, answers, any_of, none_of
from prink.learn.parse.stream import KEPT, Stream
from prink.learn.parse_labels import outlined as hand_made
from prink.learn.parse_labels.sources import SIDE
from prink.learn.parse_things.flat import WITH_POINTS
from prink.learn.parse_things.thing import Thing
from prink.parse.classes import ANSWER, CLASSES
from prink.portraits import read_portraits

CONFIG = Config(steps=10, batch=4)
HAIR, LIPS, FACE = (ANSWER.index(name) for name in ("hair", "lips", "face"))


@pytest.fixture(scope="module")
def samples() -> Samples:
    return round_faces()


def test_a_set_says_an_answer_only_where_all_its_classes_agree() -> None:
    cases = {
        any_of("upper_lip"): (4, 4),
        any_of("upper_lip", "lower_lip"): (4, 4),
        any_of("upper_lip", "skin"): (0, 0),
        any_of("skin", "hand"): (0, 4),
        none_of("upper_lip", "lower_lip"): (0, 4),
        ANY: (0, 0),
        OUTSIDE: (0, 4),
    }
    for one, expected in cases.items():
        value, known = answers(np.full((2, 2), one, np.uint16))
        assert (value[LIPS, 0, 0], known[LIPS, 0, 0]) == expected, f"{one:b}"


def test_edges_of_an_answer_are_soft_and_hair_is_taken_from_its_mask(samples: Samples) -> None:
    crop = placed(samples.square(0), np.random.default_rng(3))
    answer, known = known_answer(crop)
    assert answer.shape == known.shape == (len(ANSWER), SIZE, SIZE)
    assert set(np.unique(answer[FACE])) > {0.0, 0.5, 1.0}
    np.testing.assert_array_equal(answer[HAIR], crop.hair[..., 0])
    assert known.min() == 1.0


def test_a_crop_shows_the_face_in_its_middle_at_every_reach(samples: Samples) -> None:
    sizes = []
    for seed in range(12):
        number = 0 if seed % 2 else len(samples)
        crop = placed(samples.square(number), np.random.default_rng(seed))
        skin = crop.sets[::2, ::2] == any_of("skin")
        middle = np.argwhere(skin).mean(0)
        assert np.abs(middle - SIZE / 2).max() < 0.15 * SIZE
        sizes.append(crop.face)
    assert max(sizes) > 2 * min(sizes)


def test_what_covers_a_head_takes_its_classes_and_hides_hair(samples: Samples) -> None:
    rng = np.random.default_rng(2)
    crop = placed(samples.square(0), rng)
    share = np.zeros((2 * SIZE, 2 * SIZE), np.uint8)
    share[:SIZE] = 255
    red = np.tile(np.float32([1, 0, 0]), (SIZE, SIZE, 1))
    over = covered(crop, Thing("hand", red, share), rng)
    inside = crop.sets[:SIZE] != OUTSIDE
    assert (over.sets[:SIZE][inside] == any_of("hand")).all()
    np.testing.assert_array_equal(over.sets[SIZE:], crop.sets[SIZE:])
    assert over.hair[: SIZE // 2, :, 0].max() == 0
    assert over.rgb[: SIZE // 2 - 1, :, 1].max() == 0


@pytest.mark.parametrize("draw", [draw for _, draw in WITH_POINTS], ids=lambda d: d.__name__)
def test_every_flat_thing_covers_some_of_the_head(samples: Samples, draw) -> None:
    shares = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        thing = draw(placed(samples.square(0), rng), rng)
        assert thing.name in CLASSES
        assert 0 <= thing.colour.min() <= thing.colour.max() <= 1
        shares.append((thing.share > 127).mean())
    assert 0.001 < np.median(shares) < 0.8


def test_a_step_has_the_same_batch_however_it_is_come_to(samples: Samples) -> None:
    stream = Stream(samples, CONFIG)
    with (
        closing(stream(start=0, rank=0, ranks=1)) as whole,
        closing(stream(start=2, rank=0, ranks=1)) as late,
    ):
        third = [next(whole) for _ in range(3)][2]
        again = next(late)
    for one, other in zip(third, again, strict=True):
        assert torch.equal(one, other)
    assert third.planes.shape == (4, INPUTS, SIZE, SIZE)
    assert third.answer.shape == third.weight.shape == (4, len(ANSWER), SIZE, SIZE)
    assert third.sets.shape == (4, COARSE, COARSE)
    assert not torch.equal(stream.made(2, rank=1, ranks=2).planes, third.planes)


def test_rare_people_come_often_and_those_kept_for_the_score_never(
    samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def note(_, number, __):
        seen.append(number)
        return augmented(samples, 0, np.random.default_rng(0))

    monkeypatch.setattr("prink.learn.parse.stream.augmented", note)
    Stream(samples, replace(CONFIG, batch=200, synthetic=0.3)).made(0)
    numbers = np.array(seen)
    photos = numbers[numbers < len(samples)]
    assert 0.15 < np.mean(numbers >= len(samples)) < 0.45
    assert 0 not in photos
    assert np.mean(photos == len(samples) - 1) > 0.9
    assert not np.any((numbers - len(samples)) % KEPT == 0)


def test_what_is_not_known_costs_nothing_and_what_is_known_does() -> None:
    answer = torch.zeros(1, len(ANSWER), 8, 8, requires_grad=True)
    classes = torch.zeros(1, len(CLASSES), 4, 4, requires_grad=True)
    target = torch.ones(1, len(ANSWER), 8, 8)
    weight = torch.zeros_like(target)
    weight[..., :4] = 1
    sets = torch.full((1, 4, 4), int(ANY), dtype=torch.int32)
    sets[..., :2] = int(any_of("skin", "hand"))
    sets[:, 0] = int(OUTSIDE)
    found = Logits(answer, classes)
    (answer_loss(found, target, weight) + class_loss(found, sets)).backward()
    assert (answer.grad[..., :4] < 0).all()
    assert (answer.grad[..., 4:] == 0).all()
    assert (classes.grad[:, :, 1:, 2:].abs() < EXPORTED).all()
    assert (classes.grad[:, CLASSES.index("background"), 0] < 0).all()
    skin = classes.grad[0, :, 1:, :2]
    assert (skin[CLASSES.index("skin")] < 0).all()
    assert (skin[CLASSES.index("hand")] < 0).all()
    assert (skin[CLASSES.index("neck")] > 0).all()


def test_the_network_is_as_small_as_promised() -> None:
    net = ParseNet()
    assert sum(each.numel() for each in net.parameters()) < 800_000
    assert macs(net) < 250_000_000
    found = net.eval()(torch.rand(1, INPUTS, SIZE, SIZE))
    assert found.answer.shape == (1, len(ANSWER), SIZE, SIZE)
    assert found.classes.shape == (1, len(CLASSES), COARSE, COARSE)


class Told(torch.nn.Module):
    """Answers what it is given as the answer before."""

    def __init__(self) -> None:
        super().__init__()
        self.none = torch.nn.Parameter(torch.zeros(1))

    def forward(self, planes: torch.Tensor) -> Logits:
        coarse = torch.zeros(len(planes), len(CLASSES), COARSE, COARSE)
        coarse[:, CLASSES.index("hand")] = 1
        return Logits(planes[:, 3:] * 20 - 10, coarse)


def test_the_score_counts_known_pixels_and_what_is_painted_that_must_not_be(
    samples: Samples,
) -> None:
    judge = Judge(samples)
    for batches in judge.batches.values():
        for batch in batches:
            batch.planes[:, 3:] = batch.answer
    right = judge(Told())
    assert right["IoU hair, photos"] == right["IoU face, drawn"] == 1.0
    assert right["painted, photos"] < 0.01
    for batches in judge.batches.values():
        for batch in batches:
            batch.planes[:, 3:] = 1
    wrong = judge(Told())
    assert wrong["IoU face, drawn"] < 0.5
    assert wrong["painted, photos"] > 0.99
    assert wrong["classes right, drawn"] < 0.2


class Sure(ParseNet):
    """Answers everything, and is sure of one class on the left and of another on the right."""

    def coarse(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        classes = torch.zeros(len(x), len(CLASSES), COARSE, COARSE)
        classes[:, CLASSES.index("hand"), :, : COARSE // 2] = 12
        classes[:, CLASSES.index("skin"), :, COARSE // 2 :] = 12
        return torch.full((len(x), 4 * len(ANSWER), COARSE, COARSE), 3.0), classes


def test_classes_that_hide_the_face_have_a_veto() -> None:
    answer, classes = Shares(Sure())(torch.zeros(1, INPUTS, SIZE, SIZE))
    torch.testing.assert_close(classes.sum(1), torch.ones(1, COARSE, COARSE))
    assert answer[..., : SIZE // 2].max() < 0.01
    assert answer[..., SIZE // 2 :].min() > 0.95


def test_a_portrait_is_labelled_by_what_its_sources_say(
    table: Path, dark_is_hair: Path, tmp_path: Path
) -> None:
    done = list(fill_cache(table, tmp_path, workers=0, teacher=dark_is_hair))
    assert done == [(0, 2), (1, 2), (2, 2)]
    samples = cached_samples(table, tmp_path)
    assert len(samples) == 2
    assert samples.validation.tolist() == [True, False]
    for number in range(2):
        square = samples.square(number)
        assert square.rgb.shape == (SIDE, SIDE, 3)
        middle = square.sets[SIDE // 2 - 40 : SIDE // 2 + 40, SIDE // 2 - 40 : SIDE // 2 + 40]
        for name in ("skin", "eye", "upper_lip", "lower_lip", "brow"):
            assert (middle == any_of(name)).any(), name
        # What the teacher is sure of is hair, or cannot be told from it.
        sure = (square.hair[..., 0] > 230) & (square.sets != OUTSIDE)
        assert ((square.sets[sure] & any_of("hair")) != 0).all()
        assert (square.hair[square.sets == any_of("background")][:, 0] == 0).all()


def test_what_was_outlined_by_hand_in_a_portrait_counts_more_than_other_sources(
    table: Path, dark_is_hair: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hat = [[180, 10], [260, 10], [260, 60], [180, 60]]
    monkeypatch.setattr(hand_made, "outlines", lambda: {"p0001.png": [["headwear", hat]]})
    list(fill_cache(table, tmp_path, workers=0, teacher=dark_is_hair))
    samples = cached_samples(table, tmp_path)
    worn, bare = (samples.square(number) for number in range(2))
    hat_here = worn.sets == any_of("headwear")
    assert hat_here.mean() > 0.005
    assert (worn.hair[hat_here] == (0, 255)).all()
    assert not (bare.sets == any_of("headwear")).any()
    assert samples.rarity[0] > 2 * samples.rarity[1]


def test_squares_that_cannot_be_written_leave_nothing_half_done(
    table: Path, dark_is_hair: Path, tmp_path: Path, monkeypatch
) -> None:
    def full(path: Path, **_: np.ndarray) -> None:
        Path(path).write_bytes(b"half")
        raise OSError("no space")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        list(fill_cache(table, tmp_path, workers=0, teacher=dark_is_hair))
    assert not list(tmp_path.iterdir())


def test_people_who_are_set_aside_are_not_learnt_from(table: Path, monkeypatch) -> None:
    assert [each.name for each in training_rows(table)] == ["p0001", "p0002"]
    monkeypatch.setattr(data, "set_aside", lambda: frozenset({"p0002.png"}))
    assert [each.name for each in training_rows(table)] == ["p0001"]


def test_portraits_that_are_all_kept_for_validation_teach_nothing(table: Path, tmp_path) -> None:
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

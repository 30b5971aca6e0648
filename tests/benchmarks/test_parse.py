"""Outlines of heads are read as they are drawn, and the pictures that they need are set aside."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.parse.outlines import IGNORE, KINDS, OutlinesError, class_map, read_outlines

import prink.learn
from prink.parse.classes import CLASSES
from prink.portraits import read_portraits

HAIR, SKIN = CLASSES.index("hair"), CLASSES.index("skin")
SET_ASIDE = Path(prink.learn.__file__).parent / "parse" / "set_aside.txt"


def head(**changed: object) -> dict[str, Any]:
    told: dict[str, Any] = {
        "size": [100, 80],
        "kinds": ["hand"],
        "scale": 1.0,
        "square": [20, 10, 60],
        "outlines": [
            ["skin", [[30, 20], [70, 20], [70, 60], [30, 60]]],
            ["hair", [[30, 20], [70, 20], [70, 30], [30, 30]]],
            ["ignore", [[50, 50], [60, 50], [60, 60], [50, 60]]],
        ],
    }
    return told | changed


def written(folder: Path, *heads: dict[str, Any], name: str = "a.json") -> Path:
    (folder / name).write_text(json.dumps({"p1.jpg": heads}), encoding="utf-8")
    return folder


def test_later_outlines_cover_earlier_ones_and_the_rest_is_background(tmp_path: Path) -> None:
    [outlined] = read_outlines(written(tmp_path, head()))
    classes = class_map(outlined, 60)
    assert classes.shape == (60, 60)
    assert classes.dtype == np.uint8
    expected = np.zeros((60, 60), np.uint8)
    expected[10:50, 10:50] = SKIN
    expected[10:20, 10:50] = HAIR
    expected[40:50, 30:40] = IGNORE
    assert np.array_equal(classes, expected)


def test_any_square_of_the_scaled_picture_can_be_asked_for(tmp_path: Path) -> None:
    [outlined] = read_outlines(written(tmp_path, head(scale=0.5)))
    # Ten map pixels for ten of the picture, turned a quarter: the map's x runs down the picture.
    to_frame = np.array([[0.0, 0.5, 15.0], [0.5, 0.0, 10.0]], np.float32)
    classes = class_map(outlined, 40, to_frame)
    expected = np.full((40, 40), SKIN, np.uint8)
    expected[:, :10] = HAIR
    expected[20:30, 30:] = IGNORE
    assert np.array_equal(classes, expected)


def test_nothing_is_said_outside_of_the_square_and_of_the_picture(tmp_path: Path) -> None:
    [outlined] = read_outlines(written(tmp_path, head(square=[60, 40, 60])))
    classes = class_map(outlined, 120, np.array([[1, 0, 0], [0, 1, 0]], np.float32))
    assert (classes[:40] == IGNORE).all()
    assert (classes[:, :60] == IGNORE).all()
    assert (classes[80:] == IGNORE).all()
    assert (classes[:, 100:] == IGNORE).all()
    assert (classes[40:60, 60:70] == SKIN).all()
    assert (classes[60:80, 60:100] == 0).all()


def test_several_heads_of_a_picture_have_names_of_their_own(tmp_path: Path) -> None:
    heads = read_outlines(written(tmp_path, head(), head()))
    assert [each.name for each in heads] == ["p1-0", "p1-1"]
    assert {each.picture for each in heads} == {"p1.jpg"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"outlines": [["nose", [[0, 0], [1, 0], [1, 1]]]]}, "no such class: 'nose'"),
        ({"outlines": [["skin", [[0, 0], [1, 0]]]]}, "fewer than three places"),
        ({"outlines": [["skin", [[0, 0], [1, float("nan")], [1, 1]]]]}, "a place is no number"),
        ({"outlines": [["skin"]]}, "not told as it must be"),
        ({"kinds": ["sad"]}, "no such kind: 'sad'"),
        ({"scale": 0}, "scale is 0.0"),
        ({"square": [0, 0, 0]}, "no area"),
        ({"square": [0, 0]}, "not told as it must be"),
        ({"size": None}, "not told as it must be"),
    ],
)
def test_a_wrong_head_is_told_with_its_picture_and_file(
    tmp_path: Path, changed: dict[str, object], message: str
) -> None:
    with pytest.raises(OutlinesError, match=message) as error:
        read_outlines(written(tmp_path, head(**changed)))
    assert "p1.jpg in a.json" in str(error.value)


def test_a_file_that_is_no_table_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutlinesError, match=r"a\.json is no JSON"):
        read_outlines(tmp_path)
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(OutlinesError, match=r"a\.json is no table"):
        read_outlines(tmp_path)


def test_a_picture_in_two_files_is_told(tmp_path: Path) -> None:
    written(tmp_path, head())
    with pytest.raises(OutlinesError, match=r"p1\.jpg is in a\.json and in b\.json"):
        read_outlines(written(tmp_path, head(), name="b.json"))


def test_the_outlined_heads_are_many_of_every_kind() -> None:
    heads = read_outlines()
    assert len(heads) >= 120
    counts = {kind: sum(kind in each.kinds for each in heads) for kind in KINDS}
    few = {kind for kind, count in counts.items() if count < 10}
    assert few <= {"sunglasses"}  # the rest of the few pictures is left to the training


def test_every_outlined_head_shows_skin_and_little_of_it_is_left_unsaid() -> None:
    for outlined in read_outlines():
        classes = class_map(outlined, 192)
        assert (classes == SKIN).any(), outlined.name
        x, y, side = outlined.square
        wide = min(x + side, outlined.size[0]) - max(x, 0)
        tall = min(y + side, outlined.size[1]) - max(y, 0)
        inside = wide * tall / side**2
        assert (classes == IGNORE).mean() - (1 - inside) < 0.1, outlined.name


def test_outlined_pictures_of_the_train_split_are_set_aside(portraits: Path) -> None:
    aside = {line for line in SET_ASIDE.read_text().split("\n") if not line.startswith("#")}
    rows = {row.picture.name: row for row in read_portraits(portraits)}
    outlined = {each.picture for each in read_outlines()}
    assert outlined
    trained = {
        row.person for name, row in rows.items() if row.split == "train" and name not in aside
    }
    assert not {rows[name].person for name in outlined} & trained

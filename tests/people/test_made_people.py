"""People drawn of assets that are made here: what a cache of heads holds, and that it is filled."""

from pathlib import Path

import numpy as np
import pytest
from tests.tolerances import ROUNDED

from prink.learn.data.faces import draw_person
from prink.people.assets import LOOSE, Assets, styles
from prink.people.heads_data import cached_heads, fill_heads
from prink.people.shot import CROP, FRAME


@pytest.fixture(scope="module")
def assets(made_people: Path) -> Assets:
    return Assets(made_people)


def test_a_cache_holds_heads_with_their_exact_masks(made_heads: Path) -> None:
    found = cached_heads(made_heads)
    assert {name: each.shape for name, each in found.items()} == {
        "crops": (20, CROP, CROP, 3),
        "hair": (20, CROP, CROP),
        "person": (20, CROP, CROP),
        "faces": (20, 3),
    }
    hair, person = found["hair"].astype(int), found["person"].astype(int)
    assert (hair - person).max() <= ROUNDED
    haired = hair.mean((1, 2)) > 0.02 * 255
    assert 15 <= haired.sum() < 20  # one in seven or so is bald
    assert hair[~haired].max(initial=0) == 0
    x, y = np.rint(found["faces"][:, :2]).astype(int).T
    assert (person[np.arange(20), y, x] > 200).all()


def test_a_filled_cache_is_not_drawn_again(made_people: Path, made_heads: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made_heads.glob("*.npz")}
    assert list(fill_heads(made_people, made_heads, count=20, workers=0)) == [(1, 1)]
    assert {path: path.stat().st_mtime_ns for path in made_heads.glob("*.npz")} == before


def test_an_empty_cache_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=f"files of heads .*{tmp_path.name}"):
        cached_heads(tmp_path)


def test_skins_are_shaved_where_hair_was_painted_on(assets: Assets) -> None:
    dark = next(path for path in assets.skins if "dark" in path.name)
    shaved = assets.texture(dark.relative_to(assets.folder).as_posix())
    crown, cheek = (slice(400, 600), slice(660, 720)), (slice(450, 550), slice(820, 900))
    assert shaved[crown][..., 3].mean() > 200  # the alpha is where hair grows
    assert shaved[cheek][..., 3].mean() < 20
    bright = [shaved[place][..., :3].mean() for place in (crown, cheek)]
    assert bright[0] == pytest.approx(bright[1], rel=0.15)


def test_only_single_strands_of_a_style_stand_off(assets: Assets) -> None:
    name = "base/hair/short01/short01_diffuse.png"
    whole, loose = assets.texture(name), assets.texture(name + LOOSE)
    assert (loose[..., 3] <= whole[..., 3]).all()
    assert 0 < loose[..., 3].mean() < 0.5 * whole[..., 3].mean()


def test_portraits_of_a_seed_are_of_one_person(made_people: Path) -> None:
    one, again, other = (draw_person((str(made_people), 0, number)) for number in (1, 1, 2))
    assert one.shape == (FRAME, FRAME, 3)
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_every_style_is_drawn_of_something(assets: Assets) -> None:
    assert set(assets.hair) == {*styles(held_out=True), *styles(held_out=False)}
    body = assets.body.shaped({})
    for fitted in assets.hair.values():
        assert fitted.points(body) == pytest.approx(fitted.mesh.points, abs=1e-3)

"""The hair tile: the same for a mirrored or smaller photo, empty without hair, quick."""

import time

import cv2
import numpy as np
import pytest

from prink.face import Tracker
from prink.params import HAIR
from prink.parse import Parser, Parsing
from prink.reading.hair_patch import HAIR as COLUMNS
from prink.reading.hair_patch import hair_patch
from prink.render import Renderer


@pytest.fixture(scope="module")
def seen(astronaut):
    return look_at(astronaut)


def look_at(rgb):
    rgb = np.ascontiguousarray(rgb)
    with Tracker(max_faces=1) as tracker:
        (face,) = tracker.track(rgb)
    (parsing,) = Parser().find(rgb, [face], face=False)
    return rgb, face, parsing.hair


def apart(one, two):
    """Returns how far apart two tiles are in mean: the hair, and the colours beside it.

    Rows have few pixels, so that hair is compared in blocks of 8 x 14.
    """
    weight = np.minimum(one[..., 3], two[..., 3])[..., None] / 255.0
    off = one[..., :3].astype(float) - two[..., :3]
    hair, seen = (
        cv2.resize(part[:, :COLUMNS], (8, 8), interpolation=cv2.INTER_AREA)
        for part in (off * weight, weight)
    )
    return abs(hair).sum() / (3 * seen.sum()), abs(off[:, COLUMNS:]).max()


COLLAR = pytest.mark.xfail(reason="the parsing network takes the dark collar on one side for hair")


@pytest.mark.parametrize(
    "change", [pytest.param("mirrored", marks=COLLAR), "half as large", "turned"]
)
def test_the_tile_of_the_same_head_is_the_same(seen, astronaut, change):
    tall, wide = astronaut.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), 12, 1.0)
    photo = {
        "mirrored": lambda: astronaut[:, ::-1],
        "half as large": lambda: cv2.resize(astronaut, None, fx=0.5, fy=0.5, interpolation=3),
        "turned": lambda: cv2.warpAffine(astronaut, turn, (wide, tall), borderValue=(99, 99, 99)),
    }[change]()
    tile, other = hair_patch(*seen), hair_patch(*look_at(photo))
    with Renderer() as renderer:
        dyed = renderer.draw(seen[0], [seen[1]], HAIR["copper"], parsing=[Parsing(None, seen[2])])
    hair, beside = apart(tile, other)
    assert hair < 0.25 * apart(tile, hair_patch(dyed, *seen[1:]))[0]
    assert hair < 6
    assert beside < 14


def test_roots_are_above_and_dark_strands_before_light_ones(seen):
    rgb, face, mask = seen
    with Renderer() as renderer:
        dipped = renderer.draw(rgb, [face], HAIR["teal_dip"], parsing=[Parsing(None, mask)])
    tile = hair_patch(dipped, face, mask)[:, :COLUMNS].astype(float)
    redness = (tile[..., 0] - tile[..., 2]).mean(axis=1)
    assert redness[:24].mean() > redness[-16:].mean() + 20
    level = tile[..., :3] @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(level, axis=1) > -1).all()


def test_without_hair_there_is_no_hair_but_skin_and_light(seen):
    rgb, face, _ = seen
    tile = hair_patch(rgb, face, None)
    assert (tile[:, :COLUMNS] == 0).all()
    assert (tile[:, COLUMNS:, 3] == 255).all()
    assert (tile[:, COLUMNS:, :3] > 60).all()


def test_a_tile_is_quick(seen):
    hair_patch(*seen)
    took = []
    for _ in range(7):
        start = time.perf_counter()
        hair_patch(*seen)
        took.append(time.perf_counter() - start)
    assert np.median(took) < 0.01

"""The dye: what bleach leaves, calm where the camera is, roots that stay, hair short and long."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from prink.arrays import Bytes, Doubles, Flags
from prink.color import linear_to_lab, srgb_to_linear
from prink.face import Face
from prink.params import HAIR, Look, edit
from prink.parse import Parsing, Square
from prink.parse.head import inverse, warp
from prink.render import Renderer

Heads = tuple[Parsing, ...]
BLEACH = ("hair.root=#e8dcc8ff", "hair.lightening=1")


@pytest.fixture(scope="module")
def sure(astronaut: Bytes, astronaut_parsing: Heads) -> Flags:
    """What is nothing but hair."""
    mask = astronaut_parsing[0].hair
    assert mask is not None
    return warp(mask.pixels, inverse(mask.to_frame), astronaut.shape[1::-1]) > 235


@pytest.fixture(scope="module")
def dark(astronaut: Bytes) -> Bytes:
    """The same head with black hair, in poor light."""
    return np.asarray(astronaut * 0.3, np.uint8)


def lab(rgb: Bytes, where: Flags) -> Doubles:
    """Returns the mean L*, a* and b* of pixels."""
    return np.asarray(linear_to_lab(srgb_to_linear(rgb[where] / 255.0).mean(0)))


@pytest.mark.parametrize("name", ["honey_blond", "platinum", "rose"])
def test_bleached_hair_is_hardly_noisier_than_the_camera(
    name: str, dark: Bytes, astronaut_face: Face, astronaut_parsing: Heads, sure: Flags
) -> None:
    grain = np.random.default_rng(3)
    frames = [
        np.clip(np.rint(dark + 2.0 * grain.standard_normal(dark.shape)), 0, 255).astype(np.uint8)
        for _ in range(8)
    ]
    with Renderer() as renderer:
        drawn = [
            renderer.draw(
                frame, [astronaut_face], HAIR[name], parsing=astronaut_parsing, time=n / 30
            )
            for n, frame in enumerate(frames)
        ]
    before, after = (
        np.stack([each[sure].astype(float).mean(-1) for each in clip]).std(0).mean()
        for clip in (frames, drawn)
    )
    assert after < 1.5 * before


def test_half_bleached_hair_is_warm_until_it_is_toned(
    renderer: Renderer, dark: Bytes, astronaut_face: Face, astronaut_parsing: Heads, sure: Flags
) -> None:
    lifts = [
        lab(
            renderer.draw(
                dark,
                [astronaut_face],
                edit(Look(), "hair.root=#d8d4dcff", f"hair.lightening={amount}"),
                parsing=astronaut_parsing,
            ),
            sure,
        )
        for amount in (0.15, 0.4, 0.7, 1.0)
    ]
    light, red, yellow = np.transpose(lifts)
    assert (np.diff(light) > 3).all()
    assert yellow[1] > yellow[3] + 6
    assert yellow[2] > yellow[3] + 4
    assert red[1] > red[3] + 1


def test_black_on_blond_is_black(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: Heads,
    sure: Flags,
) -> None:
    blond = edit(Look(), "hair.root=#e0c090ff", "hair.lightening=1")
    fair = renderer.draw(astronaut, [astronaut_face], blond, parsing=astronaut_parsing)
    black = renderer.draw(fair, [astronaut_face], HAIR["jet_black"], parsing=astronaut_parsing)
    assert lab(fair, sure)[0] > 65
    assert lab(black, sure)[0] < 15
    assert np.percentile(black[sure].max(-1), 98) < 90


def test_roots_stay_natural_and_ends_do_not(
    renderer: Renderer, dark: Bytes, astronaut_face: Face, astronaut_parsing: Heads, sure: Flags
) -> None:
    rows = sure.any(1).nonzero()[0]
    crown, ends = sure.copy(), sure.copy()
    crown[rows[0] + 20 :] = False
    ends[: rows[-1] - 25] = False
    none, some, much = (
        renderer.draw(
            dark,
            [astronaut_face],
            edit(Look(), *BLEACH, f"hair.root_shadow={amount}"),
            parsing=astronaut_parsing,
        )
        for amount in (0, 0.3, 0.8)
    )
    shades = [lab(each, crown)[0] for each in (none, some, much)]
    assert shades[0] > shades[1] + 10
    assert shades[1] > shades[2] + 5
    assert lab(some, ends)[0] == pytest.approx(lab(none, ends)[0], abs=1.0)
    assert lab(none, crown)[0] > 1.5 * lab(dark, crown)[0]


def test_ends_of_short_hair_are_its_outline(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, astronaut_parsing: Heads
) -> None:
    mask = astronaut_parsing[0].hair
    assert mask is not None
    cropped = mask.pixels.copy()
    cropped[int(0.36 * len(cropped)) :] = 0
    tips = edit(Look(), "hair.tip=#2040d0ff", "hair.line=0.6", "hair.softness=0.1")
    short = [Parsing(None, replace(mask, pixels=cropped))]
    moved = np.abs(
        renderer.draw(astronaut, [astronaut_face], tips, parsing=short).astype(int) - astronaut
    ).sum(-1)
    alpha = warp(cropped, inverse(mask.to_frame), astronaut.shape[1::-1]) > 235
    rows = alpha.any(1).nonzero()[0]
    outline, hairline = alpha[rows[0] : rows[0] + 12], alpha[rows[-1] - 12 : rows[-1]]
    at_outline = moved[rows[0] : rows[0] + 12][outline].mean()
    assert at_outline > 100
    assert moved[rows[-1] - 12 : rows[-1]][hairline].mean() < 0.2 * at_outline


def test_a_wider_square_colours_the_same_hair_alike(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, astronaut_parsing: Heads
) -> None:
    mask = astronaut_parsing[0].hair
    assert mask is not None
    side, reach = len(mask.pixels), 2.0
    wider = mask.to_frame.copy()
    wider[:, :2] *= reach / mask.reach
    wider[:, 2] = mask.to_frame @ [side / 2, side / 2, 1] - wider[:, :2] @ [side / 2, side / 2]
    to_mask = np.linalg.inv(np.vstack([mask.to_frame, [0, 0, 1]])) @ np.vstack([wider, [0, 0, 1]])
    alpha = warp(mask.pixels, to_mask[:2].astype(np.float32), side)
    for look in (HAIR["balayage"], edit(HAIR["platinum"], "hair.root_shadow=0.5")):
        near, far = (
            renderer.draw(astronaut, [astronaut_face], look, parsing=[Parsing(None, each)]).astype(
                int
            )
            for each in (mask, Square(alpha, wider, reach))
        )
        inside = cv2.erode(
            (np.abs(near - astronaut).sum(-1) > 30).astype(np.uint8), np.ones((9, 9))
        )
        assert np.abs(near - far)[inside > 0].mean() < 6
        unsaid = renderer.draw(
            astronaut, [astronaut_face], look, parsing=[Parsing(None, Square(alpha, wider))]
        ).astype(int)
        assert (
            np.abs(near - unsaid)[inside > 0].mean() > 1.5 * np.abs(near - far)[inside > 0].mean()
        )


def test_hair_that_the_square_cuts_fades_before_its_rim(
    renderer: Renderer, dark: Bytes, astronaut_face: Face, astronaut_parsing: Heads
) -> None:
    mask = astronaut_parsing[0].hair
    assert mask is not None
    side = len(mask.pixels)
    column = np.zeros_like(mask.pixels)
    column[side // 2 :, side // 2 - 20 : side // 2 + 20] = 255
    drawn = renderer.draw(
        dark,
        [astronaut_face],
        edit(Look(), *BLEACH),
        parsing=[Parsing(None, replace(mask, pixels=column))],
    )
    at = mask.to_frame @ [[side / 2] * 9, np.linspace(0.86, 0.999, 9) * side, [1] * 9]
    x, y = np.rint(at).astype(int)
    kept = (y < dark.shape[0]) & (x < dark.shape[1])
    moved = (drawn.astype(int) - dark)[y[kept], x[kept]].sum(-1)
    assert kept.sum() > 6
    assert moved[0] > 150
    assert moved[-1] < 0.1 * moved[0]
    assert (np.diff(moved) < 90).all()

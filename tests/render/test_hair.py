"""Hair colour: on the hair and nowhere else, in the asked tone, together with makeup."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Face
from prink.params import HAIR, LOOKS, Look, edit, look
from prink.parse import ParseError, Parsing, Square
from prink.parse.head import inverse, warp
from prink.render import Renderer


@pytest.fixture(scope="module")
def on_frame(astronaut: Bytes, astronaut_hair: Square) -> Bytes:
    return warp(astronaut_hair.pixels, inverse(astronaut_hair.to_frame), (512, 512))


def test_nothing_changes_where_there_is_no_hair(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    astronaut_hair: Square,
    on_frame: Bytes,
) -> None:
    drawn = renderer.draw(astronaut, [astronaut_face], HAIR["platinum"], parsing=astronaut_parsing)
    changed = (drawn != astronaut).any(-1)
    near = warp(
        (astronaut_hair.pixels > 2).astype(np.uint8) * 255,
        inverse(astronaut_hair.to_frame),
        (512, 512),
    )
    assert not changed[cv2.dilate(near, np.ones((15, 15))) == 0].any()
    assert changed[on_frame > 200].mean() > 0.98


def test_without_a_mask_or_a_colour_the_frame_comes_back(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    astronaut_hair: Square,
) -> None:
    faces = [astronaut_face]
    empty = replace(astronaut_hair, pixels=np.zeros_like(astronaut_hair.pixels))
    for drawn in (
        renderer.draw(astronaut, faces, HAIR["copper"]),
        renderer.draw(astronaut, faces, HAIR["copper"], parsing=[None]),
        renderer.draw(astronaut, faces, HAIR["copper"], parsing=[Parsing(None, empty)]),
        renderer.draw(astronaut, faces, Look(), parsing=astronaut_parsing),
        renderer.draw(
            astronaut, faces, edit(Look(), "hair.lightening=1"), parsing=astronaut_parsing
        ),
    ):
        np.testing.assert_array_equal(drawn, astronaut)


def test_hair_takes_the_hue_and_keeps_its_strands(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    astronaut_hair: Square,
    on_frame: Bytes,
) -> None:
    sure = on_frame > 235
    for name, order in (("copper", (0, 1, 2)), ("rose", (0, 2, 1))):
        drawn = renderer.draw(astronaut, [astronaut_face], HAIR[name], parsing=astronaut_parsing)
        red, green, blue = drawn[sure].mean(0)[list(order)]
        assert red > green > blue, name
        before, after = (picture[sure].mean(-1) for picture in (astronaut, drawn))
        assert np.corrcoef(before, after)[0, 1] > 0.8, name


def test_dye_alone_does_not_lighten_dark_hair(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    astronaut_hair: Square,
    on_frame: Bytes,
) -> None:
    dark = (astronaut * 0.35).astype(np.uint8)
    blond = edit(Look(), "hair.root=#e0c090ff")
    sure = on_frame > 235
    dyed, bleached = (
        renderer.draw(
            dark,
            [astronaut_face],
            edit(blond, f"hair.lightening={amount}"),
            parsing=astronaut_parsing,
        )
        for amount in (0, 1)
    )
    assert dyed[sure].mean() < 1.6 * dark[sure].mean()
    assert bleached[sure].mean() > 1.3 * dyed[sure].mean()


COLLAR = "the parsing network takes the dark collar for hair, which makes the hair too long"


@pytest.mark.xfail(reason=COLLAR)
def test_an_ombre_leaves_the_crown_and_takes_the_ends(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    astronaut_hair: Square,
    on_frame: Bytes,
) -> None:
    tips = edit(Look(), "hair.tip=#2040d0ff", "hair.line=0.6", "hair.softness=0.1")
    moved = np.abs(
        renderer.draw(astronaut, [astronaut_face], tips, parsing=astronaut_parsing).astype(int)
        - astronaut
    ).sum(-1)
    rows = (on_frame > 235).any(1).nonzero()[0]
    crown, ends = slice(rows[0], rows[0] + 30), slice(rows[-1] - 30, rows[-1])
    at_crown, at_ends = (moved[rows][on_frame[rows] > 235].mean() for rows in (crown, ends))
    assert at_ends > 30
    assert at_crown < 0.25 * at_ends


def test_makeup_and_hair_are_drawn_as_each_alone(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
) -> None:
    faces = [astronaut_face]
    both = renderer.draw(
        astronaut, faces, look("classic_red", hair="copper"), parsing=astronaut_parsing
    )
    makeup = renderer.draw(astronaut, faces, LOOKS["classic_red"], parsing=astronaut_parsing)
    colour = renderer.draw(astronaut, faces, HAIR["copper"], parsing=astronaut_parsing)
    bald, bare = (colour == astronaut).all(-1), (makeup == astronaut).all(-1)
    # A trace too faint for a byte may still move one.
    np.testing.assert_allclose(both[bald].astype(int), makeup[bald], atol=1)
    np.testing.assert_allclose(both[bare].astype(int), colour[bare], atol=1)


def test_every_format_gets_the_same_hair(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
) -> None:
    rgb = renderer.draw(astronaut, [astronaut_face], HAIR["copper"], parsing=astronaut_parsing)
    bgr = renderer.draw(
        np.ascontiguousarray(astronaut[..., ::-1]),
        [astronaut_face],
        HAIR["copper"],
        parsing=astronaut_parsing,
        format="bgr",
    )
    np.testing.assert_array_equal(bgr[..., ::-1], rgb)
    texture = renderer.draw_to_texture(
        astronaut, [astronaut_face], HAIR["copper"], parsing=astronaut_parsing
    )
    whole = np.frombuffer(texture.read(), np.uint8).reshape(512, 512, 4)[..., :3]
    np.testing.assert_array_equal(whole, rgb)


def test_hair_that_comes_onto_a_stream_of_makeup_is_measured_anew(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
) -> None:
    dyed, faces = look("classic_red", hair="platinum"), [astronaut_face]
    photo = renderer.draw(astronaut, faces, dyed, parsing=astronaut_parsing)
    with Renderer() as stream:
        for number in range(5):
            stream.draw(astronaut, faces, LOOKS["classic_red"], time=number / 30)
        for number in range(5, 8):
            drawn = stream.draw(astronaut, faces, dyed, parsing=astronaut_parsing, time=number / 30)
            assert np.abs(drawn.astype(int) - photo).max() <= 1


def test_a_face_that_fades_in_brings_its_hair_slowly(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
) -> None:
    moved = []
    for share in (0.05, 0.5, 1.0):
        face = replace(astronaut_face, presence=share)
        drawn = renderer.draw(astronaut, [face], HAIR["copper"], parsing=astronaut_parsing)
        moved.append(np.abs(drawn.astype(int) - astronaut).sum())
    assert moved[0] < 0.2 * moved[2]
    assert moved[0] < moved[1] < moved[2]


@pytest.mark.parametrize("wrong", ["square", [3], "two"])
def test_what_is_no_parsing_is_told_what_to_pass(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_hair: Square,
    wrong: object,
) -> None:
    head: Any = {"square": astronaut_hair, "two": [None, None]}.get(str(wrong), wrong)
    with pytest.raises(TypeError, match=r"Parser\.find"):
        renderer.draw(astronaut, [astronaut_face], HAIR["copper"], parsing=head)


def test_wild_masks_draw_nothing_or_are_refused(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_hair: Square,
) -> None:
    for bad in (np.nan, 1e9):
        wild = replace(astronaut_hair, to_frame=astronaut_hair.to_frame * bad)
        head = Parsing(None, wild)
        drawn = renderer.draw(astronaut, [astronaut_face], HAIR["copper"], parsing=[head])
        np.testing.assert_array_equal(drawn, astronaut)
    with pytest.raises(ParseError, match=r"uint8 \(S, S\), .* got float64 \(4, 4\)"):
        Square(np.zeros((4, 4)), astronaut_hair.to_frame)

"""Phones: a true GLES 3 context draws the desktop's bytes, half-float precision stays close."""

from collections.abc import Iterator

import numpy as np
import pytest
from tests.render.gles import open_gles
from tests.tolerances import PHONE_MEAN, PHONE_WORST_SHARE

from prink.arrays import Bytes
from prink.face import Face
from prink.params import LOOKS, Look
from prink.parse import Parsing
from prink.render import Renderer


@pytest.fixture(scope="module")
def phone() -> Iterator[Renderer]:
    """A renderer in a GLES 3 context that it was given."""
    try:
        context = open_gles()
    except OSError as error:
        pytest.skip(str(error))
    with context:
        yield Renderer(context=context)
    context.release()


@pytest.fixture(scope="module")
def half_floats() -> Iterator[Renderer]:
    with Renderer(phone_precision=True) as renderer:
        yield renderer


def test_gles_and_desktop_draw_the_same_bytes(
    phone: Renderer,
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    rich: Look,
) -> None:
    expected = renderer.draw(astronaut, [astronaut_face], rich, parsing=astronaut_parsing)
    with phone.context:
        drawn = phone.draw(astronaut, [astronaut_face], rich, parsing=astronaut_parsing)
        texture = phone.draw_to_texture(
            astronaut, [astronaut_face], rich, parsing=astronaut_parsing
        )
        read = phone.context.framebuffer([texture]).read(components=4, alignment=1)
    assert (drawn != astronaut).any(-1).sum() > 5000
    assert np.array_equal(drawn, expected)
    assert np.array_equal(np.frombuffer(read, np.uint8).reshape(512, 512, 4)[..., :3], expected)


def test_a_desktop_driver_without_es_draws_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    rich: Look,
) -> None:
    monkeypatch.setattr("prink.render.context.language", lambda _: "330")
    with Renderer() as desktop:
        drawn = desktop.draw(astronaut, [astronaut_face], rich, parsing=astronaut_parsing)
    assert np.array_equal(
        drawn, renderer.draw(astronaut, [astronaut_face], rich, parsing=astronaut_parsing)
    )


@pytest.mark.parametrize("name", ["classic_red", "violet_night", "rich"])
def test_half_floats_stay_close(
    half_floats: Renderer,
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    rich: Look,
    name: str,
) -> None:
    look = rich if name == "rich" else LOOKS[name]
    full = renderer.draw(astronaut, [astronaut_face], look)
    half = half_floats.draw(astronaut, [astronaut_face], look)
    made_up = (full != astronaut).any(-1)
    off = np.abs(full.astype(int) - half).max(-1)[made_up]
    assert off.mean() <= PHONE_MEAN
    for steps, share in PHONE_WORST_SHARE.items():
        assert (off > steps).mean() <= share, (steps, off.max())

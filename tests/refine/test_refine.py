"""Refining a look: nearer to what was drawn, never worse, and what the photo hides stays."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from prink.arrays import Bytes

pytest.importorskip("torch")

from torch import Tensor

from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.face import Face, FaceError, Tracker
from prink.params import Look, Rgba, edit, to_vector
from prink.refine.analysis import Refined, refine
from prink.refine.explain import Explanation
from prink.render import Renderer, RenderError

STEPS = 80


def look_of(*edits: str) -> Look:
    look = Look()
    for text in edits:
        look = edit(look, text)
    return look


WORN = look_of("lips.color=#a02838e0", "eyeshadow.lid=#4a5a8ac0", "teeth.whitening=0.4")
READ = look_of("lips.color=#b84a30b0", "eyeshadow.lid=#4a6a78a0", "teeth.whitening=0.4")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="module")
def face(astronaut: Bytes) -> Face:
    with Tracker(max_faces=1) as tracker:
        return tracker.track(astronaut)[0]


@pytest.fixture(scope="module")
def made(astronaut: Bytes, face: Face, renderer: Renderer) -> Bytes:
    return renderer.draw(astronaut, [face], WORN)


@pytest.fixture(scope="module")
def ticks() -> list[None]:
    return []


@pytest.fixture(scope="module")
def refined(made: Bytes, face: Face, renderer: Renderer, ticks: list[None]) -> Refined:
    return refine(made, face, READ, steps=STEPS, tick=lambda: ticks.append(None), renderer=renderer)


def apart(one: Rgba, two: Rgba) -> float:
    labs = [linear_to_lab(srgb_to_linear(np.array(color[:3]))) for color in (one, two)]
    return float(delta_e_2000(*labs))


def test_a_start_beside_the_truth_comes_nearer(refined: Refined, ticks: list[None]) -> None:
    assert refined.after < 0.9 * refined.before
    found, goal = refined.look, WORN
    assert apart(found.lips.color, goal.lips.color) < 0.6 * apart(READ.lips.color, goal.lips.color)
    lid = apart(found.eyeshadow.lid, goal.eyeshadow.lid)
    assert lid < 0.8 * apart(READ.eyeshadow.lid, goal.eyeshadow.lid)
    assert len(ticks) == STEPS


def test_what_the_photo_cannot_tell_stays_as_given(refined: Refined) -> None:
    look = refined.look
    assert look.lips.softness == pytest.approx(READ.lips.softness, abs=1e-6)
    assert look.teeth.whitening == pytest.approx(READ.teeth.whitening, abs=1e-6)
    alone = (to_vector(Look(hair=each.hair)) for each in (look, READ))
    np.testing.assert_allclose(*alone, atol=1e-6)
    for absent in (look.blush.color, look.eyeliner.color, look.lip_liner.color, look.lips.inner):
        assert absent.a == 0.0


def test_a_true_look_is_hardly_left_and_gains_little(
    made: Bytes, face: Face, renderer: Renderer
) -> None:
    found = refine(made, face, WORN, steps=40, renderer=renderer)
    for group, name in (("lips", "color"), ("eyeshadow", "lid")):
        one, two = (getattr(getattr(look, group), name) for look in (found.look, WORN))
        assert apart(one, two) < 5.0
        assert abs(one.a - two.a) < 0.1
    assert 0.9 * found.before < found.after <= found.before


def test_the_error_before_owes_nothing_to_the_number_of_steps(
    made: Bytes, face: Face, renderer: Renderer, refined: Refined
) -> None:
    few = refine(made, face, READ, steps=1, renderer=renderer)
    assert few.before == pytest.approx(refined.before, rel=0.005)
    assert few.after >= refined.after


def test_a_gain_of_the_bare_face_alone_is_none(
    made: Bytes, face: Face, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_below(
        found: Explanation, look: Tensor, ground: dict[str, Tensor], **_: object
    ) -> tuple[Tensor, dict[str, Tensor]]:
        return look, {name: 0.5 * unknown.detach() for name, unknown in ground.items()}

    monkeypatch.setattr("prink.refine.analysis.lowest", only_below)
    found = refine(made, face, READ, steps=3, renderer=renderer)
    assert found.look == READ
    assert found.after == found.before > 0.0


def test_a_bare_start_is_returned_with_its_error(
    made: Bytes, face: Face, renderer: Renderer
) -> None:
    found = refine(made, face, Look(), steps=8, renderer=renderer)
    assert found.look == Look()
    assert found.before == found.after > 0.0


def test_bad_input_is_refused(astronaut: Bytes, face: Face, renderer: Renderer) -> None:
    with pytest.raises(FaceError, match=r"\(H, W, 3\)"):
        refine(astronaut[..., 0], face, READ, renderer=renderer)
    with pytest.raises(ValueError, match="steps is 0"):
        refine(astronaut, face, READ, steps=0, renderer=renderer)
    wild = replace(face, points=face.points * np.nan)
    with pytest.raises(FaceError, match="not finite"):
        refine(astronaut, wild, READ, renderer=renderer)
    away = replace(face, points=face.points + 5000)
    with pytest.raises(RenderError, match="no drawable mesh"):
        refine(astronaut, away, READ, steps=1, renderer=renderer)

"""Edits such as `lips.gloss=0.8`, as typed on a command line."""

import pytest

from prink.params import LOOKS, Look, LookError, Rgba, edit, parameters


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("lips.gloss=0.8", 0.8),
        (" lips.gloss = 1 ", 1.0),
        ("lips.color=#ff000080", Rgba(1.0, 0.0, 0.0, 128 / 255)),
        ("lips.color=#00Ff00", Rgba(0.0, 1.0, 0.0, 1.0)),  # no coverage before: applied in full
        ("lips.color=[0.5, 0.25, 0, 0.75]", Rgba(0.5, 0.25, 0.0, 0.75)),
        ("lips.color=[0.5, 0.25, 0]", Rgba(0.5, 0.25, 0.0, 1.0)),
        ("lips.color.a=0.5", Look().lips.color._replace(a=0.5)),
        ("lips.color.g=1", Look().lips.color._replace(g=1.0)),
    ],
)
def test_an_edit_sets_one_parameter_and_nothing_else(assignment: str, value: object) -> None:
    after = edit(Look(), assignment)
    changed = {p.path: p.get(after) for p in parameters() if p.get(after) != p.get(Look())}
    path = ".".join(assignment.split("=")[0].strip().split(".")[:2])
    assert changed == {path: value}


def test_a_colour_without_coverage_keeps_the_coverage_there_is() -> None:
    before = LOOKS["no_makeup"].lips.color.a
    assert 0 < before < 1
    assert edit(LOOKS["no_makeup"], "lips.color=#aa2030").lips.color.a == before


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("", "an edit names a parameter and its value, such as lips.gloss=0.8"),
        ("=1", "an edit names a parameter and its value, such as lips.gloss=0.8"),
        ("lips.gloss", "'lips.gloss' is given no value; an edit reads lips.gloss=VALUE"),
        ("gloss=1", "no parameter is called 'gloss'; did you mean 'lips.gloss'"),
        ("xyz=1", "no parameter is called 'xyz'; known: lips, lip_liner"),
        ("lips.glos=1", "did you mean 'lips.gloss'"),
        ("lips.gloss.a=1", "did you mean 'lips.gloss'"),
        ("lips.color.x=1", "did you mean 'lips.color'"),
        ("lips=1", "'lips' is a group; its parameters: lips.color, lips.inner, lips.gloss"),
        ("lips.gloss=", "lips.gloss is ''; expected a number 0 to 1"),
        ("lips.gloss=shiny", "lips.gloss is 'shiny'; expected a number 0 to 1"),
        ("lips.gloss=nan", "lips.gloss is nan; expected a number 0 to 1"),
        ("lips.gloss=7", "lips.gloss is 7.0; its range is 0 to 1"),
        ("lips.color.a=2", "lips.color.a is 2.0; its range is 0 to 1"),
        ("lips.color=0.5", "lips.color is 0.5; a colour is '#rrggbb'"),
        ("lips.color=[0.5", "lips.color is '[0.5'; a colour is '#rrggbb'"),
        ("lips.color=[1, null, 3]", "lips.color[1] is null; expected a number 0 to 1"),
        ("lips.color=[1, 2, 3]", "lips.color[1] is 2; its range is 0 to 1"),
    ],
)
def test_an_edit_that_cannot_be_says_why(assignment: str, said: str) -> None:
    with pytest.raises(LookError) as caught:
        edit(Look(), assignment)
    assert said in str(caught.value)


def test_edits_are_made_one_after_the_other() -> None:
    after = edit(Look(), "lips.color.a=0.5", "lips.color=#ff0000", "teeth.whitening=1")
    assert after.lips.color == Rgba(1.0, 0.0, 0.0, 0.5)
    assert after.teeth.whitening == 1
    assert edit(after) == after


def test_the_name_of_a_look_is_no_look() -> None:
    with pytest.raises(TypeError, match=r"the look is 'classic_red'; .* prink.look\("):
        edit("classic_red", "lips.gloss=1")  # type: ignore[arg-type]

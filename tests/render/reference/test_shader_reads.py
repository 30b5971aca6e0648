"""What the shaders read from pictures is known by name, wherever else they read."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Face
from prink.render import Renderer, RenderError, context
from prink.render.assets import asset
from prink.render.coordinates import Coordinates, rasterise_coordinates
from prink.render.reference import capture_scene

BLUSH = "vec3 blush(vec3 c, highp vec2 face, float onSkin) {\n"
SHINE = (
    "float shine(highp vec2 face) {\n    float all = 0.5 * glitter(face);\n    return all;\n}\n\n"
)
Read = Callable[[str], Coordinates]


@pytest.fixture
def read_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, astronaut: Bytes, astronaut_face: Face
) -> Iterator[Read]:
    """Returns how to see what the passes are given where `blush()` starts with other lines."""
    with ExitStack() as opened:

        def read(blush: str) -> Coordinates:
            shutil.copytree(asset("generated"), tmp_path / "generated")
            for path in (tmp_path / "generated").glob("*.frag"):
                path.write_text(path.read_text().replace(BLUSH, blush))
            assert blush in (tmp_path / "generated/skin.frag").read_text(), "BLUSH is as it was"
            monkeypatch.setattr(context, "asset", lambda name: tmp_path / name)
            renderer = opened.enter_context(Renderer())
            return rasterise_coordinates(renderer, astronaut, astronaut_face)

        yield read


def everywhere(found: Coordinates) -> set[str]:
    """Returns the names of the reads that all passes have."""
    return set.intersection(*(set(patch.reads) for patch in found.patches.values()))


def test_another_read_leaves_all_others_their_names_and_values(
    read_with: Read, renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    before = rasterise_coordinates(renderer, astronaut, astronaut_face).patches
    after = read_with(f"{BLUSH}    c *= 1.0 + blush_color.a * glitter(face);\n").patches
    for step, patch in after.items():
        (new,) = patch.reads.keys() - before[step].reads.keys()
        assert new.startswith("blush.glitter")
        for name, values in before[step].reads.items():
            if name == "main.parts":  # no part is known here, so nothing of it counts
                continue
            np.testing.assert_array_equal(patch.reads[name], values, err_msg=f"{step}, {name}")
        np.testing.assert_array_equal(patch.reads[new], patch.reads["highlight.glitter"])


def test_two_reads_of_one_function_are_told_apart(read_with: Read) -> None:
    found = read_with(f"{BLUSH}    c *= glitter(face) + texture(u_grain, 3.0 * (face)).r;\n")
    assert {"blush.glitter", "blush.grain"} <= everywhere(found)
    assert found.patches["skin"].reads["blush.glitter"].shape[1] == 1
    assert found.patches["skin"].reads["blush.grain"].shape[1] == 4


def test_the_same_read_again_is_counted(read_with: Read) -> None:
    found = read_with(f"{BLUSH}    c *= glitter(face) + glitter(0.5 * face);\n")
    assert {"blush.glitter", "blush.glitter_2"} <= everywhere(found)


def test_a_function_that_is_not_called_reads_nothing(read_with: Read) -> None:
    assert not any(name.startswith("shine") for name in everywhere(read_with(SHINE + BLUSH)))


@pytest.mark.parametrize(
    ("blush", "words"),
    [
        (f"{SHINE}{BLUSH}    c *= shine(face) + shine(2.0 * face);\n", "shine.glitter 2 times"),
        (f"{BLUSH}    if (c.g > 0.2) c *= glitter(face);\n", "blush.glitter 0 or 1 times"),
    ],
)
def test_a_read_that_has_no_one_value_is_refused(blush: str, words: str, read_with: Read) -> None:
    with pytest.raises(RenderError, match=f"pass skin reads {words} a pixel, expected 1: read"):
        read_with(blush)


def test_a_read_that_a_pass_lacks_is_answered_with_those_it_has(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    scene = capture_scene(renderer, astronaut, astronaut_face)
    with pytest.raises(RenderError, match=r"'blush\.shimmer'.*: it has .*lipstick\.sparkle"):
        scene.patches["lips"].read("blush.shimmer")

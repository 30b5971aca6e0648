"""Named layers: a picture that is new to the plan needs its entry, its pass and its maker only."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Face
from prink.params import HAIR, LOOKS
from prink.parse import Square
from prink.parse.cadence import MOST
from prink.render import Renderer, RenderError, assets
from prink.render.assets import asset
from prink.render.hair_layer import hair_layer
from prink.render.layer import LayerPicture
from prink.render.plan import plan_of, read_plan

BOX = (40, 60, 90, 100)
VEIL = """// Shows a layer in place of the frame.
uniform sampler2D u_cloth;
uniform sampler2D u_frame;
in highp vec2 v_at;
out vec4 o_color;

void main() {
    highp vec2 at = vec2(textureSize(u_frame, 0)) * v_at;
    if (any(lessThan(at, vec2(40.0, 60.0))) || any(greaterThan(at, vec2(90.0, 100.0)))) discard;
    o_color = texture(u_cloth, vec2(0.5));
}
"""
CLOTH = {"what": "where cloth is", "format": "rgba8", "largest": 16}
PASS = {
    "name": "veil",
    "vertex": "quad",
    "fragment": "veil",
    "target": "output",
    "textures": {"u_cloth": "cloth", "u_frame": "frame"},
    "needs": ["cloth"],
    "if_any": ["lips.color.a"],
}


@pytest.fixture
def plan() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asset("plan.json").read_text())
    return found


@pytest.fixture
def clothed(
    tmp_path: Path, plan: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Renderer]:
    """A renderer whose plan has one more layer, and one more pass."""
    folder = tmp_path / "shaders"
    shutil.copytree(asset("."), folder)
    (folder / "generated/veil.frag").write_text(VEIL)
    plan["layers"]["cloth"] = CLOTH
    plan["passes"].append(PASS)
    (folder / "plan.json").write_text(json.dumps(plan))
    monkeypatch.setattr(assets, "root", lambda: folder)
    read_plan.cache_clear()
    with Renderer() as renderer:
        yield renderer
    read_plan.cache_clear()


def test_a_new_layer_needs_no_line_of_the_renderer(
    clothed: Renderer, renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    blue = np.tile(np.array([10, 20, 200, 255], np.uint8), (16, 12, 1))
    cloth = LayerPicture(blue, BOX, BOX)
    faces, worn = [astronaut_face], LOOKS["classic_red"]
    with_it = clothed.draw(astronaut, faces, worn, layers=[{"cloth": cloth}])
    x0, y0, x1, y1 = BOX
    assert (with_it[y0:y1, x0:x1] == blue[0, 0, :3]).all()
    with_it[y0:y1, x0:x1] = astronaut[y0:y1, x0:x1]
    np.testing.assert_array_equal(with_it, renderer.draw(astronaut, faces, worn))
    without = clothed.draw(astronaut, faces, worn, layers=[{}])
    np.testing.assert_array_equal(without, renderer.draw(astronaut, faces, worn))


def test_what_is_no_layer_of_the_plan_is_told_apart(
    renderer: Renderer, clothed: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    faces, worn = [astronaut_face], LOOKS["classic_red"]

    def draw(renderer: Renderer, **layers: Bytes) -> None:
        pictures = {name: LayerPicture(pixels, BOX, BOX) for name, pixels in layers.items()}
        renderer.draw(astronaut, faces, worn, layers=[pictures])

    fits = np.zeros((16, 16, 4), np.uint8)
    with pytest.raises(
        RenderError, match=r"no layer 'cloth' to hand over; known: \['hair', 'face'\]"
    ):
        draw(renderer, cloth=fits)
    with pytest.raises(RenderError, match="no layer 'frame' to hand over"):
        draw(clothed, frame=fits)
    told = r"layer cloth is rgba8, uint8 and at most 16 pixels a side; got "
    for wrong in (fits[..., 0], fits[..., :3], fits.astype(np.float32), fits[:0]):
        with pytest.raises(RenderError, match=told + re.escape(f"{wrong.dtype} {wrong.shape}")):
            draw(clothed, cloth=wrong)
    with pytest.raises(RenderError, match=told + r"uint8 \(17, 16, 4\)"):
        draw(clothed, cloth=np.zeros((17, 16, 4), np.uint8))
    with pytest.raises(TypeError, match="layers holds 2 entries for 1 faces"):
        clothed.draw(astronaut, faces, worn, layers=[{}, {}])


def test_layers_of_another_kind_or_beside_the_frame_are_refused_by_name(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    mask = np.zeros((16, 16), np.uint8)
    fits = LayerPicture(mask, BOX, BOX)
    height, width = astronaut.shape[:2]
    beside = rf"layer hair has the box .*, y1 in a frame of {width} x {height} pixels"
    layers: Any
    for layers, error, told in (
        (5, TypeError, "layers is a int; expected a dict of LayerPicture by name"),
        ({"hair": fits}, TypeError, "layers is a dict"),
        ([None], TypeError, "layers holds a NoneType"),
        ([{"hair": mask}], TypeError, "layer hair is a ndarray"),
        ([{"hair": replace(fits, pixels=[[1]])}], RenderError, r"layer hair is r8.* got list \(\)"),
        ([{"hair": replace(fits, box=(0, 0, width + 2, 8))}], RenderError, beside),
        ([{"hair": replace(fits, reads=(-2, 0, 8, 8))}], RenderError, beside),
        ([{"hair": replace(fits, box=(8, 8, 8, 8))}], RenderError, beside),
        ([{"hair": replace(fits, box=(1, 0, 8, 8))}], RenderError, beside),
        ([{"hair": replace(fits, numbers={"nose": 1})}], RenderError, "layer hair tells 'nose'"),
    ):
        with pytest.raises(error, match=told):
            renderer.draw(astronaut, [astronaut_face], LOOKS["classic_red"], layers=layers)


def test_passes_say_what_they_need_and_of_layers_that_are_declared(plan: dict[str, Any]) -> None:
    for change, sentence in (
        ({"needs": ["cloth"]}, "pass hair needs 'cloth'; layers: ['frame', 'hair', 'face']"),
        ({"needs": []}, "pass hair uses layer 'hair' but does not need it"),
        (
            {"needs": ["hair"], "without": {"cloth": "mask"}},
            "pass hair needs 'cloth'; layers: ['frame', 'hair', 'face']",
        ),
    ):
        wrong = {**plan, "passes": [*plan["passes"][:-1], {**plan["passes"][-1], **change}]}
        with pytest.raises(ValueError, match=re.escape(f"plan.json: {sentence}")):
            plan_of(wrong, {})


def test_hair_passes_run_for_faces_with_the_layer_only() -> None:
    plan, worn = read_plan(1), HAIR["copper"]
    assert plan.draws(worn) == ()
    assert plan.draws(worn, layers={"cloth"}) == ()
    needing = {step.name for step in plan.draws(worn, layers={"hair"}) if step.needs}
    assert needing == {step.name for step in plan.passes if step.name.startswith("hair")}


def test_masks_come_at_the_size_and_age_that_the_plan_says(
    astronaut_hair: Square, monkeypatch: pytest.MonkeyPatch, plan: dict[str, Any]
) -> None:
    layer = read_plan(1).layers["hair"]
    alpha = np.repeat(np.repeat(astronaut_hair.pixels, 2, 0), 2, 1)
    scale = np.array([0.5, 0.5, 1.0])
    large = Square(alpha, (astronaut_hair.to_frame * scale).astype(np.float32))
    small = hair_layer(large, width=512, height=512)
    own = hair_layer(astronaut_hair, width=512, height=512)
    assert small is not None
    assert own is not None
    assert small.pixels.shape == (layer.largest, layer.largest)
    assert np.abs(small.pixels.astype(int) - own.pixels).max() <= 1
    assert small.box == own.box
    # Nor do the shaders' taps know another size, nor the parser another age.
    assert f"0.5 / {layer.largest}.0" in asset("pass/hair_tiles.frag").read_text()
    assert layer.max_age == MOST

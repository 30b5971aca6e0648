"""The light on a face is told by skin, eyes, teeth and room together; foundation by the neck."""

from dataclasses import replace

import numpy as np
import pytest

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_srgb, luminance, srgb_to_linear
from prink.face import Face
from prink.params import LOOKS, Look, edit
from prink.reading.grid import open_picture
from prink.reading.light import measure_scene
from prink.render import Renderer
from prink.render.coordinates import rasterise_coordinates
from prink.render.samples import read_samples

torch = pytest.importorskip("torch")

CANDLE = np.array([1.0, 0.33, 0.03])
BULB = np.array([1.0, 0.45, 0.10])
DEGREES = 6  # between two estimates of one light; the shader's own before was off by 20 to 30
STOPS = 0.45
READ = 0.05  # share by which a close-up that was shrunk may tell another light than the frame
DARK = 0.01  # linear light: the shaders' decoding of sRGB is a fit, another one near black
KEPT = 0.06  # share by which walls may change it


def lit(rgb: Bytes, gains: Doubles) -> Bytes:
    levels = srgb_to_linear(rgb / 255.0) * gains
    return np.rint(255 * linear_to_srgb(np.clip(levels, 0, 1))).astype(np.uint8)


def light(renderer: Renderer, rgb: Bytes, face: Face) -> Doubles:
    """Returns what the passes take for the light, `(3,)`."""
    from prink.render.glsl.probe import face_light

    probe = rasterise_coordinates(renderer, rgb, face).probe
    return np.asarray(face_light(torch.from_numpy(probe)), np.float64)


def degrees(one: Doubles, two: Doubles) -> float:
    cosine = one @ two / np.linalg.norm(one) / np.linalg.norm(two)
    return float(np.degrees(np.arccos(min(cosine, 1.0))))


@pytest.fixture(params=["astronaut", "hopper"])
def shot(request: pytest.FixtureRequest) -> tuple[Bytes, Face]:
    face: Face = request.getfixturevalue(f"{request.param}_face")
    return request.getfixturevalue(request.param), face


@pytest.mark.parametrize("gains", [CANDLE, BULB, np.full(3, 0.4)], ids=["candle", "bulb", "dim"])
def test_the_light_moves_with_the_light(
    renderer: Renderer, shot: tuple[Bytes, Face], gains: Doubles
) -> None:
    rgb, face = shot
    before, after = (light(renderer, each, face) for each in (rgb, lit(rgb, gains)))
    assert degrees(after, before * gains) < DEGREES
    assert abs(np.log2(luminance(after) / luminance(before * gains))) < STOPS


def test_charcoal_by_a_candle_is_not_blue(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    look = edit(Look(), "eyeshadow.lid=#404042ff", "eyeshadow.crease=#404042ff")
    warm = lit(astronaut, CANDLE)
    drawn = renderer.draw(warm, [astronaut_face], look)
    changed = (np.abs(drawn.astype(int) - warm) > 24).any(-1)
    assert changed.sum() > 100
    red, _, blue = srgb_to_linear(drawn[changed] / 255.0).mean(0)
    assert blue < 0.1 * red


def test_the_reading_sees_the_light_that_the_shaders_see(
    renderer: Renderer, shot: tuple[Bytes, Face]
) -> None:
    rgb, face = shot
    for gains in (np.ones(3), BULB):
        seen = lit(rgb, gains)
        read = measure_scene(open_picture(seen, face.points), face).light
        np.testing.assert_allclose(read, light(renderer, seen, face), rtol=READ, atol=DARK)


@pytest.mark.parametrize("wall", [(150, 30, 26), (30, 60, 140), (40, 110, 50)])
def test_a_coloured_wall_is_no_coloured_light(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, wall: tuple[int, int, int]
) -> None:
    low, high = astronaut_face.points[:, :2].min(0) - 20, astronaut_face.points[:, :2].max(0) + 20
    walls = np.empty_like(astronaut)
    walls[:] = wall
    (x0, y0), (x1, y1) = np.maximum(low, 0).astype(int), high.astype(int)
    walls[y0:y1, x0:x1] = astronaut[y0:y1, x0:x1]
    plain, before = (
        light(renderer, walls, astronaut_face),
        light(renderer, astronaut, astronaut_face),
    )
    ratio = plain / before
    np.testing.assert_allclose(ratio / ratio.mean(), 1.0, atol=KEPT)


def test_a_blink_does_not_change_the_light(astronaut: Bytes, astronaut_face: Face) -> None:
    shut = replace(
        astronaut_face,
        visibility=replace(astronaut_face.visibility, right_open=0.0, left_open=0.0),
    )
    with Renderer() as stream:
        red = LOOKS["classic_red"]
        steady = stream.draw(astronaut, [astronaut_face], red, time=0.0).astype(int)
        blinks = [stream.draw(astronaut, [shut], red, time=0.04 * i) for i in (1, 2, 3)]
    assert max(np.abs(blink - steady).max() for blink in blinks) <= 1


def test_a_part_of_the_frame_tells_the_light_as_the_whole_does(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    part = renderer.draw(astronaut, [astronaut_face], LOOKS["classic_red"])
    whole = renderer.draw_to_texture(astronaut, [astronaut_face], LOOKS["classic_red"])
    pixels = np.frombuffer(whole.read(), np.uint8).reshape(*astronaut.shape[:2], 4)[..., :3]
    np.testing.assert_array_equal(part, pixels)


def below_the_chin(face: Face, shape: tuple[int, ...]) -> tuple[slice, slice]:
    (first, second) = read_samples().of("NECK").T
    at = 2 * face.points[first, :2] - face.points[second, :2]
    (x0, y0), (x1, y1) = (at.min(0) - 8).astype(int), (at.max(0) + 8).astype(int)
    chin = int(face.points[152, 1]) + 2
    return slice(max(y0, chin), min(y1, shape[0])), slice(max(x0, 0), x1)


@pytest.mark.parametrize(("shown", "moves"), [("skin", True), ("scarf", False)])
def test_matching_foundation_goes_to_the_neck_where_it_is_skin(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, shown: str, moves: bool
) -> None:
    rows, columns = below_the_chin(astronaut_face, astronaut.shape)
    skin = measure_scene(open_picture(astronaut, astronaut_face.points), astronaut_face).skin
    pale = skin * (1.0, 0.95, 1.06)  # less yellow than the face
    colors = {"skin": pale, "same": skin, "scarf": np.array([0.02, 0.05, 0.30])}
    look = edit(Look(), "foundation.color.a=1", "foundation.match=1")
    drawn = {}
    for name in (shown, "same"):
        rgb = astronaut.copy()
        rgb[rows, columns] = np.rint(255 * linear_to_srgb(colors[name]))
        drawn[name] = renderer.draw(rgb, [astronaut_face], look)
    x, y = astronaut_face.points[50, :2].astype(int)
    one, other = (srgb_to_linear(drawn[n][y, x] / 255.0) for n in (shown, "same"))
    bluer = (one[2] / one[1]) / (other[2] / other[1])
    assert bool(bluer > 1.05) is moves
    assert luminance(one) == pytest.approx(float(luminance(other)), rel=0.02)

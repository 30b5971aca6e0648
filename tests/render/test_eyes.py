"""What a make-up artist expects of eyes: pigment that shows, lashes that grow, wings that match."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
import torch

from prink.arrays import Bytes, Doubles, Flags, Floats
from prink.color import linear_to_srgb, srgb_to_linear
from prink.face import Face
from prink.params import Look, edit
from prink.reading.grid import open_picture
from prink.reading.light import measure_scene
from prink.render import Renderer
from prink.render.reference import capture_scene
from prink.render.reference.scene import Patch
from prink_export.face_mesh.rings import EYE_RINGS

LUMA = np.array([0.2126, 0.7152, 0.0722])
SKIN = (0.36, 0.20, 0.13)  # linear, of a light skin
DARK = 0.10  # of that light, as very dark skin sends it back
WHITE = 190  # of an eye
FOLD = (247, 30, 29, 27, 28, 56, 190)
MIRRORED = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
LASH_LINE = (246, 161, 160, 159, 158, 157, 173)


@dataclass(frozen=True)
class Eyes:
    """A frame and a face, and where each pixel around its eyes lies."""

    renderer: Renderer
    frame: Bytes
    face: Face
    patch: Patch

    def drawn(self, *edits: str) -> Doubles:
        """Returns the linear colours (N, 3) around the eyes of a frame with these products."""
        made = self.renderer.draw(self.frame, [self.face], edit(Look(), *edits))
        return np.asarray(srgb_to_linear(made.reshape(-1, 3)[self.patch.pixels] / 255.0))

    def darkened(self, *edits: str) -> Doubles:
        """Returns the share of light (N,) that these products take."""
        return np.asarray(1.0 - self.drawn(*edits) @ LUMA / np.maximum(self.drawn() @ LUMA, 1e-3))

    def varying(self, name: str, channel: int) -> Floats:
        return np.asarray(self.patch.varyings[name][:, channel].numpy())

    @property
    def along(self) -> Floats:
        return self.varying("v_region", 0)

    @property
    def upper(self) -> Floats:
        return self.varying("v_region", 1)

    @property
    def ring(self) -> Floats:
        return self.varying("v_region", 2)

    @property
    def off(self) -> Floats:
        return self.varying("v_region", 3)

    @property
    def lid(self) -> Flags:
        """The middle of the moving lid, clear of lashes and fold."""
        inside = (np.abs(self.along - 0.5) < 0.25) & (self.upper > 0.9)
        return np.asarray(inside & (np.abs(self.ring - 0.5) < 0.25))


@pytest.fixture(scope="module")
def look_at(renderer: Renderer) -> Callable[[Bytes, Face], Eyes]:
    def capture(frame: Bytes, face: Face) -> Eyes:
        return Eyes(renderer, frame, face, capture_scene(renderer, frame, face).patches["eyes"])

    return capture


@pytest.fixture(scope="module")
def near_face(astronaut_face: Face, moved: Callable[..., Face]) -> Face:
    """A face 170 pixels between the eyes."""
    return moved(astronaut_face, x=-480, y=-40, scale=4)


def plain(level: float, *, grain: float = 0.0) -> Bytes:
    """Returns a frame of nothing but skin, with so much of its light."""
    shade = linear_to_srgb(np.array(SKIN) * level) * 255
    noise = np.random.default_rng(1).normal(0.0, 1.0, (800, 1024, 1)) * grain
    return np.asarray(np.round(np.clip(shade + noise, 0, 255)), np.uint8)


def with_whites(frame: Bytes, face: Face) -> Bytes:
    """Returns the frame with eyeballs, which tell how bright the light is."""
    made = frame.copy()
    for ring in (EYE_RINGS[0], MIRRORED):
        corners = np.round(face.points[list(ring), :2]).astype(np.int32)
        cv2.fillPoly(made, [corners], (WHITE, WHITE, WHITE))
        cv2.polylines(made, [corners], isClosed=True, color=frame[0, 0].tolist(), thickness=6)
    return made


@pytest.fixture(scope="module")
def fair(look_at: Callable[[Bytes, Face], Eyes], near_face: Face) -> Eyes:
    return look_at(plain(1.0), near_face)


@pytest.fixture(scope="module")
def dark(look_at: Callable[[Bytes, Face], Eyes], near_face: Face) -> Eyes:
    return look_at(with_whites(plain(DARK), near_face), near_face)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_a_white_lid_on_dark_skin_is_nearly_as_bright_as_the_light(dark: Eyes) -> None:
    light = measure_scene(open_picture(dark.frame, dark.face.points), dark.face).light @ LUMA
    lid = np.median(dark.drawn("eyeshadow.lid=#f4f2f0ff")[dark.lid], axis=0)
    assert lid @ LUMA > 0.8 * light
    assert lid @ LUMA > 10 * DARK * (np.array(SKIN) @ LUMA)


def test_gold_has_one_hue_on_dark_skin_and_on_fair(fair: Eyes, dark: Eyes) -> None:
    gold = "eyeshadow.lid=#d0a048ff"
    on_fair, on_dark = (np.median(e.drawn(gold)[e.lid], axis=0) for e in (fair, dark))
    np.testing.assert_allclose(on_dark / on_dark.max(), on_fair / on_fair.max(), atol=0.08)


def test_powder_levels_what_lies_under_it(
    look_at: Callable[[Bytes, Face], Eyes], near_face: Face
) -> None:
    eyes = look_at(with_whites(plain(DARK, grain=8.0), near_face), near_face)

    def relief(*edits: str) -> float:
        seen = (eyes.drawn(*edits) @ LUMA)[eyes.lid]
        return float(seen.std() / seen.mean())

    assert relief("eyeshadow.lid=#f4f2f0ff") < 0.6 * relief()


@pytest.mark.parametrize("cover", ["40", "a0", "ff"])
def test_charcoal_makes_no_skin_paler(dark: Eyes, cover: str) -> None:
    product = f"eyeshadow.lid=#3a3436{cover}", f"eyeshadow.crease=#4c4446{cover}"
    taken = dark.darkened(*product, f"eyeshadow.outer=#181416{cover}", "eyeshadow.height=0.6")
    assert taken[dark.off > 0.03].min() > -0.02
    assert taken[dark.lid].min() > 0.05


def test_thin_charcoal_keeps_the_hue_of_the_skin(fair: Eyes) -> None:
    made = fair.drawn("eyeshadow.crease=#4c444670", "eyeshadow.blend=0.9")
    above = (np.abs(fair.along - 0.5) < 0.2) & (np.abs(fair.ring - 1.2) < 0.2) & (fair.upper > 0.9)
    red_over_blue = made[above, 0] / made[above, 2]
    assert fair.darkened("eyeshadow.crease=#4c444670")[above].mean() > 0.15
    assert np.median(red_over_blue) > 0.85 * SKIN[0] / SKIN[2]


def test_sparkles_stay_on_the_moving_lid(fair: Eyes) -> None:
    product = "eyeshadow.lid=#c0a070ff", "eyeshadow.crease=#806040c0", "eyeshadow.height=1"
    shimmer = (fair.drawn(*product, "eyeshadow.shimmer=1") - fair.drawn(*product)) @ LUMA
    on_lid = (fair.upper > 0) & (fair.ring < 1.35) & (fair.off > -0.01)
    assert shimmer[~on_lid].max() < 0.01
    assert (shimmer[on_lid] > 0.05).sum() > 100


def test_a_line_below_the_eye_is_no_patch(fair: Eyes) -> None:
    graphic = fair.darkened("eyeshadow.outer=#101c78ff", "eyeshadow.blend=0.1")
    x, y = fair.varying("v_eye", 0), fair.varying("v_eye", 1)
    assert graphic[(x > 1.05) & (y < -0.05)].max() < 0.02
    corner = (np.abs(fair.along - 0.9) < 0.05) & (np.abs(fair.ring - 0.6) < 0.3) & (y > 0.1)
    assert graphic[corner].min() > 0.5


def test_lashes_are_thick_at_the_root_and_thin_out_to_the_tip(fair: Eyes) -> None:
    taken = fair.darkened("lashes.color=#000000ff", "lashes.length=0.8", "lashes.density=0.5")
    above = (fair.upper > 0.9) & (np.abs(fair.along - 0.6) < 0.2)
    steps = np.linspace(0.018, 0.12, 6)
    rows = [taken[above & (np.abs(fair.off - step) < 0.010)] for step in steps]
    thick = [float((row > 0.5).mean()) for row in rows]  # hairs, with skin between them
    assert np.all(np.diff([row.mean() for row in rows]) < 0)
    assert 0.4 < thick[0] < 0.7
    assert 3 * thick[1] > thick[0] > 2 * thick[1] > 8 * thick[2]
    assert rows[2].mean() > 0.05


def test_each_style_of_lashes_has_its_own_place_for_the_longest(fair: Eyes) -> None:
    upper = (fair.upper > 0.3) & (fair.off > 0.045)

    def tips(style: float) -> Floats:
        product = "lashes.color=#000000ff", "lashes.length=0.7", f"lashes.style={style}"
        return np.asarray(np.where(upper, fair.darkened(*product), 0.0))

    natural, doll, cat = (tips(style) for style in (0.0, 0.5, 1.0))
    middle = {id(t): float(t @ fair.along / t.sum()) for t in (natural, doll, cat)}
    assert middle[id(doll)] < middle[id(natural)] - 0.02
    assert middle[id(cat)] > middle[id(natural)] + 0.02


def test_both_wings_lift_alike_toward_the_brow_and_end_in_a_point(fair: Eyes) -> None:
    taken = fair.darkened("eyeliner.color=#000000ff", "eyeliner.wing=1", "eyeliner.thickness=0.5")
    x, y = fair.varying("v_eye", 0) - 0.985, fair.varying("v_eye", 1)
    right = fair.patch.right[:, 0].numpy()
    lifts = []
    for side in (right, ~right):
        flick = side & (taken > 0.5) & (x > 0.08)
        lifts.append(np.degrees(np.arctan2(y[flick].mean(), x[flick].mean())))
        wide = [(flick & (np.abs(x - at) < 0.02)).sum() for at in (0.10, 0.17, 0.24)]
        assert wide[0] > 1.2 * wide[1] > 1.44 * wide[2] > 0
        assert x[flick].max() > 0.25
    assert min(lifts) > 28
    assert max(lifts) < 42
    assert abs(lifts[0] - lifts[1]) < 3


def test_a_hooded_lid_has_its_colour_above_the_fold(
    look_at: Callable[[Bytes, Face], Eyes], fair: Eyes
) -> None:
    points = fair.face.points.copy()
    points[list(FOLD)] += 0.5 * (points[list(LASH_LINE)] - points[list(FOLD)])
    hooded = look_at(fair.frame, replace(fair.face, points=points))

    def reach(eyes: Eyes) -> float:
        taken = eyes.darkened("eyeshadow.lid=#202020ff", "eyeshadow.blend=0.3")
        right = eyes.patch.right[:, 0].numpy()
        column = right & (np.abs(eyes.along - 0.5) < 0.1) & (eyes.upper > 0.9) & (taken > 0.3)
        return float(eyes.off[column].max())

    lid = np.linalg.norm(points[159] - points[27]) / np.linalg.norm(
        fair.face.points[159] - fair.face.points[27]
    )
    assert lid < 0.6
    assert reach(hooded) > 1.25 * lid * reach(fair)


def test_the_far_eye_of_a_profile_stays_bare(renderer: Renderer, fair: Eyes) -> None:
    points = fair.face.points
    centre = points.mean(axis=0)
    look = edit(Look(), "eyeshadow.lid=#2030c0ff", "eyeliner.color.a=1", "lashes.color.a=1")

    def changed(degrees: float) -> tuple[int, int]:
        turn = np.radians(degrees)
        x, y, z = (points - centre).T
        turned = np.stack(
            [x * np.cos(turn) + z * np.sin(turn), y, z * np.cos(turn) - x * np.sin(turn)]
        )
        face = replace(fair.face, points=(turned.T + centre).astype(np.float32))
        made = renderer.draw(fair.frame, [face], look)
        moved = np.flatnonzero((made != fair.frame).any(axis=(0, 2)))
        nose = face.points[168, 0]
        return int((moved < nose).sum()), int((moved > nose).sum())

    facing = changed(0)
    assert min(facing) > 60
    for degrees in (60, -60):
        sides = changed(degrees)
        assert min(sides) == 0
        assert max(sides) > 50


def test_gloss_magnifies_no_grain(renderer: Renderer, near_face: Face) -> None:
    frame = plain(0.5, grain=8.0)
    lips = np.zeros(frame.shape[:2], bool)
    spread = {}
    for gloss in (0.3, 1.0):
        look = edit(Look(), "lips.color=#901838ff", f"lips.gloss={gloss}")
        made = renderer.draw(frame, [near_face], look)
        lips = lips | (made != frame).any(-1)
        fine = made.astype(float)[1:, 1:] - made[:-1, :-1]
        inside = lips[1:, 1:] & lips[:-1, :-1]
        spread[gloss] = float(np.std(fine[inside]))
    assert spread[1.0] < 1.25 * spread[0.3]

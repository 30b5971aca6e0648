"""The torch twin of the shaders draws what the GPU draws and can be trained against."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from torch import Tensor

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.params import LOOKS, Look, from_vector, pack, parameters, to_vector
from prink.render import Renderer, RenderError
from prink.render.reference import (
    Scene,
    capture_scene,
    draw_reference,
    packed_from_vector,
    with_frame,
)
from prink.render.samples import read_samples

GPU_AND_TORCH = 2  # steps of 1/255, on every pixel
REMEASURED_MEAN = 1.0  # steps of 1/255: near and wide measured in torch, over the drawn pixels
REMEASURED_PROBE = 0.003  # linear light: the GPU's bilinear taps are coarser
REMEASURED_TRUST = 0.02  # shares of samples that count, and logs of colours times those
SIZE = len(to_vector(Look()))
TWINS = (
    "shaders/lib and sdk/prink/render/formulas must hold the same formulas, and shaders/pass and "
    "sdk/prink/render/reference must call them alike"
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # the tensors are small: waiting for other threads costs more
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module", params=["astronaut", "hopper"])
def shot(request: pytest.FixtureRequest) -> tuple[Bytes, Face]:
    face: Face = request.getfixturevalue(f"{request.param}_face")
    return request.getfixturevalue(request.param), face


@pytest.fixture(scope="module")
def scene(renderer: Renderer, astronaut: Bytes, astronaut_face: Face) -> Scene:
    return capture_scene(renderer, astronaut, astronaut_face)


@pytest.fixture(scope="module")
def looks(rich: Look) -> dict[str, Look]:
    random = np.random.default_rng(7).uniform(size=(3, SIZE))
    full = {f"random {i}": from_vector(vector) for i, vector in enumerate(random)}
    return {**LOOKS, **full, "rich": rich, "bare": Look(), "all": from_vector(np.ones(SIZE))}


def drawn(look: Look, scene: Scene) -> Floats:
    with torch.no_grad():
        return draw_reference(torch.from_numpy(pack(look)), scene).numpy() * 255


def doubled(scene: Scene) -> Scene:
    """Returns the scene in float64, where differences are fine enough to be slopes."""

    def wider(value: object) -> object:
        if isinstance(value, dict):
            return {name: wider(part) for name, part in value.items()}
        if isinstance(value, Tensor):
            return value.double() if value.is_floating_point() else value
        return replace(value, **{f.name: wider(getattr(value, f.name)) for f in fields(value)})

    return wider(scene)


def test_every_pass_and_look_matches_the_gpu(
    renderer: Renderer, shot: tuple[Bytes, Face], looks: dict[str, Look]
) -> None:
    rgb, face = shot
    scene = capture_scene(renderer, rgb, face)
    changed = dict.fromkeys(scene.patches, 0)
    for name, look in looks.items():
        gpu = renderer.draw(rgb, [face], look)
        apart = np.abs(gpu - drawn(look, scene).round()).max(-1)
        for step, patch in scene.patches.items():
            worst = apart.ravel()[patch.pixels].max()
            assert worst <= GPU_AND_TORCH, f"{name}, {step}: {worst} steps apart; {TWINS}"
            changed[step] += np.count_nonzero((gpu != rgb).any(-1).ravel()[patch.pixels])
        assert apart.max() <= GPU_AND_TORCH, f"{name}: differs outside the patches; {TWINS}"
    assert min(changed.values()) > 2000, changed


def test_the_twin_uses_every_read_of_its_pass(scene: Scene, rich: Look) -> None:
    used: set[str] = set()

    class Watched(dict[str, Tensor]):
        def __getitem__(self, name: str) -> Tensor:
            used.add(name)
            return super().__getitem__(name)

    for step, patch in scene.patches.items():
        used.clear()
        alone = {step: replace(patch, reads=Watched(patch.reads))}
        drawn(rich, replace(scene, patches=alone))
        assert used == patch.reads.keys(), f"of {step}; {TWINS}"


def test_another_frame_is_measured_as_the_gpu_does(
    renderer: Renderer, shot: tuple[Bytes, Face]
) -> None:
    scene = capture_scene(renderer, *shot)
    again = with_frame(scene, scene.frame)
    colours = read_samples().regions["NECK"]
    for part, off in (
        (slice(colours), REMEASURED_PROBE),
        (slice(colours, None), REMEASURED_TRUST),
    ):
        torch.testing.assert_close(again.probe[part], scene.probe[part], atol=off, rtol=0)
    for name in ("classic_red", "bronze_goddess"):
        apart = np.abs(drawn(LOOKS[name], again) - drawn(LOOKS[name], scene))
        for patch in scene.patches.values():
            assert apart.reshape(-1, 3)[patch.pixels].mean() < REMEASURED_MEAN


def test_a_vector_packs_as_its_look_does(looks: dict[str, Look]) -> None:
    for look in looks.values():
        packed = packed_from_vector(torch.from_numpy(to_vector(look)))
        torch.testing.assert_close(packed, torch.from_numpy(pack(look)), atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("light", ["photo", "black", "white"])
def test_gradients_are_finite_at_the_ends_of_every_range(light: str, scene: Scene) -> None:
    fill = {"photo": scene.frame, "black": 0 * scene.frame, "white": 0 * scene.frame + 1}
    vectors = torch.stack(
        [torch.from_numpy(to_vector(Look())), torch.zeros(SIZE), torch.ones(SIZE)]
    )
    for start in vectors:
        vector, frame = start.clone().requires_grad_(), fill[light].clone().requires_grad_()
        picture = draw_reference(packed_from_vector(vector), with_frame(scene, frame))
        slopes = torch.autograd.grad(((picture - 0.3) ** 2).sum(), (vector, frame))
        assert all(torch.isfinite(slope).all() for slope in slopes)
        assert slopes[1].abs().max() > 0


def test_gradients_of_all_parameters_are_the_slopes(scene: Scene) -> None:
    precise, step = doubled(scene), 1e-6
    generator = torch.Generator().manual_seed(2)
    vector = 0.2 + 0.6 * torch.rand(SIZE, generator=generator, dtype=torch.float64)
    weight = torch.randn(scene.frame.shape, generator=generator, dtype=torch.float64)

    def value(vector: Tensor) -> Tensor:
        return (draw_reference(packed_from_vector(vector), precise) * weight).sum()

    names = [p.path for p in parameters() for _ in range(p.width)]
    vector.requires_grad_()
    (slopes,) = torch.autograd.grad(value(vector), vector)
    nudges = step * torch.eye(SIZE, dtype=torch.float64)
    for name, slope, nudge in zip(names, slopes.tolist(), nudges, strict=True):
        with torch.no_grad():
            rise = float(value(vector + nudge) - value(vector - nudge)) / (2 * step)
        if name.startswith("hair."):  # drawn by a twin of its own
            continue
        assert slope != 0, f"{name} has no gradient"
        assert slope == pytest.approx(rise, rel=1e-3, abs=1e-4), name


def test_descent_finds_the_lip_colour_of_a_drawn_face(scene: Scene) -> None:
    look = LOOKS["nude_office"]
    goal, wanted = torch.from_numpy(drawn(look, scene)) / 255, torch.from_numpy(to_vector(look))
    color = torch.tensor([0.2, 0.8, 0.8], requires_grad=True)
    optimizer = torch.optim.Adam([color], lr=0.05)
    for _ in range(80):
        optimizer.zero_grad()
        picture = draw_reference(packed_from_vector(torch.cat([color, wanted[3:]])), scene)
        (1e3 * (picture - goal).square().mean()).backward()
        optimizer.step()
    torch.testing.assert_close(color.detach(), wanted[:3], atol=0.01, rtol=0)


def test_a_step_against_the_frame_gradient_comes_nearer(scene: Scene, rich: Look) -> None:
    packed, goal = torch.from_numpy(pack(rich)), torch.from_numpy(drawn(rich, scene)) / 255

    def loss(frame: Tensor) -> Tensor:
        return (draw_reference(packed, with_frame(scene, frame)) - goal).square().sum()

    frame = (0.9 * scene.frame).requires_grad_()
    before = loss(frame)
    (slope,) = torch.autograd.grad(before, frame)
    assert loss((frame - 0.1 * slope).detach()) < 0.9 * before


def test_a_face_outside_the_frame_is_refused(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> None:
    with pytest.raises(RenderError, match="no drawable mesh in a 512 x 512 frame"):
        capture_scene(renderer, astronaut, moved(astronaut_face, x=5000))


def test_drawing_alone_never_loads_torch() -> None:
    check = "import sys, prink.render; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0

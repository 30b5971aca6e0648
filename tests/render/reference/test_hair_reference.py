"""The torch twin of the hair passes draws what the GPU draws and can be trained against."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from prink.arrays import Bytes
from prink.face import Face
from prink.params import HAIR, pack, parameters, to_vector
from prink.parse import Parsing, Square
from prink.render import Renderer, RenderError
from prink.render.reference import packed_from_vector
from prink.render.reference.hair import (
    HairScene,
    Pixels,
    capture_hair,
    draw_hair_reference,
    lifted,
)

GPU_AND_TORCH = 2  # steps of 1/255
# Half floats of the guided filter round differently here and there, which its edge magnifies.
BEYOND = 4e-3  # share of the pixels that may be farther apart
WORST = 32
MEAN = 0.35  # over the pixels with hair
KINKS = 2e-3  # of a slope: that of single pixels where a bound begins


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def frame(astronaut: Bytes) -> torch.Tensor:
    return torch.from_numpy(astronaut.copy()).float() / 255


@pytest.fixture(scope="module")
def scene(frame: torch.Tensor, astronaut_face: Face, astronaut_hair: Square) -> HairScene:
    return capture_hair(frame, astronaut_face, astronaut_hair)


@pytest.mark.parametrize("name", HAIR)
def test_every_colour_matches_the_gpu(
    name: str,
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    astronaut_parsing: tuple[Parsing, ...],
    frame: torch.Tensor,
    scene: HairScene,
) -> None:
    gpu = renderer.draw(astronaut, [astronaut_face], HAIR[name], parsing=astronaut_parsing)
    drawn = draw_hair_reference(torch.from_numpy(pack(HAIR[name])), frame, scene)
    apart = np.abs(gpu - (drawn * 255).round().numpy()).max(-1)
    assert (gpu != astronaut).any(-1).sum() > 3000
    assert (apart > GPU_AND_TORCH).mean() < BEYOND
    assert apart.max() <= WORST
    assert apart[(gpu != astronaut).any(-1)].mean() < MEAN


def doubled(scene: HairScene | Pixels) -> dict[str, Any]:
    """Returns its parts, floats in double precision."""
    return {
        key: value.double() if torch.is_tensor(value) and value.is_floating_point() else value
        for key, value in vars(scene).items()
    }


def test_gradients_of_all_hair_numbers_are_the_slopes(
    frame: torch.Tensor, scene: HairScene
) -> None:
    at = dict.fromkeys(("hair.grey", "hair.line", "hair.lightening", "hair.root_shadow"), 0.5)
    look = HAIR["balayage"]
    vector = torch.from_numpy(to_vector(look)).double()
    names = [p.path for p in parameters() for _ in range(p.width)]
    for number, name in enumerate(names):
        vector[number] = at.get(name, float(vector[number]))
    weight = torch.randn(frame.shape, generator=torch.Generator().manual_seed(3)).double()
    assert scene.seen is not None
    precise = HairScene(**{**doubled(scene), "seen": Pixels(**doubled(scene.seen))})

    def total(v: torch.Tensor) -> torch.Tensor:
        drawn = draw_hair_reference(packed_from_vector(v), frame.double(), precise)
        return (drawn * weight).sum()

    vector.requires_grad_()
    (slopes,) = torch.autograd.grad(total(vector), vector)
    hairy = [number for number, name in enumerate(names) if name.startswith("hair.")]
    assert len(hairy) == 14
    for number in hairy:
        nudge = torch.zeros_like(vector)
        nudge[number] = 1e-6
        with torch.no_grad():
            rise = float(total(vector + nudge) - total(vector - nudge)) / 2e-6
        assert rise != 0, names[number]
        assert float(slopes[number]) == pytest.approx(rise, rel=KINKS, abs=1e-4), names[number]


def test_bleach_lifts_through_red_orange_gold_and_pale_yellow() -> None:
    red, green, blue = lifted(torch.tensor([[0.01], [0.05], [0.2], [0.7]])).T
    assert (torch.diff(green / red) > 0.1).all()
    assert (torch.diff(blue / red) > 0.003).all()
    assert green[0] < 0.15 * red[0], "level 2: red"
    assert 0.15 < green[1] / red[1] < 0.3, "level 5: orange"
    assert blue[2] < 0.2 * red[2], "level 7: gold"
    assert 0.5 < blue[3] / red[3] < 0.8, "level 10: pale yellow"


def test_descent_finds_the_hair_colour_of_a_drawn_head(
    frame: torch.Tensor, scene: HairScene
) -> None:
    wanted = torch.from_numpy(to_vector(HAIR["copper"]))
    goal = draw_hair_reference(packed_from_vector(wanted), frame, scene)
    place = [p.path for p in parameters() for _ in range(p.width)].index("hair.root")
    color = torch.tensor([0.3, 0.3, 0.6], requires_grad=True)
    optimizer = torch.optim.Adam([color], lr=0.05)
    losses = []
    for _ in range(60):
        optimizer.zero_grad()
        vector = torch.cat([wanted[:place], color, wanted[place + 3 :]])
        drawn = draw_hair_reference(packed_from_vector(vector), frame, scene)
        loss = 1e3 * (drawn - goal).square().mean()
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    assert losses[-1] < 0.05 * losses[0]
    red, green, blue = color.tolist()
    assert red > green > blue


def test_the_frame_itself_has_a_gradient(
    frame: torch.Tensor, astronaut_face: Face, astronaut_hair: Square
) -> None:
    seen = frame.clone().requires_grad_()
    scene = capture_hair(seen, astronaut_face, astronaut_hair)
    drawn = draw_hair_reference(torch.from_numpy(pack(HAIR["copper"])), seen, scene)
    (slope,) = torch.autograd.grad((drawn - 0.3).square().sum(), seen)
    assert torch.isfinite(slope).all()
    assert slope.abs().max() > 0


def test_hair_outside_the_frame_is_refused(
    frame: torch.Tensor, astronaut_face: Face, astronaut_hair: Square
) -> None:
    away = Square(astronaut_hair.pixels, astronaut_hair.to_frame + 4000)
    with pytest.raises(RenderError, match="no hair to draw in a 512 x 512 frame"):
        capture_hair(frame, astronaut_face, away)

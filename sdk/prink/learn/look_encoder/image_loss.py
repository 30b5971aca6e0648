"""How different a read look draws: through the imitator, or through the exact torch renderer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import torch
from torch import Tensor

from prink.learn.data.faces import BaseFace
from prink.learn.data.stream import Batch
from prink.learn.imitator.net import Imitator, halved
from prink.learn.look_encoder.net import Encoded
from prink.learn.look_places import places
from prink.render import Renderer
from prink.render.reference import Scene, capture_scene, draw_reference, packed_from_vector

__all__ = ["ImageLoss", "drawn_look", "exact_loss", "imitated_loss", "open_scenes"]

ImageLoss = Callable[[Encoded, Batch], Tensor]
PIXELS: Final = 300  # of each pass of a scene; enough to tell two looks apart
EXACT: Final = 6  # samples of a batch that are drawn, because each costs as much as a whole sample


def drawn_look(found: Encoded) -> Tensor:
    """Returns the looks (B, P) to draw: every coverage times the chance that it is worn."""
    at = places(found.numbers.device)
    gate = torch.ones_like(found.numbers)
    gate = gate.index_copy(1, at.colors[:, 3], torch.sigmoid(found.worn))
    return found.numbers * gate


def imitated_loss(imitator: Imitator, *, size: int = 128) -> ImageLoss:
    """Returns the difference between the read and the true look, both as imitated.

    Kips et al. (2022) compare with the picture itself; here that has lost what photos lose, and its
    landmarks are a little off, which no look can mend.
    """

    def loss(found: Encoded, batch: Batch) -> Tensor:
        bare = halved(batch.bare, size)
        drawn: Tensor = imitator(bare, drawn_look(found))
        with torch.no_grad():
            true: Tensor = imitator(bare, batch.look)
        seen = bare[:, 3:]
        return ((drawn - true).abs() * seen).sum() / (3.0 * seen.sum() + 1e-6)

    return loss


def open_scenes(faces: Sequence[BaseFace]) -> list[Scene]:
    """Returns faces as the torch renderer sees them, each pass cut to some of its pixels."""
    generator = torch.Generator().manual_seed(0)
    with Renderer() as renderer:
        scenes = [capture_scene(renderer, face.rgb, face.face) for face in faces]
    return [cut(scene, generator) for scene in scenes]


def cut(scene: Scene, generator: torch.Generator) -> Scene:
    patches = {}
    for name, patch in scene.patches.items():
        patches[name] = patch.only(torch.randperm(len(patch.pixels), generator=generator)[:PIXELS])
    return replace(scene, patches=patches)


def exact_loss(scenes: Sequence[Scene]) -> ImageLoss:
    """Returns the difference between the read and the true look, drawn on other people's faces."""
    generator = torch.Generator()

    def loss(found: Encoded, batch: Batch) -> Tensor:
        looks = drawn_look(found).cpu()
        generator.manual_seed(int(1e6 * float(batch.look.sum())))  # the same after a break
        total = looks.new_zeros(())
        count = min(EXACT, len(looks))
        for number in range(count):
            scene = scenes[int(torch.randint(len(scenes), (), generator=generator))]
            with torch.no_grad():
                true = pixels(scene, batch.look[number].cpu())
            total = total + (pixels(scene, looks[number]) - true).abs().mean()
        return total / count

    return loss


def pixels(scene: Scene, look: Tensor) -> Tensor:
    """Returns the drawn colours (N, 3) of a cut scene."""
    picture = draw_reference(packed_from_vector(look), scene).reshape(-1, 3)
    return torch.cat([picture[patch.pixels] for patch in scene.patches.values()])

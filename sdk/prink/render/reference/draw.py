"""Twin of skin.frag, eyes.frag, brows.frag and lips.frag: draws a look on a scene."""

import torch
from torch import Tensor

from prink.render.formulas.brows import brows
from prink.render.formulas.eyeball import eyeball
from prink.render.formulas.eyeliner import eyeliner
from prink.render.formulas.eyeshadow import eyeshadow
from prink.render.formulas.lashes import lashes
from prink.render.formulas.lip_edge import inner_edge, lipness, outer_edge, uncovered
from prink.render.formulas.lip_liner import lip_liner
from prink.render.formulas.lipstick import lipstick
from prink.render.formulas.skin import skin_look
from prink.render.formulas.teeth import teeth
from prink.render.glsl.built_in import mix, rgb, smoothstep, w
from prink.render.glsl.color import luma, to_srgb
from prink.render.glsl.flat import SkinFlat, eyes_flat, lips_flat, skin_flat
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.reference.scene import Patch, Scene

__all__ = ["draw_reference"]


def draw_skin(patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns the linear colours of `pass/skin.frag`."""
    return skin_look(patch, patch.varyings["v_face"][:, 2:3], look, f)


def draw_eyes(patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns the linear colours of `pass/eyes.frag`."""
    eyes = eyes_flat(scene.probe, scene.row, f, patch.right)
    region, face, at = (patch.varyings[name] for name in ("v_region", "v_face", "v_eye"))
    along, upper, ring, off = torch.split(region, 1, -1)
    opening = 1.0 - smoothstep(-0.010, 0.004, off)
    made = skin_look(patch, eyes.f_seen[:, 1:2] * (1.0 - opening), look, f)

    shade = luma(patch.c) / w(eyes.f_lid)
    sparkle, lines = patch.read("eyeshadow.sparkle"), patch.read("brows.stroke")
    calm = mix(shade, luma(patch.near) / w(eyes.f_lid), 0.5).clamp(0.0, 2.5)
    eye = eyeshadow(made, calm, along, upper, ring.clamp(min=0.0), at[:, :2], sparkle, look, f)
    eye = mix(eye, made, opening)
    eye = eyeball(eye, opening, at[:, 2:], look, f, eyes)
    eye = brows(eye, face[:, 2:], lines, look, f, eyes)
    eye = eyeliner(eye, shade.clamp(max=1.5), along, upper, off, at[:, :2], look, f, eyes)
    eye = lashes(eye, along, upper, off, look, f, eyes)
    return mix(made, eye, eyes.f_seen[:, 0:1])


def draw_brows(patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns the linear colours of `pass/brows.frag`."""
    eyes = eyes_flat(scene.probe, scene.row, f, patch.right)
    made = skin_look(patch, eyes.f_seen[:, 1:2], look, f)
    hair = brows(made, patch.varyings["v_face"][:, 2:], patch.read("brows.stroke"), look, f, eyes)
    return mix(made, hair, eyes.f_seen[:, 0:1])


def draw_lips(patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns the linear colours of `pass/lips.frag`."""
    lips = lips_flat(scene.probe, scene.row, f)
    outside, opening = torch.split(patch.varyings["v_inside"], 1, -1)
    across, sparkle = patch.varyings["v_region"][:, 2:3], patch.read("lipstick.sparkle")
    y = luma(patch.c)
    shade = (y / w(lips.f_lips)).clamp(max=3.0)
    calm = torch.minimum(mix(shade, luma(patch.near) / w(lips.f_lips), 0.55), shade + 0.5)
    covered = lips.f_seen[0] * uncovered(rgb(patch.wide), lips)
    covered = covered * inner_edge(opening, patch.c, y, patch.near, lips)
    hue = lipness(0.5 * (patch.near + rgb(patch.wide)), lips)
    feather = mix(0.015, 0.075, look.lips_softness)

    skin = lips.f_seen[1] * (1.0 - smoothstep(-0.02, 0.0, outside))
    made = skin_look(patch, skin, look, f)
    mask = outer_edge(outside, hue, feather, lips) * covered
    made = lipstick(made, shade, calm, across, mask, sparkle, look, f, lips)
    mask = outer_edge(outside, hue, feather.new_tensor(0.02), lips) * covered
    made = lip_liner(made, shade, outside, mask, look, f)
    in_mouth = lips.f_seen[1] * (1.0 - smoothstep(-0.006, 0.004, opening)) * (1.0 - lips.f_sealed)
    return teeth(made, in_mouth, look, f, lips)


PASSES = {"skin": draw_skin, "eyes": draw_eyes, "brows": draw_brows, "lips": draw_lips}


def draw_reference(look_vec4s: Tensor, scene: Scene) -> Tensor:
    """Returns the scene with a look drawn on it, sRGB in 0..1, `(H, W, 3)`.

    Gradients flow to the look, and to the frame of a scene made by `with_frame`; no rounding.

    Args:
        look_vec4s: `(LOOK_VEC4S, 4)` as from `prink.params.pack` or `packed_from_vector`.
        scene: what `capture_scene` or `with_frame` gave.

    Raises:
        ValueError: if the look has another shape.
    """
    look = LookNumbers(look_vec4s)
    f = skin_flat(look, scene.probe)
    picture = scene.frame.reshape(-1, 3)
    for name, patch in scene.patches.items():
        made = to_srgb(PASSES[name](patch, scene, look, f)).clamp(0.0, 1.0)
        picture = picture.index_copy(0, patch.pixels, made)
    return picture.reshape(scene.frame.shape)

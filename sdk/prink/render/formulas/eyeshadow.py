"""Twin of `shaders/lib/eyeshadow.glsl`.

Colours `c` `(N, 3)` are linear light, `eye` `(N, 2)` is in eye widths, the rest are planes
`(N, 1)`: `ring` is 0 at the lash line, 1 at the fold of the lid, 2 above it, 3 at the brow.
"""

from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["eyeshadow"]


def powder(c: Tensor, pigment: Tensor, light: Tensor, mask: Tensor, f: SkinFlat) -> Tensor:
    depth = luma(rgb(pigment))
    dark = 1.0 - smoothstep(0.06, 0.24, depth)
    cover = w(pigment) * mask
    target = rgb(pigment) * light
    deepest = luma(c) * root(4.5 * depth)
    target = target * mix(1.0, (deepest / luma(target).clamp(min=1e-4)).clamp(max=1.0), dark)
    grey = rgb(pigment).min() / rgb(pigment).max().clamp(min=0.002)
    target = mix(target, luma(target) * rgb(f.f_tone), dark * grey * (1.0 - cover * cover))
    return mix(c, target, cover)


def lifted(eye: Tensor, above: Tensor, soft: Tensor) -> Tensor:
    x, y = eye[:, 0:1], eye[:, 1:2]
    height = -0.53 * (x - 0.985) + 0.85 * y + 0.10 * (1.0 - above) + 0.4 * soft
    return mix(1.0, smoothstep(-soft, soft, height), smoothstep(0.84, 1.0, x))


def eyeshadow(
    c: Tensor,
    shade: Tensor,
    along: Tensor,
    upper: Tensor,
    ring: Tensor,
    eye: Tensor,
    sparkle: Tensor,
    look: LookNumbers,
    f: SkinFlat,
) -> Tensor:
    """Returns the skin around the eyes with lid, crease and outer colour, sheen and sparkles."""
    top = mix(1.1, 2.7, look.eyeshadow_height)
    haze = mix(0.10, 0.95, look.eyeshadow_blend)
    above = smoothstep(-0.1, 0.5, upper)
    fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring)
    ends = smoothstep(0.0, 0.22, along)
    lift = lifted(eye, above, 0.02 + 0.16 * haze)

    lid = above * ends * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring)) * fade * lift
    fold = (
        above
        * smoothstep(0.02, 0.35, along)
        * smoothstep(1.0 - 0.68 * haze, 1.05, ring)
        * fade
        * lift
    )
    corner = smoothstep(0.72 - 0.30 * haze, 0.98, along) * lift
    under = 1.0 - smoothstep(0.3 * haze, 0.35 + 1.1 * haze, ring)
    outer = corner * mix(under, 1.0 - smoothstep(0.55 * top, 0.9 * top, ring), above)

    shimmer = look.eyeshadow_shimmer
    lit = mix(1.0, shade.clamp(max=1.0), 0.9)
    lit = lit + (0.45 + 0.4 * shimmer) * (shade - 1.0).clamp(min=0.0)
    light = f.f_light * lit
    on_lid = lid * mix(1.0, 0.95, ring.clamp(max=1.0))
    c = powder(c, look.eyeshadow_lid, light * (1.0 - 0.15 * shimmer), on_lid, f)
    c = powder(c, look.eyeshadow_crease, light, fold * 0.96, f)
    c = powder(c, look.eyeshadow_outer, light, outer * 0.97, f)

    bulge = 1.0 - smoothstep(0.1, 0.45, (along - 0.5).abs())
    bulge = bulge * (1.0 - smoothstep(0.0, 0.75, (ring - 0.55).abs()))
    sheen = lid * bulge * smoothstep(0.5, 1.3, shade)
    glitter = lid * (1.0 - smoothstep(1.0, 1.3, ring)) * sparkle
    metal = (rgb(look.eyeshadow_lid) + vec(c, 0.08)) * f.f_light
    return c + shimmer * w(look.eyeshadow_lid) * metal * (0.75 * sheen + 0.8 * glitter)

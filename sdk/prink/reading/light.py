"""The face's light and skin, measured as shaders/pass/probe.frag and lib/probe.glsl do."""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Doubles
from prink.face import Face
from prink.reading.grid import Picture
from prink.render.samples import read_samples

__all__ = ["LUMA", "Scene", "measure_scene", "smoothstep"]

LUMA = np.array([0.2126, 0.7152, 0.0722])
# What white light makes of them, as logs of red and blue over green; see lib/log_chroma.glsl.
OF_SKIN = np.array([0.4974, -0.3102])
OF_WHITES = np.array([0.32, -0.14])
OF_TEETH = np.array([0.16, -0.15])
OF_ROOM = np.array([0.07, -0.03])


@dataclass(frozen=True)
class Witness:
    """What tells the light besides skin: its linear colour (3,) or logs (2,), and a trust 0..1."""

    color: Doubles
    trust: float


@dataclass(frozen=True)
class Scene:
    """One face in its light: linear colours, luminance of white skin-independent light included.

    Attributes:
        skin: (3,) mean linear colour of the skin.
        light: (3,) what a white card would look like on the face.
        y: Luminance of `skin`.
    """

    skin: Doubles
    light: Doubles
    y: float

    @property
    def tone(self) -> Doubles:
        """(3,) log luminance, log red/green and log blue/green of the skin."""
        return np.array([np.log(self.y), *self.logs(self.skin)[1:]])

    def logs(self, linear: Doubles) -> Doubles:
        """Returns (..., 3): log luminance over the skin's, log red/green, log blue/green."""
        c = linear + 0.004  # noise in the dark makes no colours
        red, green, blue = np.moveaxis(c, -1, 0)
        y = np.log(c @ LUMA) - np.log(self.y + 0.004)
        return np.stack([y, np.log(red / green), np.log(blue / green)], axis=-1)

    def colors(self, logs: Doubles) -> Doubles:
        """Returns linear colours (..., 3) of what `logs` returned."""
        y, red, blue = np.exp(np.moveaxis(logs, -1, 0))
        green = y * (self.y + 0.004) / (LUMA[0] * red + LUMA[1] + LUMA[2] * blue)
        return np.asarray(np.stack([red * green, green, blue * green], axis=-1) - 0.004)


def smoothstep(low: float | Doubles, high: float | Doubles, value: float | Doubles) -> Doubles:
    """Returns GLSL's smoothstep, 0..1, of arrays of any shape, also where `low` > `high`."""
    t = np.clip((np.asarray(value) - low) / (np.asarray(high) - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def probe(picture: Picture, region: str) -> Doubles:
    """Returns the mean linear colour (3,) of a region, outliers (or all but white) weighed down."""
    ends = picture.points[read_samples().of(region)]
    c = picture.sample(ends.mean(axis=1))
    level = c @ LUMA
    mean = float(level.mean())
    off = (level - mean) / max(mean, 0.01)
    weight = 1.0 / (1.0 + np.where(off < 0, 12.0, 1.0) * off**2)
    if region.endswith("SCLERA"):
        weight = np.exp2(16.0 * (level / max(float(level.max()), 0.01) - 1.0))
    return np.asarray((c * weight[:, None]).sum(axis=0) / weight.sum())


def log_chroma(c: Doubles) -> Doubles:
    """Returns the logs of red and blue over green of linear colours (..., 3), (..., 2)."""
    lit = np.maximum(c, 0.0005)
    return np.asarray(np.log(lit[..., [0, 2]] / lit[..., 1:2]))


def alike(a: Doubles, b: Doubles, reach: float) -> Doubles:
    """Returns 1 where two such colours are one, less the farther they are apart, (...,)."""
    return np.asarray(np.exp(-(((a - b) / reach) ** 2).sum(axis=-1)))


def eye_whites(picture: Picture, opened: Doubles) -> Witness:
    """Returns the white of the eyes, of which right and left are open (2,), 0..1."""
    colors = np.stack([probe(picture, f"{side}_SCLERA") for side in ("RIGHT", "LEFT")])
    level = colors @ LUMA
    opened = np.clip(2.0 * opened, 0.0, 1.0)
    share = opened * np.exp2(16.0 * (level / max(float(level.max()), 0.01) - 1.0))
    return Witness((share @ colors) / max(float(share.sum()), 1e-6), float(opened.max()))


def teeth_shown(picture: Picture, skin: Doubles) -> Witness:
    """Returns the teeth between open lips: less red than the skin, and bright."""
    c = picture.sample(picture.points[read_samples().of("TEETH")].mean(axis=1))
    off = log_chroma(c)[:, 0] - log_chroma(skin)[0]
    pale = smoothstep(-0.12, -0.30, off) * smoothstep(0.35, 0.75, (c @ LUMA) / (skin @ LUMA))
    trust = float(smoothstep(0.1, 0.5, pale.mean()))
    return Witness((pale @ c) / max(float(pale.sum()), 1e-3), trust)


def room_shown(picture: Picture, skin: Doubles, eyes: Witness) -> tuple[Witness, float]:
    """Returns logs (2,) of the room's white, and how bright the brightest around the face is."""
    level, hue = picture.room @ LUMA, log_chroma(picture.room)
    y, bare = float(skin @ LUMA), log_chroma(skin)
    seen = eyes.trust * smoothstep(0.35, 0.7, (eyes.color @ LUMA) / y)
    light = bare - OF_SKIN
    light = light + 0.5 * seen * (log_chroma(eyes.color) - OF_WHITES - light)
    pale = alike(hue, light, 0.3) * (1.0 - alike(hue, bare, 0.2))
    trust = smoothstep(0.02, 0.15, (pale * smoothstep(0.1, 0.4, level / y)).mean())
    eighth = np.maximum(level, 0.01) ** 8
    mean = ((pale * level) @ hue) / max(float(pale @ level), 1e-3)
    return Witness(mean, float(trust)), float((eighth @ level) / (eighth.sum() + 1e-9))


def light_tint(said: Doubles, trust: Doubles) -> Doubles:
    """Returns the hue of the light (3,) at luminance one, from what witnesses say (4, 2) of it."""
    off = said - trust @ said / trust.sum()
    trust = trust / (1.0 + (off**2).sum(axis=1) / 0.16)
    hue = trust @ said / trust.sum()
    own = said[0] - hue
    hue = hue * (1.0 - 0.5 / (1.0 + (hue @ hue) / 0.16))
    hue = hue + 0.4 * np.array([max(own[0], 0.0), min(own[1], 0.0)])
    red, blue = np.clip(hue, (-1.2, -4.0), (1.8, 1.2))
    tint = np.exp([red, 0.0, blue])
    return np.asarray(tint / (tint @ LUMA))


def measure_scene(picture: Picture, face: Face) -> Scene:
    """Returns skin and light of a face: `faceLight` of the shaders, in the same words."""
    skin = np.maximum(probe(picture, "SKIN"), 0.0005)
    seen = face.visibility
    whites = eye_whites(picture, np.array([seen.right_open, seen.left_open]))
    teeth = teeth_shown(picture, skin)
    room, brightest = room_shown(picture, skin, whites)
    half = [min(2.0 * each.trust, 1.0) for each in (whites, teeth, room)]  # half is enough
    shown = half[0] * smoothstep(0.35, 0.7, (whites.color @ LUMA) / (skin @ LUMA))
    said = np.stack(
        [
            log_chroma(skin) - OF_SKIN,
            log_chroma(whites.color) - OF_WHITES,
            log_chroma(teeth.color) - OF_TEETH,
            room.color - OF_ROOM,
        ]
    )
    tint = light_tint(said, np.array([0.5, shown, half[1], 1.2 * half[2]]))
    level = exposure(
        float(skin / tint @ LUMA), float(whites.color / tint @ LUMA), half[0], brightest
    )
    skin = np.maximum(skin, 0.002)
    return Scene(skin, tint * level, float(skin @ LUMA))


def exposure(y: float, white: float, opened: float, brightest: float) -> float:
    """Returns the luminance of a white card, where skin and eyes have these in white light."""
    lit = np.clip(max(brightest, white * opened, y) / 0.45, 0.02, 1.0)
    by_skin = np.sqrt(y / 0.40)
    by_white = np.clip(white / 0.45, 0.3 * lit, 1.2)
    is_open = opened * smoothstep(0.5, 0.9, white / y)
    level = by_skin + is_open * (np.sqrt(by_skin * by_white) - by_skin)
    level = level * lit ** (0.6 - 0.3 * is_open)
    level = level * (1.0 + is_open * (np.clip(white / y, 1.0, 1.6) ** 0.2 - 1.0))
    return float(np.clip(level, 0.25 * lit, 1.05))

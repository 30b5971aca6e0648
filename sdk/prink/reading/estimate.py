"""Reads a look off one photo by fitting the renderer's own formulas, region by region."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from prink.color import linear_to_srgb
from prink.face import Face, FaceError, Tracker, Visibility, judge
from prink.params import Look, Rgba
from prink.reading.atlas import Picture, open_picture
from prink.reading.details import read_brows, read_iris
from prink.reading.eyes import read_eyes
from prink.reading.light import Scene, measure_scene, smoothstep
from prink.reading.lips import read_lips
from prink.reading.skin import read_skin
from prink.reading.trust import GATES, RELIABILITY, VALUES

__all__ = ["Reading", "read_look"]

Floats = NDArray[np.float64]
Values = dict[str, float | Rgba]
BARE = Look()
SURE = (
    0.55,
    0.90,
)  # chance of a product below which its coverage is 0, and from which it is as fitted
EYE_CLOSED = 0.25  # openness
WEAK = {
    "monochrome": 0.2,
    "too dark": 0.5,
    "blurred": 0.5,
    "turned away": 0.5,
}  # what is left of confidence

# Where each parameter lies in the fit of its region; of colours, the red.
# fmt: off
LIPS = {
    "lips.color": 0, "lips.inner": 4, "lips.inner_ratio": 8, "lips.gloss": 9,
    "lips.gloss_sharpness": 10, "lips.shimmer": 11, "lips.metallic": 12, "lips.softness": 13,
    "lip_liner.color": 14, "lip_liner.width": 18,
}
EYES = {
    "eyeshadow.lid": 0, "eyeshadow.crease": 4, "eyeshadow.outer": 8, "eyeshadow.shimmer": 12,
    "eyeshadow.height": 13, "eyeshadow.blend": 14, "eyeliner.color": 15, "eyeliner.thickness": 19,
    "eyeliner.wing": 20, "eyeliner.smudge": 21, "eyeliner.lower": 22, "lashes.length": 24,
    "lashes.density": 25,
}
SKIN = {
    "blush.color": 0, "blush.placement": 4, "blush.size": 5, "contour.color": 6,
    "contour.nose": 10, "highlight.color": 11, "foundation.smoothing": 16,
}
# fmt: on
LASHES = 23  # coverage
FOUNDATION = 15  # coverage


@dataclass(frozen=True)
class Reading:
    """A look read off a photo.

    Attributes:
        look: What was read; products that are not clearly there have coverage 0.
        confidence: For each group of the look, 0 (not seen, or no photo shows it) to 1.
        reasons: Why the photo is poor, each a few words to act on; empty if it is good.
    """

    look: Look
    confidence: Mapping[str, float]
    reasons: tuple[str, ...]


def read_look(rgb: NDArray[np.uint8], *, face: Face | None = None) -> Reading:
    """Returns the makeup on a face as a look, with how sure each part of it is.

    Pigment and coverage cannot be told apart by colour alone. A departure from bare skin is taken
    for the coverage that is most probable with a usual pigment of that product and with what
    shines through of the skin's own variation; a large departure reads as nearly opaque.

    Args:
        rgb: (H, W, 3) uint8 sRGB.
        face: The face to read; by default the largest that is found.

    Raises:
        FaceError: if there is no face, it lies outside the picture, or the picture is not (H, W,
        3) uint8.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8:
        raise FaceError(f"a picture is uint8 (H, W, 3), got {rgb.dtype} {rgb.shape}")
    face = find(rgb) if face is None else checked(face, rgb)
    picture = open_picture(rgb, face.points)
    scene = measure_scene(picture, face)
    seen = face.visibility
    values: Values = {}
    if seen.lips > 0.05:
        values |= lips(picture, scene)
    weights = eye_weights(seen)
    if sum(weights) > 0.05:
        values |= eyes(picture, scene, weights)
    if seen.right_cheek + seen.left_cheek > 0.1:
        values |= skin(picture, scene, (seen.right_cheek, seen.left_cheek))
    reasons = judge(rgb, face).reasons
    return Reading(assemble(values), MappingProxyType(confidence(face, reasons)), reasons)


def find(rgb: NDArray[np.uint8]) -> Face:
    with Tracker() as tracker:
        faces = tracker.track(np.ascontiguousarray(rgb))
    if not faces:
        raise FaceError("no face found to read a look from; it needs 35 pixels between the eyes")
    return checked(faces[0], rgb)


def checked(face: Face, rgb: NDArray[np.uint8]) -> Face:
    size = np.array(rgb.shape[1::-1])
    flat = face.points[:, :2]
    inside = (
        np.isfinite(face.points).all() and ((flat > 0) & (flat < size)).all(axis=1).mean() > 0.5
    )
    if not inside:
        raise FaceError(f"the face lies outside the picture of {size[0]} x {size[1]} pixels")
    return face


def eye_weights(seen: Visibility) -> tuple[float, float]:
    """Returns how much the right and the left eye count; a closed one does not."""
    right = seen.right_eye * (seen.right_open >= EYE_CLOSED)
    left = seen.left_eye * (seen.left_open >= EYE_CLOSED)
    return float(right), float(left)


def chance(path: str, *evidence: float) -> float:
    """Returns how likely a product is there, 0..1."""
    constant, *weights = GATES[path]
    return float(1.0 / (1.0 + np.exp(-constant - np.dot(weights, evidence))))


def worn(path: str, gain: float, coverage: float) -> float:
    """Returns how much, 0..1, of the coverage of a fitted product to believe."""
    return sure(chance(path, max(gain, 0.0) ** 0.5, coverage))


def sure(probability: float) -> float:
    return float(smoothstep(*SURE, probability))


def color(path: str, fitted: Floats, belief: float) -> Rgba:
    """Returns a colour of the look from fitted sRGB and coverage (4,)."""
    tint = VALUES[path][2:]
    red, green, blue = np.clip(tint[0] * fitted[:3] + np.array(tint[1:]), 0.0, 1.0).tolist()
    return Rgba(red, green, blue, share(path, fitted[3]) * belief)


def colors(table: dict[str, int], fitted: Floats, beliefs: dict[str, float]) -> Values:
    """Returns the colours, by path, of products that are believed to be there."""
    found: Values = {}
    for path, belief in beliefs.items():
        rgba = color(path, fitted[table[path] : table[path] + 4], belief)
        if rgba.a > 0:
            found[path] = rgba
    return found


def with_shares(table: dict[str, int], fitted: Floats, found: Values) -> Values:
    """Returns what was found and the plain parameters of its groups."""
    groups = {path.split(".")[0] for path in found}
    more: Values = {}
    for path, place in table.items():
        group, name = path.split(".")
        if group in groups and not hasattr(getattr(getattr(BARE, group), name), "a"):
            more[path] = share(path, fitted[place])
    return found | more


def share(path: str, fitted: float) -> float:
    slope, constant = VALUES[path][:2]
    return float(np.clip(slope * fitted + constant, 0.0, 1.0))


def lips(picture: Picture, scene: Scene) -> Values:
    fit, gain = read_lips(picture, scene)
    paths = ("lips.color", "lips.inner", "lip_liner.color")
    beliefs = {path: worn(path, gain, fit.best[LIPS[path] + 3]) for path in paths}
    beliefs["lips.inner"] = min(beliefs["lips.inner"], beliefs["lips.color"])
    return with_shares(LIPS, fit.best, colors(LIPS, fit.best, beliefs))


def eyes(picture: Picture, scene: Scene, weights: tuple[float, float]) -> Values:
    fit, gains = read_eyes(picture, scene, weights)
    # Crease and outer colour are never alone: whether there is shadow at all shows best on the lid.
    shadow = worn("eyeshadow.lid", gains["eyeshadow"], fit.best[EYES["eyeshadow.lid"] + 3])
    beliefs = dict.fromkeys(("eyeshadow.lid", "eyeshadow.crease", "eyeshadow.outer"), shadow)
    liner = fit.best[EYES["eyeliner.color"] + 3]
    beliefs["eyeliner.color"] = worn("eyeliner.color", gains["eyeliner"], liner)
    found = colors(EYES, fit.best, beliefs)
    belief = worn("lashes.color", gains["lashes"], fit.best[LASHES])
    if belief > 0:
        amount = share("lashes.color", fit.best[LASHES]) * belief
        found["lashes.color"] = BARE.lashes.color._replace(a=amount)
    details = {
        "brows.color": read_brows(picture, scene),
        "eyes.iris": read_iris(picture, scene),
    }
    for path, measured in details.items():
        four = np.array([*measured[:3], 0.0])
        found |= colors({path: 0}, four, {path: sure(chance(path, *measured.tolist()))})
    return with_shares(EYES, fit.best, found)


def skin(picture: Picture, scene: Scene, weights: tuple[float, float]) -> Values:
    fit, gains = read_skin(picture, scene, weights)
    paths = ("blush.color", "contour.color", "highlight.color")
    beliefs = {
        path: worn(path, gains[path.split(".")[0]], fit.best[SKIN[path] + 3]) for path in paths
    }
    found = colors(SKIN, fit.best, beliefs)
    belief = worn("foundation.color", gains["foundation"], fit.best[FOUNDATION])
    if belief > 0:
        red, green, blue = linear_to_srgb(np.clip(scene.skin / scene.light, 0.0, 1.0)).tolist()
        amount = share("foundation.color", fit.best[FOUNDATION]) * belief
        found["foundation.color"] = Rgba(red, green, blue, amount)
    return with_shares(SKIN, fit.best, found)


def assemble(values: Values) -> Look:
    """Returns the bare look with some parameters set."""
    parts: dict[str, Values] = {}
    for path, value in values.items():
        group, name = path.split(".")
        parts.setdefault(group, {})[name] = value
    return Look(**{group: type(getattr(BARE, group))(**given) for group, given in parts.items()})


def confidence(face: Face, reasons: tuple[str, ...]) -> dict[str, float]:
    """Returns per group how well photos show it, times how well this one does."""
    seen = face.visibility
    apart = float(np.linalg.norm(face.points[468, :2] - face.points[473, :2]))
    large = float(smoothstep(10.0, 50.0, apart))
    for reason in reasons:
        large *= WEAK.get(reason.split(":")[0], 1.0)
    lids = max(eye_weights(seen))
    cheeks = max(seen.right_cheek, seen.left_cheek)
    parts = dict.fromkeys(RELIABILITY, cheeks)
    parts |= {"lips": seen.lips, "lip_liner": seen.lips}
    parts |= {"brows": max(seen.right_eye, seen.left_eye)}
    parts |= dict.fromkeys(("eyeshadow", "eyeliner", "lashes", "eyes"), lids)
    return {group: round(RELIABILITY[group] * parts[group] * large, 3) for group in RELIABILITY}

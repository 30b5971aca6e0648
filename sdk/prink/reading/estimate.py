"""Reads a look off one photo by fitting the renderer's own formulas, region by region."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_srgb
from prink.face import Face, FaceError, Tracker, judge
from prink.params import Look, Rgba, parameters
from prink.reading.confidence import confidence, eye_weights
from prink.reading.details import read_brows, read_iris
from prink.reading.eyes import read_eyes
from prink.reading.grid import Picture, open_picture
from prink.reading.hair import read_hair, see_hair
from prink.reading.head import Head
from prink.reading.light import Scene, measure_scene, smoothstep
from prink.reading.lips import read_lips
from prink.reading.priors import Made
from prink.reading.skin import read_skin
from prink.reading.trust import GATES, VALUES

__all__ = ["Reading", "assemble", "checked", "find", "measure_look"]

Values = dict[str, float | Rgba]
BARE = Look()
SURE = (
    0.55,
    0.90,
)  # chance of a product below which its coverage is 0, and from which it is as fitted


@dataclass(frozen=True)
class Reading:
    """A look read off a photo.

    Attributes:
        look: What was read; products that are not clearly there have coverage 0.
        confidence: For each group of the look, how sure the reading is of what it says about that
            product, worn or not: 0 (not seen, undecided, or no photo shows it) to 1.
        reasons: Why the photo is poor, each a few words to act on; empty if it is good.
    """

    look: Look
    confidence: Mapping[str, float]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What one region gave: parameters by path, and how likely each product is there, 0..1."""

    values: Values
    chances: dict[str, float]

    def __or__(self, other: "Found") -> "Found":
        return Found(self.values | other.values, self.chances | other.chances)


def measure_look(rgb: Bytes, head: Head) -> Reading:
    """Returns the look that fits the colours on a head (checked) of a photo (H, W, 3).

    Pigment and coverage cannot be told apart by colour alone. A departure from bare skin is taken
    for the coverage that is most probable with a usual pigment of that product and with what
    shines through of the skin's own variation; a large departure reads as nearly opaque.
    """
    face = head.face
    picture = open_picture(rgb, face.points)
    scene = measure_scene(picture, face)
    seen, found = face.visibility, Found({}, {})
    if seen.lips > 0.05:
        found |= lips(picture, scene)
    weights = eye_weights(seen)
    if sum(weights) > 0.05:
        found |= eyes(picture, scene, weights)
    if seen.right_cheek + seen.left_cheek > 0.1:
        found |= skin(picture, scene, (seen.right_cheek, seen.left_cheek))
    hair = see_hair(rgb, head.hair)
    found |= Found(read_hair(hair, scene), {})
    reasons = judge(rgb, face).reasons
    sure = confidence(face, reasons, found.chances, hair=len(hair.along))
    return Reading(assemble(found.values), MappingProxyType(sure), reasons)


def find(rgb: Bytes) -> Face:
    """Returns the largest face of a picture (H, W, 3); raises `FaceError` if there is none."""
    with Tracker() as tracker:
        faces = tracker.track(np.ascontiguousarray(rgb))
    if not faces:
        raise FaceError("no face found to read a look from; it needs 35 pixels between the eyes")
    return checked(faces[0], rgb)


def checked(face: Face, rgb: Bytes) -> Face:
    """Returns the face, if most of it lies in the picture (H, W, 3); else raises `FaceError`."""
    size = np.array(rgb.shape[1::-1])
    flat = face.points[:, :2]
    inside = (
        np.isfinite(face.points).all() and ((flat > 0) & (flat < size)).all(axis=1).mean() > 0.5
    )
    if not inside:
        raise FaceError(f"the face lies outside the picture of {size[0]} x {size[1]} pixels")
    return face


def chance(path: str, *evidence: float) -> float:
    """Returns how likely a product is there, 0..1."""
    constant, *weights = GATES[path]
    return float(1.0 / (1.0 + np.exp(-constant - np.dot(weights, evidence))))


def worn(path: str, gain: float, coverage: float) -> float:
    """Returns how likely a fitted product is there, 0..1."""
    return chance(path, max(gain, 0.0) ** 0.5, float(coverage))


def belief(probability: float) -> float:
    """Returns how much, 0..1, of a product's fitted coverage to believe."""
    return float(smoothstep(*SURE, probability))


def color(path: str, fitted: Doubles, probability: float) -> Rgba:
    """Returns a colour of the look from fitted sRGB and coverage (4,)."""
    _, _, slope, *constants = VALUES[path]
    fitted_tint, cover = fitted[:3], fitted[3]
    red, green, blue = np.clip(slope * fitted_tint + np.array(constants), 0.0, 1.0).tolist()
    return Rgba(red, green, blue, share(path, cover) * belief(probability))


def colors(fitted: Mapping[str, Doubles], chances: Mapping[str, float]) -> Values:
    """Returns the colours, by path, of products that are believed to be there."""
    found: Values = {}
    for path, probability in chances.items():
        rgba = color(path, fitted[path], probability)
        if rgba.a > 0:
            found[path] = rgba
    return found


def with_shares(fitted: Made, found: Values) -> Values:
    """Returns what was found and the plain parameters of its groups."""
    groups = {path.split(".")[0] for path in found}
    more: Values = {
        parameter.path: share(parameter.path, *fitted[parameter.path])
        for parameter in parameters()
        if parameter.group in groups and not parameter.is_color and parameter.path in fitted
    }
    return found | more


def share(path: str, fitted: float) -> float:
    slope, constant, *_ = VALUES[path]
    return float(np.clip(slope * fitted + constant, 0.0, 1.0))


def lips(picture: Picture, scene: Scene) -> Found:
    fitted, gain = read_lips(picture, scene)
    paths = ("lips.color", "lips.inner", "lip_liner.color")
    chances = {path: worn(path, gain, *fitted[f"{path}.a"]) for path in paths}
    chances["lips.inner"] = min(chances["lips.inner"], chances["lips.color"])
    return Found(with_shares(fitted, colors(fitted, chances)), chances)


def eyes(picture: Picture, scene: Scene, weights: tuple[float, float]) -> Found:
    fitted, gains = read_eyes(picture, scene, weights)
    # Crease and outer colour are never alone: whether there is shadow at all shows best on the lid.
    shadow = worn("eyeshadow.lid", gains["eyeshadow"], *fitted["eyeshadow.lid.a"])
    chances = dict.fromkeys(("eyeshadow.lid", "eyeshadow.crease", "eyeshadow.outer"), shadow)
    liner = fitted["eyeliner.color.a"]
    chances["eyeliner.color"] = worn("eyeliner.color", gains["eyeliner"], *liner)
    found = colors(fitted, chances)
    lashes = fitted["lashes.color.a"]
    chances["lashes.color"] = worn("lashes.color", gains["lashes"], *lashes)
    amount = share("lashes.color", *lashes) * belief(chances["lashes.color"])
    if amount > 0:
        found["lashes.color"] = BARE.lashes.color._replace(a=amount)
    details = {
        "brows.color": read_brows(picture, scene),
        "eyes.iris": read_iris(picture, scene),
    }
    for path, measured in details.items():
        four = np.array([*measured[:3], 0.0])
        chances[path] = chance(path, *measured.tolist())
        found |= colors({path: four}, {path: chances[path]})
    return Found(with_shares(fitted, found), chances)


def skin(picture: Picture, scene: Scene, weights: tuple[float, float]) -> Found:
    fitted, gains = read_skin(picture, scene, weights)
    paths = ("blush.color", "contour.color", "highlight.color")
    chances = {path: worn(path, gains[path.split(".")[0]], *fitted[f"{path}.a"]) for path in paths}
    found = colors(fitted, chances)
    foundation = fitted["foundation.color.a"]
    probability = worn("foundation.color", gains["foundation"], *foundation)
    chances["foundation.color"] = probability
    amount = share("foundation.color", *foundation) * belief(probability)
    if amount > 0:
        red, green, blue = linear_to_srgb(np.clip(scene.skin / scene.light, 0.0, 1.0)).tolist()
        found["foundation.color"] = Rgba(red, green, blue, amount)
    return Found(with_shares(fitted, found), chances)


def assemble(values: Values) -> Look:
    """Returns the bare look with some parameters set."""
    parts: dict[str, Values] = {}
    for path, value in values.items():
        group, name = path.split(".")
        parts.setdefault(group, {})[name] = value
    return Look(**{group: type(getattr(BARE, group))(**given) for group, given in parts.items()})

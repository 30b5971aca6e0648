"""Flat things before a head, drawn quickly: hands, hats, cloths, glasses, strands, cups, beards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import FACE_OVAL, LEFT_EYE, LIPS_OUTER, RIGHT_EYE
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import FINE, Crop

__all__ = ["Thing", "random_thing"]

Rng = np.random.Generator
Draw = Callable[[Crop, Rng], "Thing"]

# Linear mixes of these make skin of every tone, sRGB 0..1.
SKIN: Final = ((0.98, 0.84, 0.74), (0.30, 0.18, 0.12))
HAIR: Final = (
    *((0.05, 0.04, 0.04), (0.10, 0.08, 0.07), (0.18, 0.12, 0.09), (0.30, 0.20, 0.14)),
    *((0.62, 0.50, 0.36), (0.78, 0.68, 0.52), (0.45, 0.20, 0.10), (0.60, 0.60, 0.61)),
)
CLOSE: Final = 1.1  # of the eyes' distance, the widest frame around one eye


@dataclass(frozen=True, eq=False)
class Thing:
    """Something before a head.

    Attributes:
        name: Its class.
        colour: (S, S, 3) sRGB 0..1.
        share: (2S, 2S) uint8, how much of each pixel it covers.
        shadow: How dark its shadow on the head is, 0..1.
        under: What lies under it: a second thing that is drawn first.
    """

    name: str
    colour: Floats
    share: Bytes
    shadow: float = 0.25
    under: "Thing | None" = None


def random_thing(crop: Crop, rng: Rng) -> Thing:
    """Returns one at random; most need the points of the face."""
    kinds = WITH_POINTS if crop.points is not None else WITHOUT
    weights = np.array([weight for weight, _ in kinds])
    chosen = rng.choice(len(kinds), p=weights / weights.sum())
    return kinds[chosen][1](crop, rng)


def blank() -> Bytes:
    return np.zeros((FINE, FINE), np.uint8)


def fixed(places: Floats) -> list[list[int]]:
    """Returns places in pixels of a crop as OpenCV's whole numbers in a fine picture, times 8."""
    return np.rint((places * 2 - 0.5) * 8).astype(np.int32).tolist()  # type: ignore[no-any-return]


def filled(mask: Bytes, places: Floats) -> Bytes:
    """Returns the mask with a polygon of places filled."""
    import cv2

    cv2.fillPoly(mask, [np.array(fixed(places))], 255, cv2.LINE_AA, 3)
    return mask


def clouds(rng: Rng, low: float, high: float, cells: int = 6) -> Floats:
    """Returns smooth light and shade (S, S, 1)."""
    import cv2

    coarse = rng.uniform(low, high, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC))[..., None]


def own_skin(crop: Crop, rng: Rng) -> Floats:
    """Returns the colour of this face's skin, now and then another one's, (3,)."""
    if crop.points is not None and rng.random() < 0.75:
        at = np.clip(crop.points[[50, 280, 205, 425]].astype(int), 0, SIZE - 1)
        tone = np.median(crop.rgb[at[:, 1], at[:, 0]], axis=0)
        return np.asarray(tone * rng.uniform(0.75, 1.15) * rng.normal(1, 0.03, 3), np.float32)
    share = rng.random()
    tone = np.array(SKIN[0]) * (1 - share) + np.array(SKIN[1]) * share
    return np.asarray(tone * rng.uniform(0.5, 1.05), np.float32)


def cloth(rng: Rng) -> Floats:
    """Returns a plain, woven, striped or spotted cloth (S, S, 3), often dark."""
    import cv2

    colour = rng.random(3).astype(np.float32)
    colour = colour.mean() + (colour - colour.mean()) * np.float32(rng.uniform(0, 1.2))
    colour *= np.float32(rng.uniform(0.08, 0.45) if rng.random() < 0.5 else rng.uniform(0.4, 1.4))
    picture = np.clip(colour, 0.01, 1) * clouds(rng, 0.6, 1.2, int(rng.integers(4, 14)))
    if rng.random() < 0.4:
        grain = rng.normal(1, rng.uniform(0.02, 0.15), (SIZE, SIZE, 1)).astype(np.float32)
        picture = picture * grain
    if rng.random() < 0.3:
        step, angle = rng.uniform(3, 14), rng.uniform(0, np.pi)
        x, y = np.meshgrid(np.arange(SIZE), np.arange(SIZE))
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * (2 * np.pi / step))
        if rng.random() < 0.4:
            wave = wave * np.sin((y * np.cos(angle) - x * np.sin(angle)) * (2 * np.pi / step))
        other = rng.random(3).astype(np.float32)
        share = np.clip(wave * 4, 0, 1).astype(np.float32)[..., None]
        picture = picture + (other * clouds(rng, 0.7, 1.1) - picture) * share
    picture = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.5)
    return np.asarray(np.clip(picture, 0, 1), np.float32)


def towards(crop: Crop, rng: Rng) -> Floats:
    """Returns a place on the face that a hand may cover, (2,): the mouth and eyes often."""
    middle = np.full(2, SIZE / 2, np.float32)
    if crop.points is None:
        return np.asarray(middle + rng.normal(0, 0.35, 2) * crop.face, np.float32)
    names = (13, 14, 17, 61, 291, 159, 386, 50, 280, 152, 234, 454, 10, 205, 425)
    weights = np.array([3, 3, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1], float)
    place = crop.points[int(rng.choice(names, p=weights / weights.sum()))]
    return np.asarray(place + rng.normal(0, 0.08, 2) * crop.face, np.float32)


def hand(crop: Crop, rng: Rng) -> Thing:
    """Draws a palm with fingers, shaded round, the nails paler or painted."""
    import cv2

    mask, nails = blank(), blank()
    wide = crop.face * rng.uniform(0.075, 0.115)  # of a finger
    tip = towards(crop, rng)
    way = angle_of(rng)
    if rng.random() < 0.6:  # from below or the side
        way = np.pi / 2 + rng.normal(0, 0.9)
    count = int(rng.choice([1, 2, 3, 4, 4, 4, 5]))
    spread = rng.uniform(0.0, 0.22)
    out = np.array([np.cos(way), np.sin(way)])
    across = np.array([-out[1], out[0]])
    palm = tip + out * crop.face * rng.uniform(0.4, 0.62)
    for number in range(count):
        off = number - (count - 1) / 2
        root = palm + across * off * wide * 1.05
        lean = way + np.pi + off * spread + rng.normal(0, 0.04)
        long = crop.face * rng.uniform(0.33, 0.5) * (1 - 0.08 * abs(off))
        end = root + np.array([np.cos(lean), np.sin(lean)]) * long
        knee = (root + end) / 2 + across * rng.normal(0, 0.015) * crop.face
        path = np.array(fixed(np.stack([root + out * wide, knee, end])))
        cv2.polylines(mask, [path], False, 255, max(2, round(2 * wide)), cv2.LINE_AA, 3)
        nail = fixed(end[None] - np.array([np.cos(lean), np.sin(lean)]) * -0.15 * wide)[0]
        axes = (round(0.75 * wide * 8), round(0.6 * wide * 8))
        cv2.ellipse(nails, nail, axes, np.degrees(lean), 0, 360, 255, -1, cv2.LINE_AA, 3)
    half = wide * 1.1 * max(count, 3) / 2
    corners = [palm - across * half, palm + across * half]
    corners += [palm + across * half * 0.8 + out * crop.face, palm - across * half * 0.8]
    corners[3] = corners[3] + out * crop.face
    filled(mask, np.array(corners))
    skin = own_skin(crop, rng)
    colour = skin * rounded(mask, wide) * clouds(rng, 0.85, 1.1)
    if rng.random() < 0.7:
        paint = skin * (1.12, 1.02, 1.02) if rng.random() < 0.6 else rng.random(3)
        share = cv2.resize(nails, (SIZE, SIZE), interpolation=cv2.INTER_AREA)[..., None] / 255
        colour = colour + (np.asarray(paint) - colour) * share * 0.8
    return Thing("hand", np.clip(colour, 0, 1).astype(np.float32), mask)


def angle_of(rng: Rng) -> float:
    return float(rng.uniform(0, 2 * np.pi))


def rounded(mask: Bytes, wide: float) -> Floats:
    """Returns shade (S, S, 1) that falls off to the rim of a mask, as on something round."""
    import cv2

    small = cv2.resize(mask, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    away = cv2.distanceTransform((small > 127).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(0.62 + 0.4 * np.sqrt(np.clip(away / max(wide, 1), 0, 1)))[..., None]


def hat(crop: Crop, rng: Rng) -> Thing:
    """Draws a cap, a beanie, a brimmed hat or a band over the top of the head."""
    import cv2

    mask, face = blank(), crop.face
    up = np.array([0.0, -1.0])
    middle = np.full(2, SIZE / 2)
    if crop.points is not None:
        up = crop.points[10] - crop.points[152]
        up = up / max(float(np.linalg.norm(up)), 1e-6)
        middle = (crop.points[234] + crop.points[454]) / 2
    tilt = float(np.degrees(np.arctan2(up[0], -up[1])) + rng.normal(0, 4))
    line = middle + up * face * rng.uniform(0.22, 0.5)
    center = fixed(line[None])[0]
    wide, tall = face * rng.uniform(0.48, 0.68), face * rng.uniform(0.35, 0.8)

    def ellipse(across: float, high: float, start: int = 0) -> None:
        axes = (round(across * 16), round(high * 16))
        cv2.ellipse(mask, center, axes, tilt, start, 360, 255, -1, cv2.LINE_AA, 3)

    kind = rng.random()
    if kind < 0.15:
        ellipse(wide, face * rng.uniform(0.06, 0.14))
    else:
        ellipse(wide, tall, 180)
        ellipse(wide, face * rng.uniform(0.03, 0.15))
        if kind > 0.45:
            ellipse(wide * rng.uniform(1.0, 1.7), face * rng.uniform(0.04, 0.16))
    colour = cloth(rng)
    if rng.random() < 0.4:
        place = (line + up * face * rng.uniform(0.1, 0.4)).tolist()
        badge = np.zeros((SIZE, SIZE), np.uint8)
        half = (int(face * rng.uniform(0.08, 0.5)), int(face * rng.uniform(0.05, 0.15)))
        cv2.ellipse(badge, (int(place[0]), int(place[1])), half, tilt, 0, 360, 255, -1)
        colour = np.where(badge[..., None] > 127, cloth(rng), colour)
    return Thing("headwear", colour, mask, shadow=0.4)


def scarf(crop: Crop, rng: Rng) -> Thing:
    """Draws a cloth around the whole face: a hijab, a hood, a wrap that leaves the neck bare."""
    import cv2

    points = need(crop)
    oval = points[list(FACE_OVAL)]
    middle = oval.mean(0)
    mask = blank()
    around = middle + (oval - middle) * rng.uniform(1.35, 1.75)
    filled(mask, around)
    down = points[152] - points[10]
    down = down / max(float(np.linalg.norm(down)), 1e-6)
    if rng.random() < 0.7:
        side = np.array([-down[1], down[0]])
        chin, face = points[152], crop.face
        top, low = rng.uniform(0.5, 0.75), rng.uniform(0.6, 1.2)
        corners = [chin - side * face * top - down * face * 0.4, chin + side * face * top]
        corners[1] = corners[1] - down * face * 0.4
        corners += [chin + side * face * low + down * 2 * face, chin - side * face * low]
        corners[3] = corners[3] + down * 2 * face
        filled(mask, np.array(corners))
    opening = blank()
    filled(opening, middle + (oval - middle) * rng.uniform(0.94, 1.12) + rng.normal(0, 1, 2))
    mask = cv2.subtract(mask, cv2.GaussianBlur(opening, (0, 0), 1.0))
    folds = clouds(rng, 0.55, 1.25, int(rng.integers(5, 16)))
    return Thing("headwear", np.clip(cloth(rng) * folds, 0, 1), mask, shadow=0.4)


def glasses(crop: Crop, rng: Rng) -> Thing:
    """Draws frames around both eyes; dark lenses hide them, clear ones hardly show."""
    import cv2

    points = need(crop)
    frame, lens = blank(), blank()
    eyes = [points[list(loop)].mean(0) for loop in (RIGHT_EYE, LEFT_EYE)]
    apart = float(np.linalg.norm(eyes[1] - eyes[0]))
    tilt = float(np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1])))
    power = float(rng.choice([1.0, 1.0, 1.6, 2.5]))  # from an ellipse to a box
    wide, tall = apart * rng.uniform(0.36, 0.5), apart * rng.uniform(0.2, 0.42)
    thick = max(1, round(apart * 2 * rng.choice([0.015, 0.03, 0.05, 0.09])))
    turn = np.array([[np.cos(np.radians(tilt)), -np.sin(np.radians(tilt))]])
    turn = np.vstack([turn, [-turn[0, 1], turn[0, 0]]])
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    round_off = np.abs(np.stack([np.cos(angles), np.sin(angles)], 1)) ** (1 / power)
    rim = round_off * np.sign(np.stack([np.cos(angles), np.sin(angles)], 1)) * [wide, tall]
    drop = np.array([0, apart * rng.uniform(-0.02, 0.12)]) @ turn.T
    rims = [each + drop + rim @ turn.T for each in eyes]
    for each in rims:
        filled(lens, each)
        cv2.polylines(frame, [np.array(fixed(each))], True, 255, thick, cv2.LINE_AA, 3)
    arms = [(eyes[0] + drop, points[127], -wide), (eyes[1] + drop, points[356], wide)]
    bars = [(eyes[0] + drop + [wide, 0] @ turn.T, eyes[1] + drop - [wide, 0] @ turn.T)]
    bars += [(eye + [reach, 0] @ turn.T, ear) for eye, ear, reach in arms]
    for start, end in bars:
        path = np.array(fixed(np.stack([start, end])))
        cv2.polylines(frame, [path], False, 255, thick, cv2.LINE_AA, 3)
    metal = rng.random(3) * rng.uniform(0.02, 0.9)
    colour = np.clip(metal * clouds(rng, 0.6, 1.4, 9), 0, 1).astype(np.float32)
    if rng.random() < 0.5:
        return Thing("glasses", colour, frame, shadow=0.15)
    tint = rng.random(3) * rng.uniform(0.02, 0.25) * (1 if rng.random() < 0.75 else 2.5)
    ramp = np.linspace(rng.uniform(0.3, 1), rng.uniform(0.8, 2), SIZE, dtype=np.float32)
    shine = np.clip(clouds(rng, -2.5, 1.0, 5), 0, 1) * rng.uniform(0, 0.7)
    glass = np.clip(tint * ramp[:, None, None] + shine, 0, 1).astype(np.float32)
    covers = np.rint(lens * rng.uniform(0.82, 1.0)).astype(np.uint8)
    return Thing("glasses", colour, frame, 0.15, Thing("lens", glass, covers, shadow=0.1))


def strands(crop: Crop, rng: Rng) -> Thing:
    """Draws locks that hang over the face from above."""
    import cv2

    points = need(crop)
    mask = blank()
    face = crop.face
    for _ in range(int(rng.integers(1, 4))):
        start = points[int(rng.choice([10, 67, 297, 54, 284, 103, 332]))]
        start = start + rng.normal(0, 0.08, 2) * face + [0, -0.1 * face]
        end = points[int(rng.choice([50, 280, 61, 291, 159, 386, 234, 454, 152, 33, 263]))]
        bend = (start + end) / 2 + rng.normal(0, 0.12, 2) * face
        t = np.linspace(0, 1, 14)[:, None]
        path = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
        for _ in range(int(rng.integers(2, 12))):
            moved = path + rng.normal(0, 0.012, 2) * face + t * rng.normal(0, 0.03, 2) * face
            thick = max(1, round(face * 2 * rng.uniform(0.004, 0.02)))
            cv2.polylines(mask, [np.array(fixed(moved))], False, 255, thick, cv2.LINE_AA, 3)
    colour = np.array(HAIR[rng.integers(len(HAIR))]) * rng.uniform(0.7, 1.3)
    at = np.clip(points[10].astype(int) - [0, int(0.18 * face)], 0, SIZE - 1)
    if crop.hair[at[1], at[0], 0] > 0.8:
        colour = crop.rgb[at[1], at[0]]
    picture = np.clip(colour * clouds(rng, 0.6, 1.4, 24), 0, 1)
    return Thing("hair", picture.astype(np.float32), mask, shadow=0.2)


def beard(crop: Crop, rng: Rng) -> Thing:
    """Draws a beard or a moustache on the lower face, thinner towards its rim."""
    import cv2

    points = need(crop)
    mask = blank()
    if rng.random() < 0.75:
        rim = [132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361]
        inner = [411, 425, 2, 205, 187] if rng.random() < 0.5 else [434, 410, 164, 186, 214]
        outline = points[rim + inner].copy()
        outline[4:13] += (points[152] - points[17]) * rng.uniform(0, 0.6)
        filled(mask, outline)
    if rng.random() < 0.7 or not mask.any():
        filled(mask, points[[186, 92, 165, 164, 391, 322, 410, 409, 270, 269, 0, 39, 40, 185]])
        filled(mask, points[[186, 92, 165, 164, 391, 322, 410, 61, 0, 291][:7]])
    lips = blank()
    filled(lips, points[list(LIPS_OUTER)])
    mask = cv2.GaussianBlur(mask, (0, 0), max(crop.face * 0.03, 1))
    coarse = rng.random((FINE // 2, FINE // 3)).astype(np.float32)
    noise = cv2.resize(coarse, (FINE, FINE)) - 0.5
    share = mask / 255 * rng.uniform(0.8, 1.1) + noise * rng.uniform(0.1, 0.5) * (mask > 20)
    share = np.clip(share, 0, 1) * (1 - cv2.GaussianBlur(lips, (0, 0), 1.0) / 255.0)
    colour = np.array(HAIR[rng.integers(len(HAIR))]) * rng.uniform(0.6, 1.1)
    picture = np.clip(colour * clouds(rng, 0.5, 1.5, 48), 0, 1).astype(np.float32)
    return Thing("beard", picture, np.rint(share * 255).astype(np.uint8), shadow=0.0)


def held(crop: Crop, rng: Rng) -> Thing:
    """Draws a cup, a telephone, a microphone or some other plain thing before the face."""
    import cv2

    mask = blank()
    place = towards(crop, rng) + rng.normal(0, 0.15, 2) * crop.face
    half = crop.face * rng.uniform(0.08, 0.4, 2)
    angle = rng.normal(0, 25)
    if rng.random() < 0.5:
        box = cv2.boxPoints(((0.0, 0.0), (2 * half[0], 2 * half[1]), float(angle)))
        filled(mask, box + place)
    else:
        center = fixed(place[None])[0]
        axes = (round(half[0] * 16), round(half[1] * 16))
        cv2.ellipse(mask, center, axes, float(angle), 0, 360, 255, -1, cv2.LINE_AA, 3)
    colour = cloth(rng)
    if rng.random() < 0.5:
        colour = np.clip(colour * rounded(mask, float(half.min())), 0, 1).astype(np.float32)
    return Thing("hand", colour, mask, shadow=0.35)


def mask_of_cloth(crop: Crop, rng: Rng) -> Thing:
    """Draws a face mask over nose and mouth."""
    points = need(crop)
    rim = [234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397]
    rim += [288, 361, 323, 454, 346, int(rng.choice([6, 197, 5])), 117]
    return Thing("hand", cloth(rng), filled(blank(), points[rim]), shadow=0.3)


def need(crop: Crop) -> Floats:
    """Returns the points of a crop that has them."""
    if crop.points is None:
        raise ValueError("expected a crop with points")
    return crop.points


WITH_POINTS: Final[tuple[tuple[float, Draw], ...]] = (
    *((3.0, hand), (1.6, hat), (1.2, scarf), (2.2, glasses)),
    *((0.9, strands), (1.2, beard), (0.9, held), (0.25, mask_of_cloth)),
)
WITHOUT: Final[tuple[tuple[float, Draw], ...]] = ((2.0, hand), (1.0, held))

"""Random looks to learn from and to be judged by: everyday ones, blends of presets, extremes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from prink.arrays import Doubles
from prink.params import LOOKS, Look, Rgba, from_vector, parameters, to_vector

__all__ = ["average_look", "random_look", "sample_look"]


def palette(words: str) -> Doubles:
    return np.array([[int(word[at : at + 2], 16) for at in (0, 2, 4)] for word in words.split()])


LIP: Final = palette(
    "b5705f c0766a c48a7c a65a50 c41e3a a01028 d0202a e0435a d4577a b8336a "
    "8c1c3c 6b1530 7a2a4a 5a1a2a 8a4a3a 6a3428 d86a50 e87a70 9a5a6a c06080"
)
LID: Final = palette(
    "c9a48a b98b70 a57a60 8a6450 d8bda0 e6cdb8 9c7f78 7a5a6a 6a4a72 5a6a4a "
    "3f5f6f 4a5a8a 707078 b06a40 c98a8a b87a8a d0a060"
)
DARK: Final = palette("5a4034 4a3028 3a2a28 4a3040 2a2a30 304050 5c3a2a 6a4a3a 3c3440 202020")
LINER: Final = palette("0d0a0d 0d0a0d 0d0a0d 0d0a0d 0d0a0d 0d0a0d 3a2418 202a50")
LASH: Final = palette("0a0808")
BROW: Final = palette("3d291c 2a1c14 5a402c 75563c 1a1412 8a6a48")
BLUSH: Final = palette("e08080 d87070 e89a80 f0a090 c86070 b85060 d88a70 c04060 a8505a e090a0")
CONTOUR: Final = palette("8f6650 7a5644 a07860 6a4a3a 90705a")
HIGHLIGHT: Final = palette("ffe6c7 f8e0d0 ffe0b0 f0d8e0 fff0e0 e8c8a0")
FOUNDATION: Final = palette("cc9e82 e0b89c a87858 7a5038 583828 d8b090")
IRIS: Final = palette("4d738c 508050 7a5a30 808890 6a4a90 30a0a0")


@dataclass(frozen=True, eq=False)
class Paint:
    """A colour near one of a palette, with coverage from `low` to `high` if it is worn at all."""

    palette: Doubles
    low: float
    high: float
    chance: float = 1.0
    spread: float = 0.05


@dataclass(frozen=True)
class Share:
    """A number from `low` to `high`, or else `rest`."""

    low: float
    high: float
    chance: float = 1.0
    rest: float = 0.0


@dataclass(frozen=True, eq=False)
class Product:
    """How often a product is worn, and how its parameters are drawn then."""

    chance: float
    colors: Mapping[str, Paint]
    shares: Mapping[str, Share] = field(default_factory=dict)


PRODUCTS: Final[Mapping[str, Product]] = {
    "lips": Product(
        0.8,
        {"color": Paint(LIP, 0.3, 1.0), "inner": Paint(LIP, 0.3, 1.0, 0.25)},
        {
            "gloss": Share(0.0, 1.0),
            "gloss_sharpness": Share(0.0, 1.0),
            "shimmer": Share(0.0, 0.8, 0.4),
            "metallic": Share(0.0, 0.8, 0.25),
            "softness": Share(0.0, 0.8),
            "inner_ratio": Share(0.2, 0.8),
        },
    ),
    "lip_liner": Product(0.35, {"color": Paint(LIP, 0.3, 0.9)}, {"width": Share(0.1, 0.8)}),
    "eyeshadow": Product(
        0.75,
        {
            "lid": Paint(LID, 0.3, 0.9),
            "crease": Paint(np.concatenate([DARK, LID[:4]]), 0.2, 0.8, 0.8),
            "outer": Paint(DARK, 0.2, 0.8, 0.7),
        },
        {
            "shimmer": Share(0.0, 0.8, 0.5),
            "height": Share(0.2, 0.9),
            "blend": Share(0.2, 1.0),
        },
    ),
    "eyeliner": Product(
        0.6,
        {"color": Paint(LINER, 0.5, 1.0, spread=0.02)},
        {
            "thickness": Share(0.1, 0.8),
            "wing": Share(0.2, 0.9, 0.5),
            "smudge": Share(0.0, 0.8),
            "lower": Share(0.3, 1.0, 0.4),
        },
    ),
    "lashes": Product(
        0.6,
        {"color": Paint(LASH, 0.4, 1.0, spread=0.02)},
        {"length": Share(0.2, 0.8), "density": Share(0.2, 0.9)},
    ),
    "brows": Product(
        0.5, {"color": Paint(BROW, 0.2, 0.8, spread=0.03)}, {"definition": Share(0.0, 0.8)}
    ),
    "blush": Product(
        0.65,
        {"color": Paint(BLUSH, 0.2, 0.9)},
        {"placement": Share(0.0, 1.0), "size": Share(0.2, 0.9)},
    ),
    "contour": Product(
        0.4, {"color": Paint(CONTOUR, 0.2, 0.8, spread=0.03)}, {"nose": Share(0.0, 1.0)}
    ),
    "highlight": Product(
        0.4, {"color": Paint(HIGHLIGHT, 0.2, 0.8, spread=0.03)}, {"shimmer": Share(0.0, 0.8)}
    ),
    "foundation": Product(
        0.5,
        {"color": Paint(FOUNDATION, 0.2, 0.8, spread=0.03)},
        {
            "match": Share(0.0, 1.0, 0.3, rest=1.0),
            "smoothing": Share(0.0, 0.8),
            "dewiness": Share(0.0, 0.6),
        },
    ),
    "eyes": Product(0.15, {"iris": Paint(IRIS, 0.3, 0.9)}),
}


MIX: Final = (0.55, 0.18, 0.22)  # shares of everyday looks, blends of presets, extremes; rest bare
OFF: Final = 0.25  # chance that a group of a blend or an extreme look is switched off
MAKEUP: Final = tuple(
    group for group in dict.fromkeys(p.group for p in parameters()) if group != "hair"
)


def sample_look(random: np.random.Generator) -> Look:
    """Returns a makeup look to learn from; hair stays as it is.

    Everyday looks show what is usual, blends of presets what artists made, and uniform samples the
    extremes, with all finishes alike; some are bare.
    """
    everyday, blends, extremes = np.cumsum(MIX).tolist()
    kind = random.random()
    if kind < everyday:
        return random_look(random)
    if kind < blends:
        return without(blend(random), random, OFF)
    if kind < extremes:
        return without(extreme(random), random, 1.6 * OFF)
    return Look()


def blend(random: np.random.Generator) -> Look:
    """Returns a mix of two presets, a little off."""
    names = random.choice(sorted(LOOKS), 2)
    one, two = (to_vector(LOOKS[name]) for name in names)
    vector = one + float(random.beta(0.6, 0.6)) * (two - one)
    off: Doubles = random.normal(0.0, 0.04, len(vector))
    return from_vector(vector + off)


def extreme(random: np.random.Generator) -> Look:
    """Returns uniform numbers; half of the shimmers and metals are 0."""
    vector = random.random(len(to_vector(Look()))).astype(np.float32)
    look = from_vector(vector)
    lips, lids = look.lips, look.eyeshadow
    calm = random.random(3) < 0.5
    return replace(
        look,
        lips=replace(
            lips,
            shimmer=0.0 if calm[0] else lips.shimmer,
            metallic=0.0 if calm[1] else lips.metallic,
        ),
        eyeshadow=replace(lids, shimmer=0.0 if calm[2] else lids.shimmer),
    )


def without(look: Look, random: np.random.Generator, chance: float) -> Look:
    """Returns the look with the hair of nobody and some groups switched off."""
    bare = Look()
    off: dict[str, Any] = {"hair": bare.hair}
    off |= {group: getattr(bare, group) for group in MAKEUP if random.random() < chance}
    return replace(look, **off)


def random_look(random: np.random.Generator) -> Look:
    """Returns a look that people might wear; a lip liner is a darker shade of the lipstick."""
    bare = Look()
    parts: dict[str, dict[str, float | Rgba]] = {}
    for group, product in PRODUCTS.items():
        if random.random() >= product.chance:
            continue
        part: dict[str, float | Rgba] = {}
        for name, paint in product.colors.items():
            if random.random() < paint.chance:
                part[name] = colour(paint, random)
        for name, share in product.shares.items():
            worn = random.random() < share.chance
            part[name] = float(random.uniform(share.low, share.high)) if worn else share.rest
        parts[group] = part
    if "lip_liner" in parts:
        lips = parts.get("lips", {}).get("color", bare.lips.color)
        drawn = parts["lip_liner"]["color"]
        assert isinstance(lips, Rgba)
        assert isinstance(drawn, Rgba)
        parts["lip_liner"]["color"] = darker(lips, drawn.a, float(random.uniform(0.65, 1.0)))
    return Look(**{group: type(getattr(bare, group))(**part) for group, part in parts.items()})


def colour(paint: Paint, random: np.random.Generator) -> Rgba:
    base = paint.palette[random.integers(len(paint.palette))] / 255.0
    off = 0.7 * (random.normal(0, paint.spread, 3) + random.normal(0, paint.spread))
    red, green, blue = np.clip(base + off, 0.01, 1.0).tolist()
    return Rgba(red, green, blue, float(random.uniform(paint.low, paint.high)))


def darker(color: Rgba, a: float, share: float) -> Rgba:
    return Rgba(color.r * share, color.g * share, color.b * share, a)


def average_look(random: np.random.Generator, count: int = 2000) -> Look:
    """Returns the mean of random looks: what one would guess without a photo."""
    return from_vector(np.mean([to_vector(random_look(random)) for _ in range(count)], axis=0))

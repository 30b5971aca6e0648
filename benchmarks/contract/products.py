"""The looks that are measured: every product on at once, and each one alone."""

from collections.abc import Mapping
from typing import Final

from prink.params import Look, edit

__all__ = ["HAIR_COLOR", "PRODUCTS", "full_look", "look_of", "matte_lips"]

# What a user would set to wear one product, strong enough to see.
PRODUCTS: Final[Mapping[str, tuple[str, ...]]] = {
    "foundation": ("foundation.color.a=0.5", "foundation.smoothing=0.5", "foundation.dewiness=0.3"),
    "contour": ("contour.color.a=0.4", "contour.nose=0.4"),
    "blush": ("blush.color.a=0.5",),
    "highlight": ("highlight.color.a=0.5", "highlight.shimmer=0.3"),
    "eyeshadow": (
        "eyeshadow.lid.a=0.7",
        "eyeshadow.crease.a=0.6",
        "eyeshadow.outer.a=0.6",
        "eyeshadow.shimmer=0.4",
    ),
    "eyeliner": ("eyeliner.color.a=0.9", "eyeliner.wing=0.5", "eyeliner.lower=0.4"),
    "lashes": ("lashes.color.a=0.9", "lashes.length=0.6"),
    "brows": ("brows.color.a=0.6", "brows.definition=0.5"),
    "eyes": ("eyes.iris.a=0.5", "eyes.whitening=0.4"),
    "lips": ("lips.color=#9e1f35", "lips.inner.a=0.4", "lips.gloss=0.6", "lips.shimmer=0.3"),
    "lip liner": ("lip_liner.color.a=0.7",),
    "teeth": ("teeth.whitening=0.5",),
}

# Beside them: it needs masks of the hair.
HAIR_COLOR: Final = (
    *("hair.root=#5a2c1c", "hair.root.a=0.9", "hair.tip=#d8ae74", "hair.tip.a=0.9"),
    "hair.lightening=0.7",
)


def look_of(*settings: str, start: Look | None = None) -> Look:
    """Returns a look, bare unless `start` is given, after edits such as `lips.gloss=0.8`."""
    look = start or Look()
    for setting in settings:
        look = edit(look, setting)
    return look


def full_look(*, hair: bool = False) -> Look:
    """Returns the look that wears every product, with skin smoothing, and hair colour if asked."""
    worn = (setting for settings in PRODUCTS.values() for setting in settings)
    return look_of(*worn, *(HAIR_COLOR if hair else ()))


def matte_lips(colour: str) -> Look:
    """Returns a look of nothing but matte lipstick at full coverage; colour as `#rrggbb`."""
    return look_of(f"lips.color={colour}", "lips.color.a=1", "lips.gloss=0.05")

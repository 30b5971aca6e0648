"""Whether a look colours hair, so that a mask is worth its time."""

from prink.params import Look

__all__ = ["colors_hair"]


def colors_hair(look: Look) -> bool:
    """Returns whether the look applies a hair colour."""
    return look.hair.root.a > 0 or look.hair.tip.a > 0

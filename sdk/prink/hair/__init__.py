"""Hair: where it is in a frame."""

from prink.hair.finder import HairFinder
from prink.hair.mask import HairMask
from prink.hair.source import HairError
from prink.hair.sources import SOURCES
from prink.hair.worn import colors_hair

__all__ = ["SOURCES", "HairError", "HairFinder", "HairMask", "colors_hair"]

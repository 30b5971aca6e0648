"""Hair colour: what belongs to hair alone; where hair is, `prink.parse` says."""

from prink.hair.length import along_hair, hair_share
from prink.hair.worn import colors_hair

__all__ = ["along_hair", "colors_hair", "hair_share"]

"""How an HDR clip looks on an SDR display, colour by colour, and the way back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles
from prink.color import linear_to_srgb, srgb_to_linear
from prink.video.color_tags import HLG
from prink.video.tone_curve import compressed, expanded
from prink.video.transfer import hlg_to_nits, nits_to_hlg, nits_to_pq, pq_to_nits

__all__ = ["Rendition"]


# x, y of red, green, blue (ITU-R BT.709, BT.2020, SMPTE EG 432-1) and of D65, the white of all.
BT709, BT2020 = 1, 9
PRIMARIES = {
    BT709: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    BT2020: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
D65 = (0.3127, 0.3290)


@dataclass(frozen=True)
class Rendition:
    """The SDR rendition of signals with an HDR `transfer` and `primaries`, as FFmpeg numbers them.

    Signal to light (ITU-R BT.2100), to BT.709's primaries, through the curve of ITU-R BT.2390, to
    sRGB. Primaries other than BT.709's and Display P3's are taken for BT.2020's.
    """

    transfer: int
    primaries: int

    @cached_property
    def own(self) -> Doubles:
        """The matrix (3, 3) from linear RGB of the clip to XYZ."""
        return to_xyz(PRIMARIES.get(self.primaries, PRIMARIES[BT2020]))

    @cached_property
    def to_bt709(self) -> Doubles:
        """The matrix (3, 3) from linear RGB of the clip to that of BT.709 and sRGB."""
        return np.asarray(np.linalg.inv(to_xyz(PRIMARIES[BT709])) @ self.own)

    def to_srgb(self, signal: ArrayLike) -> Doubles:
        """Returns sRGB (..., 3), 0..1, of a signal R'G'B' (..., 3), 0..1; gamut is clipped."""
        if self.transfer == HLG:
            nits = hlg_to_nits(signal, weights=self.own[1])
        else:
            nits = pq_to_nits(signal)
        return linear_to_srgb(compressed(nits @ self.to_bt709.T))

    def to_signal(self, srgb: ArrayLike) -> Doubles:
        """Returns the signal R'G'B' (..., 3), 0..1, of sRGB (..., 3), 0..1; undoes `to_srgb`."""
        light = expanded(srgb_to_linear(np.clip(srgb, 0.0, 1.0)))
        nits = light @ np.linalg.inv(self.to_bt709).T
        if self.transfer == HLG:
            return nits_to_hlg(nits, weights=self.own[1])
        return nits_to_pq(nits)


def to_xyz(primaries: tuple[tuple[float, float], ...]) -> Doubles:
    """Returns the matrix (3, 3) from linear RGB to XYZ, Y of white at 1 (SMPTE RP 177)."""
    x, y, z = (
        np.array([[p[0] / p[1], 1.0, (1.0 - p[0] - p[1]) / p[1]] for p in (*primaries, D65)])
    ).T
    columns, white = np.stack([x, y, z])[:, :3], np.array([x[3], y[3], z[3]])
    return np.asarray(columns * np.linalg.solve(columns, white))

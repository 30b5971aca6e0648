"""The two HDR transfers of ITU-R BT.2100: signal to display light in nits (cd/m2) and back.

Plain numpy on arrays of any shape (HLG: the last axis is R, G, B), double precision, no state.
"""

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles

__all__ = ["HLG_PEAK", "hlg_to_nits", "nits_to_hlg", "nits_to_pq", "pq_to_nits"]


# SMPTE ST 2084, equations 4.1 and 5.2.
M1, M2 = 2610 / 16384, 2523 / 4096 * 128
C1, C2, C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
# ARIB STD-B67.
A, B, C = 0.17883277, 0.28466892, 0.55991073
HLG_PEAK = 1000.0  # nits of the reference display, for which BT.2100 sets a system gamma of 1.2
GAMMA = 1.2


def pq_to_nits(signal: ArrayLike) -> Doubles:
    """Returns light 0..10000 nits of a PQ signal 0..1, of the same shape (SMPTE ST 2084)."""
    root = np.clip(np.asarray(signal, np.float64), 0.0, 1.0) ** (1.0 / M2)
    return np.asarray(
        10000.0 * (np.maximum(root - C1, 0.0) / (C2 - C3 * root)) ** (1.0 / M1), np.float64
    )


def nits_to_pq(nits: ArrayLike) -> Doubles:
    """Returns the PQ signal 0..1 of light in nits, of the same shape (SMPTE ST 2084)."""
    power = np.clip(np.asarray(nits, np.float64) / 10000.0, 0.0, 1.0) ** M1
    return np.asarray(((C1 + C2 * power) / (1.0 + C3 * power)) ** M2, np.float64)


def hlg_to_nits(signal: ArrayLike, *, weights: ArrayLike) -> Doubles:
    """Returns display light in nits of an HLG signal (..., 3), 0..1, on a display of 1000 nits.

    The inverse OETF, then the OOTF, which raises by the scene's luminance (ITU-R BT.2100 table 5).

    Args:
        signal: R, G, B.
        weights: (3,), the luminance of each primary; white has 1.
    """
    e = np.clip(np.asarray(signal, np.float64), 0.0, 1.0)
    scene = np.where(e <= 0.5, e * e / 3.0, (np.exp((e - C) / A) + B) / 12.0)
    luminance = np.asarray(scene @ np.asarray(weights, np.float64))
    return np.asarray(HLG_PEAK * luminance[..., None] ** (GAMMA - 1.0) * scene)


def nits_to_hlg(nits: ArrayLike, *, weights: ArrayLike) -> Doubles:
    """Returns the HLG signal (..., 3), 0..1, of display light in nits; undoes `hlg_to_nits`."""
    light = np.clip(np.asarray(nits, np.float64) / HLG_PEAK, 0.0, None)
    luminance = np.maximum(light @ np.asarray(weights, np.float64), 1e-9)
    scene = luminance[..., None] ** ((1.0 - GAMMA) / GAMMA) * light
    log = A * np.log(np.maximum(12.0 * scene - B, 1e-9)) + C
    return np.asarray(np.clip(np.where(scene <= 1.0 / 12.0, np.sqrt(3.0 * scene), log), 0.0, 1.0))

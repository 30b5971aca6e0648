"""Numpy arrays by what their numbers are; shapes and ranges stand where they are used."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bytes", "Doubles", "Flags", "Floats"]

Bytes = NDArray[np.uint8]
"""Pixels and masks, 0 to 255."""
Floats = NDArray[np.float32]
"""What networks and the GPU take and give."""
Doubles = NDArray[np.float64]
"""What is measured and fitted."""
Flags = NDArray[np.bool_]
"""Yes or no for each pixel or row."""

"""The hair of one head as a small picture without its shape: the hair tile of the face atlas.

Rows run from the roots (row 0) to the ends, by `hair_share`. Within a row, the first `HAIR` columns
are that row's hair pixels in order of luminance, dark to light, so that neither pose nor hairstyle
shows. The next `SKIN` columns are the face's mean skin colour, and the last `LIGHT` columns what a
white card would look like on the face, as the renderer measures it from skin and white of the eyes,
at `CARD` of its linear light so that it fits; colours are as the photo has them. Alpha of the hair
columns says how many pixels are behind the row, alpha of the others is full.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_srgb
from prink.face import Face
from prink.hair import hair_share
from prink.parse import Square
from prink.parse.head import crop_head, warp
from prink.reading.grid import open_picture
from prink.reading.light import LUMA, Scene, measure_scene
from prink.render.atlas import HAIR as ROOM

__all__ = ["CARD", "HAIR", "HEIGHT", "LIGHT", "SKIN", "WIDTH", "hair_patch", "with_hair_patch"]

HEIGHT: Final = 64
HAIR: Final = 112  # columns
SKIN: Final = 8
LIGHT: Final = 8
WIDTH: Final = HAIR + SKIN + LIGHT
CARD: Final = 0.7
SIZE: Final = 128  # px a side at which the head is looked at
SOLID: Final = 0.9  # mask from which a pixel is nothing but hair
FULL: Final = 24  # pixels in a row from which it is sure
FEWEST: Final = 3  # pixels in a row; it is filled from the next one where there are fewer

Places = NDArray[np.intp]


def hair_patch(rgb: Bytes, face: Face, hair: Square | None, *, scene: Scene | None = None) -> Bytes:
    """Returns the hair tile (64, 128, 4) of a face in a photo, sRGB and alpha.

    Args:
        rgb: (H, W, 3) uint8 sRGB.
        face: The face in it.
        hair: Its hair, as `Parser.find` gives it; None or too little leaves alpha 0.
        scene: Light and skin of the face where they are known; otherwise they are measured.
    """
    if scene is None:
        scene = measure_scene(open_picture(rgb, face.points), face)
    tile = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    tile[:, HAIR:, 3] = 255
    tile[:, HAIR : HAIR + SKIN, :3] = eight_bits(scene.skin)
    tile[:, HAIR + SKIN :, :3] = eight_bits(scene.light * CARD)
    if hair is not None:
        colors, along = solid_hair(rgb, hair)
        if len(along) >= FEWEST:
            tile[:, :HAIR] = by_length_and_light(colors, along)
    return tile


def with_hair_patch(atlas: Bytes, tile: Bytes) -> Bytes:
    """Returns a face atlas (256, 256, 4) with the hair tile in its room."""
    left, top, wide, tall = ROOM
    whole = atlas.copy()
    whole[top : top + tall, left : left + wide] = tile
    return whole


def eight_bits(linear: Doubles) -> Bytes:
    return np.asarray(np.rint(255.0 * np.clip(linear_to_srgb(linear), 0.0, 1.0)), np.uint8)


def solid_hair(rgb: Bytes, hair: Square) -> tuple[Bytes, Doubles]:
    """Returns the colours (N, 3) of what is surely hair, and how far along it lies (N,), 0..1."""
    import cv2

    step = len(hair.pixels) / SIZE
    to_frame = hair.to_frame.copy()
    to_frame[:, :2] *= step
    if step < 1:
        larger = np.array([[step, 0, 0], [0, step, 0]], np.float32)
        alpha = warp(hair.pixels, larger, SIZE)
    else:
        alpha = np.asarray(cv2.resize(hair.pixels, (SIZE, SIZE), interpolation=cv2.INTER_AREA))
    y, x = np.nonzero(alpha > 255 * SOLID)
    along = hair_share((np.stack([x, y], axis=-1) + 0.5) / SIZE, reach=hair.reach)
    crop = crop_head(rgb, to_frame, SIZE)
    return crop[y, x], np.clip(along, 0.0, 1.0)


def by_length_and_light(colors: Bytes, along: Doubles) -> Bytes:
    """Returns the hair columns (64, 112, 4): pixels sorted by row, then by luminance."""
    row = np.minimum((along * HEIGHT).astype(np.intp), HEIGHT - 1)
    # One key for both: an eight-bit luminance is below 1.
    colors = colors[np.argsort(row + (colors @ LUMA) / 256.0)]
    count = np.bincount(row, minlength=HEIGHT)
    first = np.cumsum(count) - count
    source = nearest(np.flatnonzero(count >= FEWEST)) if (count >= FEWEST).any() else None
    tile = np.zeros((HEIGHT, HAIR, 4), np.uint8)
    if source is not None:
        share = (np.arange(HAIR) + 0.5) / HAIR
        at = first[source][:, None] + (share * count[source][:, None]).astype(np.intp)
        tile[..., :3] = colors[at]
        seen = np.where(count >= FEWEST, np.minimum(count / FULL, 1.0), 0.0)
        tile[..., 3] = np.rint(255.0 * seen)[:, None]
    return tile


def nearest(known: Places) -> Places:
    """Returns for every row the number of the nearest known one."""
    between = np.interp(np.arange(HEIGHT), known, np.arange(len(known)))
    return np.asarray(known[np.rint(between).astype(np.intp)], np.intp)

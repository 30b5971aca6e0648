"""Before/after sheets: the same face beside itself, captioned, one strip a person or look."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from prink.arrays import Bytes, Floats

__all__ = ["Strip", "colour_card", "contact_sheet", "head_box"]

Box = tuple[int, int, int, int]

PAPER, INK, GROUND = (255, 255, 255), (40, 40, 40), (236, 236, 236)
GAP = 12
ASPECT = 0.8  # width to height of a head with its hair


@dataclass(frozen=True, eq=False)
class Strip:
    """One row: captions with pictures (H, W, 3), all cut to `crop` (left, top, right, bottom)."""

    pictures: Sequence[tuple[str, Bytes]]
    crop: Box | None = None


def head_box(points: Floats, shape: tuple[int, ...]) -> Box:
    """Returns the box around a head with its hair, inside the picture: left, top, right, bottom.

    Args:
        points: (N, 2 or 3) landmarks in pixels.
        shape: Shape of the picture, (H, W, ...).
    """
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    middle = (low + high) / 2
    height = 1.75 * max(float(high[1] - low[1]), 1.2 * float(high[0] - low[0]))
    height = min(height, shape[0], shape[1] / ASPECT)
    width = height * ASPECT
    # Hair needs more room than the chin.
    left = min(max(float(middle[0]) - width / 2, 0), shape[1] - width)
    top = min(max(float(middle[1]) - 0.56 * height, 0), shape[0] - height)
    left, top = max(left, 0), max(top, 0)
    right, bottom = round(left + width), round(top + height)
    return int(left), int(top), max(right, int(left) + 1), max(bottom, int(top) + 1)


def contact_sheet(strips: Sequence[Strip], *, side: int = 480) -> Bytes:
    """Returns one picture (H, W, 3) with a row for each strip; cells are `side` pixels high.

    Raises:
        ValueError: if there is nothing to show.
    """
    if not strips or not all(strip.pictures for strip in strips):
        raise ValueError("a sheet needs at least one strip with one picture each")
    letter = max(12, side // 26)
    font = ImageFont.load_default(size=letter)
    line = round(letter * 1.5)
    width, height = round(side * widest(strips)), side + line
    columns = max(len(strip.pictures) for strip in strips)
    sheet = Image.new(
        "RGB", (columns * (width + GAP) + GAP, len(strips) * (height + GAP) + GAP), PAPER
    )
    pen = ImageDraw.Draw(sheet)
    for row, strip in enumerate(strips):
        for column, (caption, picture) in enumerate(strip.pictures):
            x, y = GAP + column * (width + GAP), GAP + row * (height + GAP)
            pen.text((x, y), fitted(caption, font, width), fill=INK, font=font)
            sheet.paste(cell(picture, strip.crop, (width, side)), (x, y + line))
    return np.asarray(sheet)


def widest(strips: Sequence[Strip]) -> float:
    """Returns the cells' width to height: that of the widest picture, within 1:2 and 2:1."""
    shapes = []
    for strip in strips:
        rows, columns = strip.pictures[0][1].shape[:2]
        left, top, right, bottom = strip.crop or (0, 0, columns, rows)
        shapes.append((right - left) / max(1, bottom - top))
    return min(2.0, max(0.5, *shapes))


def cell(picture: Bytes, crop: Box | None, size: tuple[int, int]) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(picture[..., :3]))
    if crop is not None:
        image = image.crop(crop)
    scale = min(size[0] / image.width, size[1] / image.height)
    shown = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    image = image.resize(shown, Image.Resampling.LANCZOS)
    ground = Image.new("RGB", size, GROUND)
    ground.paste(image, ((size[0] - shown[0]) // 2, (size[1] - shown[1]) // 2))
    return ground


def fitted(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Returns the text, shortened with dots where it is wider than `width` pixels."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text + "..."


def colour_card(colours: Sequence[tuple[str, tuple[float, ...]]]) -> Bytes:
    """Returns a card (H, W, 3) of labelled swatches; colours are sRGB and coverage, 0..1 each."""
    width, row = 512, 64
    card = Image.new("RGB", (width, max(10, len(colours)) * row), PAPER)
    pen = ImageDraw.Draw(card)
    font = ImageFont.load_default(size=22)
    if not colours:
        pen.text((GAP, 18), "no makeup found", fill=INK, font=font)
    for place, (label, colour) in enumerate(colours):
        red, green, blue = (round(255 * part) for part in colour[:3])
        box = (GAP, place * row + 6, GAP + 120, (place + 1) * row - 6)
        pen.rectangle(box, fill=(red, green, blue), outline=INK)
        text = f"{label}  #{red:02x}{green:02x}{blue:02x}  {100 * colour[3]:.0f}%"
        pen.text((GAP + 136, place * row + 18), text, fill=INK, font=font)
    return np.asarray(card)

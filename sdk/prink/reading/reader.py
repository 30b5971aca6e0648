"""Reads a look off one photo: by the encoder that was trained for it, or by measuring colours."""

from dataclasses import fields, replace
from types import MappingProxyType
from typing import Final

from prink.arrays import Bytes
from prink.face import Face, FaceError, judge
from prink.face.close_up import close_up
from prink.frame import check_frame
from prink.params import Look
from prink.reading.confidence import hair_confidence, quality, visible
from prink.reading.encoder import Encoder, ReadingError, is_shipped, shipped_encoder
from prink.reading.estimate import Reading, assemble, checked, find, measure_look
from prink.reading.grid import open_picture
from prink.reading.hair import LEAST, SIZE, SOLID, read_hair, see_hair
from prink.reading.hair_patch import hair_patch, with_hair_patch
from prink.reading.head import Head, see_head
from prink.reading.light import measure_scene
from prink.reading.tidy import tidy_look
from prink.render.atlas import unwrap

__all__ = ["READERS", "choose_reader", "encode_look", "read_look"]

READERS: Final = ("encoder", "measured")
LARGEST_IOD: Final = 96.0  # px; the atlas takes single samples, and shows no finer detail
MARGIN: Final = 1.0  # inter-ocular distances around the landmarks: the mesh reaches up the forehead
HIDDEN: Final = 0.05  # visibility up to which nothing is said of a product
BARE: Final = Look()


def read_look(rgb: Bytes, *, face: Face | None = None, by: str | Encoder | None = None) -> Reading:
    """Returns makeup and hair colour of a face as a look, with how sure each part of it is.

    Args:
        rgb: (H, W, 3) uint8 sRGB.
        face: The face to read; by default the largest that is found.
        by: "encoder", the network that comes with prink; "measured", which fits the renderer's
            formulas and needs no network; or an `Encoder` of your own. By default the encoder, or
            where none is shipped, "measured".

    Raises:
        FaceError: if there is no face, it lies outside the picture, or the picture is not (H, W,
            3) uint8.
        ReadingError: if `by` is something else, or that encoder is not there or unusable.
    """
    check_frame(rgb, "rgb", error=FaceError)
    encoder = choose_reader(by)
    face = find(rgb) if face is None else checked(face, rgb)
    head = see_head(rgb, face)
    return measure_look(rgb, head) if encoder is None else encode_look(rgb, head, encoder)


def choose_reader(by: str | Encoder | None) -> Encoder | None:
    """Returns the encoder to read with, None for the measured way; see `read_look`."""
    if isinstance(by, Encoder):
        return by
    if by == "measured" or (by is None and not is_shipped()):
        return None
    if by is None or by == "encoder":
        return shipped_encoder()
    raise ReadingError(f"by is {by!r}, expected one of {', '.join(READERS)}, or an Encoder")


def encode_look(rgb: Bytes, head: Head, encoder: Encoder) -> Reading:
    """Returns the look that an encoder sees on a head (checked) of a photo (H, W, 3)."""
    face = head.face
    atlas = unwrap(*closer(rgb, face))
    tile = hair_tile(rgb, head) if encoder.reads_hair else None
    if tile is not None:
        atlas = with_hair_patch(atlas, tile)
    encoded = encoder.encode(atlas)
    reasons = judge(rgb, face).reasons
    good, seen = quality(face, reasons), visible(face.visibility)
    sure = {
        group: round(share * good * seen.get(group, 1.0), 3)
        for group, share in encoded.confidence.items()
    }
    hidden = {
        group.name: getattr(BARE, group.name)
        for group in fields(Look)
        if seen.get(group.name, 1.0) <= HIDDEN
    }
    look = tidy_look(replace(encoded.look, **hidden))
    if encoder.reads_hair and tile is None:
        look, sure["hair"] = replace(look, hair=BARE.hair), hair_confidence(good, 0)
    elif not encoder.reads_hair:
        hair = see_hair(rgb, head.hair)
        scene = measure_scene(open_picture(rgb, face.points), face)
        look = replace(look, hair=assemble(read_hair(hair, scene)).hair)
        sure["hair"] = hair_confidence(good, len(hair.along))
    return Reading(look, MappingProxyType(sure), reasons)


def hair_tile(rgb: Bytes, head: Head) -> Bytes | None:
    """Returns the atlas's patch of hair, from the whole photo; None if there is next to none."""
    hair = head.hair
    if hair is None or (hair.pixels > 255 * SOLID).mean() * SIZE**2 < LEAST:
        return None
    return hair_patch(rgb, head.face, hair)


def closer(rgb: Bytes, face: Face) -> tuple[Bytes, Face]:
    """Returns the part of a photo around a face, shrunk if it is large, and the face in it."""
    found = close_up(rgb, face.points, margin=MARGIN, largest=LARGEST_IOD)
    return found.rgb, found.placed(face)

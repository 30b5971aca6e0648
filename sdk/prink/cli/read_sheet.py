"""The sheet of `prink read`: the face, the colours that were read, and a second person in them."""

from pathlib import Path
from typing import TYPE_CHECKING

from prink.arrays import Bytes
from prink.cli.looks import swatches
from prink.params import Look

if TYPE_CHECKING:
    from prink.face import Face
    from prink.photo import Photo

    Cell = tuple[str, Bytes]

__all__ = ["write_sheet"]


def write_sheet(
    photo: "Photo", face: "Face", look: Look, path: Path, *, wearer: Path | None = None
) -> None:
    """Writes the face beside a card of the colours that were read.

    Args:
        photo: What was read.
        face: Its face.
        look: What was found.
        path: The picture to write.
        wearer: Photo of a second person, who is shown before and after.

    Raises:
        FaceError: if there is no face in the wearer's photo.
        PhotoError: if that photo cannot be read, or the sheet not be written.
    """
    from prink.photo import save_photo
    from prink.sheet import Strip, colour_card, contact_sheet

    cells = [("photo", head(photo.rgb, face)), ("read", colour_card(swatches(look)))]
    if wearer is not None:
        cells += worn(look, wearer)
    save_photo(contact_sheet([Strip(cells)], side=640), path)


def worn(look: Look, wearer: Path) -> "list[Cell]":
    """Returns the second person, before and after."""
    from prink.face import FaceError
    from prink.photo import load_photo
    from prink.tryon import TryOn

    rgb = load_photo(wearer).rgb
    with TryOn() as session:
        try:
            face = session.find(rgb)[0]
        except FaceError as error:
            raise FaceError(f"{error} ({wearer})") from None
        made = session.draw(rgb, look, faces=(face,))
    return [("before", head(rgb, face)), ("wears it", head(made, face))]


def head(rgb: "Bytes", face: "Face") -> "Bytes":
    from prink.sheet import head_box

    left, top, right, bottom = head_box(face.points, rgb.shape)
    return rgb[top:bottom, left:right]

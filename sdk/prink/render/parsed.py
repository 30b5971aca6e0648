"""What a head's pixels are, as layers of the plan."""

from collections.abc import Sequence

from prink.parse import Parsing
from prink.render.face_layer import FACE, face_layer
from prink.render.hair_layer import HAIR, hair_layer
from prink.render.layer import LayerPicture

__all__ = ["check_parsing", "parsed_layers"]


def check_parsing(parsing: object, faces: int) -> None:
    """Raises a `TypeError` that says what to pass, unless this is one or None for each face."""
    wanted = "expected what Parser.find returns, one Parsing or None for each face"
    if not isinstance(parsing, Sequence):
        raise TypeError(f"parsing is a {type(parsing).__name__}; {wanted}")
    if len(parsing) not in (0, faces):
        raise TypeError(f"parsing holds {len(parsing)} heads for {faces} faces; {wanted}")
    for head in parsing:
        if head is not None and not isinstance(head, Parsing):
            raise TypeError(f"parsing holds a {type(head).__name__}; {wanted}")


def parsed_layers(head: Parsing, *, width: int, height: int) -> dict[str, LayerPicture]:
    """Returns the layers that a head's squares make in a frame, by name."""
    found: dict[str, LayerPicture] = {}
    if head.face is not None and (face := face_layer(head.face)):
        found[FACE] = face
    if head.hair is not None and (hair := hair_layer(head.hair, width=width, height=height)):
        found[HAIR] = hair
    return found

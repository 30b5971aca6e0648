"""The look: schema, packing, files and presets."""

from prink.params.check import LookError, check_look
from prink.params.hair_colors import HAIR, hair_note, with_hair
from prink.params.layout import (
    LOOK_NUMBERS,
    LOOK_VEC4S,
    Parameter,
    from_vector,
    pack,
    parameter_at,
    parameters,
    to_vector,
)
from prink.params.look_file import (
    dump_look,
    edit,
    load_look,
    look_from_dict,
    look_to_dict,
    parse_look,
    save_look,
)
from prink.params.looks import LOOKS, look, look_note
from prink.params.schema import SCHEMA_VERSION, Look, Rgba, Spec

__all__ = [
    "HAIR",
    "LOOKS",
    "LOOK_NUMBERS",
    "LOOK_VEC4S",
    "SCHEMA_VERSION",
    "Look",
    "LookError",
    "Parameter",
    "Rgba",
    "Spec",
    "check_look",
    "dump_look",
    "edit",
    "from_vector",
    "hair_note",
    "load_look",
    "look",
    "look_from_dict",
    "look_note",
    "look_to_dict",
    "pack",
    "parameter_at",
    "parameters",
    "parse_look",
    "save_look",
    "to_vector",
    "with_hair",
]

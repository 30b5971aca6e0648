"""Vectors of looks: their file form, their numbers, and what the shaders read."""

from typing import Final

import numpy as np

from prink.params import (
    HAIR,
    LOOK_NUMBERS,
    LOOKS,
    SCHEMA_VERSION,
    Look,
    from_vector,
    look_to_dict,
    pack,
    parameters,
)
from prink.params.layout import check_numbers
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["look_packing"]

LINEAR: Final = 1e-5  # of packed numbers
PACKED: Final = ("no_makeup", "classic_red", "smoky_eye", "electric_editorial")


def look_packing() -> Vector:
    """Returns looks in the form of files, their numbers in schema order, and packed."""
    looks = {"bare": Look(), "full": from_vector(np.ones(LOOK_NUMBERS))}
    looks |= {name: LOOKS[name] for name in PACKED} | {"balayage": HAIR["balayage"]}
    data = {
        "version": SCHEMA_VERSION,
        "tolerance": LINEAR,
        "offsets": {parameter.path: parameter.offset for parameter in parameters()},
        "looks": [
            {
                "name": name,
                "look": look_to_dict(look),
                "numbers": check_numbers(look),
                "packed": rounded(pack(look).ravel(), 7),
            }
            for name, look in looks.items()
        ],
    }
    return Vector(
        subject="A look as numbers, and as the shaders read it.",
        inputs={
            "looks.look": "a look in the form of look files; colours are sRGB 0..1 and coverage",
            "version": "of the schema",
            "offsets": "first float of each parameter in the packed look; see sdk/prink/params/"
            "PARAMS.md",
        },
        outputs={
            "looks.numbers": "all numbers in schema order, as they are in the file",
            "looks.packed": "`u_look`, vec4 by vec4: colours in linear light, coverage and other "
            "numbers as they are, 0 where nothing lies",
            "tolerance": "of a packed number",
        },
        data=data,
    )

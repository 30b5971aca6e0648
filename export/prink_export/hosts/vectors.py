"""Writes test vectors, which every host's tests read: inputs, and what prink makes of them.

Inputs have few decimals, so that each host reads the very same numbers.
"""

import json
import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink.face.filter import MOTION, SHAPE, FaceFilter, OneEuro, OneEuroSettings
from prink.face.landmark import POINT_COUNT
from prink.params import (
    HAIR,
    LOOKS,
    SCHEMA_VERSION,
    Look,
    from_vector,
    look_to_dict,
    pack,
    parameters,
)
from prink.params.layout import check_numbers
from prink.render.assets import read_mesh
from prink.render.atlas import TILES

__all__ = ["PIXELS", "face_points", "near", "rounded", "text_of", "vector_files"]

PIXELS: Final = 0.01
"""How far a host that computes in single precision may be from an expected place, in pixels."""
UNITS: Final = 1e-4
"""The same for filtered values around one, and a tenth of it for packed numbers."""
ROUNDING: Final = 2e-4
"""How far the vectors of two machines may be apart: their last digit."""
PACKED: Final = ("no_makeup", "classic_red", "smoky_eye", "electric_editorial")
SHOWN: Final = (0, 13, 33, 61, 133, 152, 234, 263, 291, 362, 454, 468, 473, 477)
FRAMES: Final = 10


def vector_files() -> dict[str, str]:
    """Returns the JSON files by name."""
    files = {
        "landmark_filter.json": landmark_filter(),
        "look_packing.json": look_packing(),
        "atlas_corners.json": atlas_corners(),
    }
    return {name: text_of(data) for name, data in files.items()}


def text_of(data: dict[str, Any]) -> str:
    """Returns a vector file's text."""
    return json.dumps({"generated_by": "prink_export.codegen; do not edit"} | data) + "\n"


def near(given: object, fresh: object, *, within: float = ROUNDING) -> bool:
    """Tells whether two parsed vectors are the same but for the last digit of numbers.

    That is half of the tolerance that a file gives to hosts, if that is less than `within`.
    """
    if isinstance(given, dict) and isinstance(fresh, dict):
        half = min(within, fresh.get("tolerance", 1.0) / 2)
        return given.keys() == fresh.keys() and all(
            near(given[k], fresh[k], within=half) for k in fresh
        )
    if isinstance(given, list) and isinstance(fresh, list):
        pairs = zip(given, fresh, strict=False)
        return len(given) == len(fresh) and all(near(a, b, within=within) for a, b in pairs)
    if isinstance(given, float | int) and isinstance(fresh, float | int):
        return math.isclose(given, fresh, rel_tol=0.0, abs_tol=within)
    return given == fresh


def rounded(values: NDArray[np.floating[Any]], digits: int) -> list[Any]:
    """Returns numbers with few decimals, so that each host reads the very same ones."""
    found: list[Any] = (np.round(values.astype(np.float64), digits) + 0.0).tolist()
    return found


def face_points() -> Doubles:
    """Returns points (478, 3) in pixels that are laid out like a face, and tilted a little."""
    mesh = read_mesh()
    vertices, points = mesh.vertices, np.zeros((POINT_COUNT, 3))
    # A vertex that sits on one landmark tells where that lies on the flat face.
    single = vertices["weight"][:, 0] == 1.0
    places = vertices["face"][single][:, :2]
    points[vertices["index"][single][:, 0], :2] = places * (300.0, 360.0)
    for first, (x, y) in ((468, (96.0, 158.0)), (473, (204.0, 158.0))):
        points[first : first + 5, :2] = np.array([x, y]) + np.array(
            [(0.0, 0.0), (6.0, 0.0), (0.0, -6.0), (-6.0, 0.0), (0.0, 6.0)]
        )
    depth = 0.002 * ((points[:, 0] - 150.0) ** 2 + (points[:, 1] - 200.0) ** 2)
    turned = points[:, 0] + 1j * points[:, 1]
    turned = turned * np.exp(0.12j) + (180.0 + 40.0j)
    return np.column_stack([turned.real, turned.imag, depth])


def face_series() -> tuple[Doubles, Doubles]:
    """Returns times (T,) in seconds and points (T, 478, 3): a noisy face that moves and talks."""
    random = np.random.default_rng(5)
    times = np.cumsum([0.0, *(0.033 + 0.01 * random.random(FRAMES - 1))])
    base, frames = face_points(), []
    for time in times:
        points = base + random.normal(0.0, 0.4, base.shape)
        points[:, 0] += 60.0 * time
        points[[13, 14, 87, 317], 1] += 12.0 * math.sin(6.0 * time)
        frames.append(points)
    return np.round(times, 4), np.round(np.stack(frames), 1)


def landmark_filter() -> dict[str, Any]:
    times, frames = face_series()
    face, shown = FaceFilter(), []
    for place, points in enumerate(frames):
        seconds = times[place] - times[place - 1] if place else 1.0 / 30.0
        shown.append(face.step(points.astype(np.float32), float(seconds))[list(SHOWN)])
    return {
        "one_euro": [series(MOTION, "motion"), series(SHAPE, "shape")],
        "face": {
            "tolerance": PIXELS,
            "times": times.tolist(),
            "points": frames.tolist(),
            "shown": list(SHOWN),
            "expected": rounded(np.stack(shown), 4),
        },
    }


def series(settings: OneEuroSettings, name: str) -> dict[str, Any]:
    """Returns input and output of one filter: four rows, of which one moves and one jumps."""
    random = np.random.default_rng(9)
    seconds = np.round(0.02 + 0.03 * random.random(24), 3)
    values = np.round(random.normal(0.0, 0.01, (24, 4, 3)), 3)
    values[:, 1, 0] += np.round(0.4 * np.cumsum(seconds), 3)
    values[12:, 2, 1] += 0.5
    one, unit = OneEuro(settings), np.array([1.0, 1.0, 4.0])
    found = [one.step(value, float(s), unit=unit) for value, s in zip(values, seconds, strict=True)]
    told = vars(settings)
    return {
        "name": name,
        "tolerance": UNITS,
        "settings": dict(told),
        "unit": unit.tolist(),
        "seconds": seconds.tolist(),
        "values": np.round(values, 3).tolist(),
        "expected": rounded(np.stack(found), 6),
    }


def look_packing() -> dict[str, Any]:
    """Returns looks in the form of files, their numbers in schema order, and packed."""
    looks = {"bare": Look(), "full": from_vector(np.ones(len(check_numbers(Look()))))}
    looks |= {name: LOOKS[name] for name in PACKED} | {"balayage": HAIR["balayage"]}
    return {
        "version": SCHEMA_VERSION,
        "tolerance": UNITS / 10,
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


def atlas_corners() -> dict[str, Any]:
    """Returns for each tile what lies at its corners: on the flat face, in the atlas, in a frame.

    A corner's vertex is the one of the mesh that is nearest to it on the flat face.
    """
    points, mesh = face_points().round(2), read_mesh()
    flat = mesh.vertices["face"][:, :2].astype(np.float64)
    frame = mesh.positions(points.astype(np.float32)).astype(np.float64)
    tiles = []
    for name, tile in TILES.items():
        scale, offset = (each.astype(np.float64) for each in tile.to_pixels())
        x0, y0, x1, y1 = tile.face
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
        vertices = [int(((flat - corner) ** 2).sum(1).argmin()) for corner in corners]
        tiles.append(
            {
                "tile": name,
                "face": corners.tolist(),
                "atlas": rounded(corners * scale + offset, 4),
                "vertices": vertices,
                "vertices_atlas": rounded(flat[vertices] * scale + offset, 4),
                "vertices_frame": rounded(frame[vertices], 4),
            }
        )
    return {"tolerance": PIXELS, "points": points.tolist(), "tiles": tiles}

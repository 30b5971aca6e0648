"""A face's row: one table, places that hosts may rely on, and nobody who types them again."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from prink.face import Face
from prink.face.landmark import POINT_COUNT
from prink.render.assets import asset, read_mesh
from prink.render.face_row import drawable
from prink.render.row import ROW, TEXELS, named, new_row, placed

REPOSITORY = Path(__file__).parents[2]
HOSTS = ("android_bridge", "ios_bridge", "web_bridge")
AFTER_THE_POINTS = range(POINT_COUNT, POINT_COUNT + sum(texel.count for texel in TEXELS[1:]))
DRAWING = ("sdk/prink/render", "export/prink_export/hosts", "export/prink_export/codegen")


def test_places_are_public_so_they_stay() -> None:
    assert [(each.numbers.name, each.place, each.channels) for each in placed()] == [
        ("points", 0, "xyz"),
        ("presence", 478, "x"),
        ("lips_seen", 478, "y"),
        ("right_eye_seen", 478, "z"),
        ("left_eye_seen", 478, "w"),
        ("right_cheek_seen", 479, "x"),
        ("left_cheek_seen", 479, "y"),
        ("right_open", 479, "z"),
        ("left_open", 479, "w"),
        ("centre", 480, "xy"),
        ("half", 480, "z"),
        ("scale", 480, "w"),
        ("hair_to_frame", 481, "xyz"),
        ("hair_bounds", 483, "xyzw"),
        ("drawn_box", 484, "xyzw"),
        ("face_from_frame", 485, "xyz"),
        ("parsed", 487, "x"),
        ("hair_reach", 488, "x"),
    ]


def test_the_table_fits_its_row_and_names_everything_once() -> None:
    assert AFTER_THE_POINTS.stop <= ROW
    assert all(sum(each.width for each in texel.numbers) <= 4 for texel in TEXELS)
    names = [each.numbers.name for each in placed()]
    assert len(set(names)) == len(names)
    assert {each.numbers.unit for each in placed()} == {"px", "share", "square", "face sizes"}


def test_numbers_are_written_and_read_by_name_in_arrays_and_tensors() -> None:
    affine = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    row = new_row(hair_to_frame=affine, left_open=0.5, centre=(7.0, 8.0))
    assert row.shape == (ROW, 4)
    assert row.dtype == np.float32
    for read in (row, torch.from_numpy(row)):
        assert read[named("hair_to_frame")].tolist() == affine
        assert float(read[named("left_open")]) == 0.5
        assert read[named("centre")].tolist() == [7.0, 8.0]
    assert row.sum() == sum(sum(line) for line in affine) + 0.5 + 15.0
    with pytest.raises(KeyError, match="left_ear"):
        new_row(left_ear=1.0)


def test_a_face_tells_its_own_numbers(astronaut_face: Face) -> None:
    drawn = drawable(astronaut_face, mesh=read_mesh(), width=512, height=512)
    assert drawn is not None
    assert (drawn.row[named("points")] == astronaut_face.points).all()
    for name in ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek"):
        assert drawn.row[named(f"{name}_seen")] == np.float32(
            getattr(astronaut_face.visibility, name)
        )
    assert drawn.row[named("right_open")] == np.float32(astronaut_face.visibility.right_open)
    assert not drawn.row[POINT_COUNT + 3 :].any()


def test_shaders_get_the_same_places() -> None:
    text = asset("generated/row.glsl").read_text()
    found = {name: int(place) for name, place in re.findall(r"#define ROW_(\w+) (\d+)", text)}
    assert found == {each.texel.name.upper(): each.place for each in placed()}


def typed_in_python(path: Path) -> list[str]:
    """Returns where a texel's number is typed: where rows are at home, or else as an index."""
    tree = ast.parse(path.read_text())
    if not relative(path).startswith(DRAWING):
        indices = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
        tree = ast.Module([ast.Expr(index) for index in indices], [])
    return [
        f"{relative(path)}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) is int
        if node.value in AFTER_THE_POINTS
    ]


def typed_elsewhere(path: Path) -> list[str]:
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    numbers = (int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w.])", text))
    return [f"{relative(path)}: {number}" for number in numbers if number in AFTER_THE_POINTS]


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def by_hand(folders: tuple[str, ...], *suffixes: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in suffixes
        and not {"generated", "Generated", "node_modules"} & {*path.parts}
    ]


def test_nobody_types_a_texel_again() -> None:
    python = by_hand(("sdk/prink", "export/prink_export"), ".py")
    shaders = by_hand(("shaders",), ".glsl", ".vert", ".frag")
    hosts = by_hand(HOSTS, ".kt", ".swift", ".ts", ".cpp", ".h", ".metal")
    assert len(python) > 200
    assert len(shaders) > 40
    assert [line for path in python for line in typed_in_python(path)] == []
    assert [line for path in (*shaders, *hosts) for line in typed_elsewhere(path)] == []

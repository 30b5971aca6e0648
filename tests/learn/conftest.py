"""Faces to learn from: small pictures of two people, and a teacher that sees hair in them."""

import csv
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageOps

from prink.arrays import Bytes
from prink.learn.data.faces import BaseFace, fill_faces, load_faces, photo_rows
from prink.learn.data.stream import Batch, batches


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory, astronaut: Bytes, hopper: Bytes) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    large = Image.fromarray(astronaut).resize((1024, 1024))
    pictures = {"a": large, "b": Image.fromarray(hopper), "c": ImageOps.mirror(large)}
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.png")
    return folder


@pytest.fixture(scope="session")
def faces(photos: Path) -> list[BaseFace]:
    cache = photos / "cache" / "train.npz"
    for _ in fill_faces(photo_rows(photos, split="train"), cache):
        pass
    return load_faces(cache)


@pytest.fixture(scope="session")
def batch(faces: list[BaseFace]) -> Batch:
    return next(batches(faces, batch=2, seed=1, workers=0))


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory, astronaut: Bytes, hopper: Bytes) -> Path:
    """A folder with portraits.csv: one person to learn from, one to choose the checkpoint by."""
    folder = tmp_path_factory.mktemp("portraits")
    (folder / "images").mkdir()
    rows = []
    for name, group, rgb in (("p0001", "g0000", astronaut), ("p0002", "g0001", hopper)):
        Image.fromarray(rgb).save(folder / "images" / f"{name}.png")
        labels = {"skin_bin_ita": "tan", "hair_colour_auto": "brown", "iod_px": "60"}
        plain = dict.fromkeys(("headwear", "glasses", "makeup_visible"), "no")
        who = {"file": f"{name}.png", "split": "train", "subject_group": group, "n_faces": "1"}
        rows.append(who | labels | plain)
    with (folder / "portraits.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="session")
def dark_is_hair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher with the ports of MediaPipe's hair network, to which all that is dark is hair."""
    weights = np.zeros((2, 4, 1, 1), np.float32)
    weights[0, :3] = 8.0  # the first plane is that of the rest
    inside = {"weights": weights, "least": np.array([-6.0, 0.0], np.float32)}
    node = helper.make_node("Conv", ["planes", *inside], ["scores"])
    shapes = {"planes": [1, 4, 512, 512], "scores": [1, 2, 512, 512]}
    ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]
    held = [numpy_helper.from_array(each, name) for name, each in inside.items()]
    graph = helper.make_graph([node], "dark", ends[:1], ends[1:], held)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    path = tmp_path_factory.mktemp("teacher") / "teacher.onnx"
    onnx.save(model, path)
    return path

"""Pictures that every test may use: two wheel portraits, and the licensed folder if at hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes
from prink.params import Look, look_from_dict, parameters, to_vector
from prink.params.fields import FieldList, schema_fields
from prink.portraits import shared_folder


@pytest.fixture(scope="session")
def rich() -> Look:
    """Every product at once, each parameter in the middle of its range."""
    groups: dict[str, dict[str, object]] = {}
    for p in parameters():
        value = [*p.default[:3], 0.7] if isinstance(p.default, tuple) else 0.5
        groups.setdefault(p.group, {})[p.name] = value
    return look_from_dict({"version": 1, **groups})


@pytest.fixture(scope="session")
def astronaut() -> Bytes:
    from skimage.data import astronaut

    return np.ascontiguousarray(astronaut())


@pytest.fixture(scope="session")
def hopper() -> Bytes:
    from matplotlib.cbook import get_sample_data
    from PIL import Image

    with get_sample_data("grace_hopper.jpg") as file:
        return np.asarray(Image.open(file).convert("RGB"))


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip(f"needs the shared pictures and models (set PRINK_SHARED), not at {folder}")
    return folder


@pytest.fixture(scope="session")
def portraits(shared: Path) -> Path:
    return shared / "portraits"


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A maker of real ONNX files that see the mean lip colour and guess the rest."""

    def make(
        look: Look | None = None,
        *,
        confidence: float = 1.0,
        knows: FieldList | None = None,
        groups: int | None = None,
        outputs: tuple[str, str] = ("look", "confidence"),
        **metadata: str,
    ) -> Path:
        onnx = pytest.importorskip("onnx", reason="needs onnx: pip install '.[learn]'")
        from onnx import TensorProto, helper, numpy_helper

        knows = knows or schema_fields()
        groups = groups or len(knows.groups)
        vector = knows.of_look(to_vector(look or Look()))
        seen = np.zeros((4, len(vector)), np.float32)
        if look is None:
            seen[:, knows.places["lips.color"]] = np.eye(4)
            vector[knows.places["lips.color"]] = 0.0
        constants = {
            "starts": np.array([96, 0]),
            "ends": np.array([192, 128]),
            "axes": np.array([2, 3]),
            "seen": seen,
            "rest": vector[None],
            "sure": np.full((1, groups), confidence, np.float32),
        }
        nodes = [
            helper.make_node("Slice", ["atlas", "starts", "ends", "axes"], ["lips"]),
            helper.make_node("GlobalAveragePool", ["lips"], ["pooled"]),
            helper.make_node("Flatten", ["pooled"], ["mean"]),
            helper.make_node("Gemm", ["mean", "seen", "rest"], [outputs[0]]),
            helper.make_node("Identity", ["sure"], [outputs[1]]),
        ]
        shapes = ([1, 4, 256, 256], [1, len(vector)], [1, groups])
        ends = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in zip(("atlas", *outputs), shapes, strict=True)
        ]
        inside = [numpy_helper.from_array(each, name) for name, each in constants.items()]
        graph = helper.make_graph(nodes, "tiny", ends[:1], ends[1:], inside)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
        helper.set_model_props(model, {"fields": knows.text()} | metadata)
        path = tmp_path_factory.mktemp("encoder") / "tiny.onnx"
        onnx.save(model, path)
        return path

    return make

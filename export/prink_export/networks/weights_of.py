"""Reads the weights of a torch module out of an ONNX file that was exported from it.

The files that come with prink hold folded weights and no checkpoint comes with them. The older
exporter of torch names each node after the module that made it, so every weight finds its place.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval, fuse_linear_bn_eval

from prink_export.network import ExportError

__all__ = ["fold_norms", "read_model", "weights_of"]

Array = NDArray[Any]
NAMES: Final = {
    "Conv": ("weight", "bias"),
    "ConvTranspose": ("weight", "bias"),
    "Gemm": ("weight", "bias"),
    "MatMul": ("weight",),
    "BatchNormalization": ("weight", "bias", "running_mean", "running_var"),
}
SHOWN: Final = 3  # names in an error


def weights_of(module: nn.Module, path: Path, *, derived: Collection[str] = ()) -> nn.Module:
    """Returns the module in eval mode with the file's weights and no batch normalisation left.

    Args:
        module: The class the file was exported from; its own weights do not matter.
        path: What the older exporter of torch (`dynamo=False`) wrote.
        derived: Names of constants that the module makes itself; the file's are not read.

    Raises:
        ExportError: The file is no ONNX file, a weight is missing, left over or of another shape.
    """
    stored = tensors_of(read_model(path), path)
    found = {name: value for name, value in stored.items() if name not in derived}
    kept = {name.rpartition(".")[0] for name in found if name.endswith(".running_mean")}
    fold_norms(module.eval(), unless=kept)
    expected = {
        name: value
        for name, value in module.state_dict().items()
        if not name.endswith(".num_batches_tracked")
    }
    check(found, expected, path)
    module.load_state_dict(
        {name: torch.from_numpy(np.array(value)) for name, value in found.items()}, strict=False
    )
    return fold_norms(module).requires_grad_(False)


def read_model(path: Path) -> Any:  # noqa: ANN401 (onnx has no types)
    """Returns an ONNX model.

    Raises:
        ExportError: There is no such file, or it is none.
    """
    import onnx

    if not path.is_file():
        raise ExportError(f"there is no file with weights of that name ({path})")
    try:
        model = onnx.load(path)
    except Exception:  # protobuf's own class, whose package has no types
        raise ExportError(f"the file is no ONNX file ({path})") from None
    if not model.graph.node:
        raise ExportError(f"the file is no ONNX file ({path})")
    return model


def fold_norms(module: nn.Module, *, unless: Collection[str] = ()) -> nn.Module:
    """Returns the module (eval), each normalisation in a Sequential folded into the layer before.

    Args:
        module: Changed in place.
        unless: Paths of normalisations that stay.
    """
    for path, parent in list(module.named_modules()):
        if not isinstance(parent, nn.Sequential):
            continue
        for place in range(len(parent) - 1):
            layer, norm = parent[place], parent[place + 1]
            if f"{path}.{place + 1}".lstrip(".") in unless:
                continue
            if isinstance(layer, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                parent[place], parent[place + 1] = fuse_conv_bn_eval(layer, norm), nn.Identity()
            elif isinstance(layer, nn.Linear) and isinstance(norm, nn.BatchNorm1d):
                parent[place], parent[place + 1] = fuse_linear_bn_eval(layer, norm), nn.Identity()
    return module


def tensors_of(model: Any, path: Path) -> dict[str, Array]:  # noqa: ANN401 (onnx has no types)
    """Returns what the module's `state_dict` would hold, by its names."""
    from onnx import numpy_helper

    graph = model.graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    same = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    found: dict[str, Array] = {}
    used: set[str] = set()
    for node in graph.node:
        sources = [origin(name, same) for name in node.input[1:]]
        if node.op_type not in NAMES or not sources or sources[0] not in stored:
            continue
        used |= set(sources)
        for name, source in zip(NAMES[node.op_type], sources, strict=False):
            key = f"{module_path(node.name)}.{name}"
            value = turned(node, stored[source]) if name == "weight" else stored[source]
            if key in found and not np.array_equal(found[key], value):
                raise ExportError(f"the file gives two different values of {key} ({path})")
            found[key] = value
    rest = {name: stored[name] for name in stored.keys() - used if "::" not in name}
    return found | rest


def origin(name: str, same: Mapping[str, str]) -> str:
    """Returns where a value comes from; equal weights are stored once."""
    while name in same:
        name = same[name]
    return name


def turned(node: Any, weight: Array) -> Array:  # noqa: ANN401 (onnx has no types)
    """Returns the weight as torch keeps it: outputs first."""
    flipped = any(each.name == "transB" and each.i for each in node.attribute)
    if node.op_type == "MatMul" or (node.op_type == "Gemm" and not flipped):
        return np.ascontiguousarray(weight.T)
    return weight


def module_path(node: str) -> str:
    """Returns `net.eye.layers.0.0` of `/net/eye/layers/layers.0/layers.0.0/Conv`."""
    parts = node.strip("/").split("/")[:-1]
    following = [*parts[1:], ""]
    return ".".join(
        part for part, next_ in zip(parts, following, strict=True) if not begins(next_, part)
    )


def begins(name: str, part: str) -> bool:
    """Tells whether a child's name repeats its parent's, as those of a Sequential do."""
    return name.startswith(f"{part}.") and name[len(part) + 1 :].replace(".", "").isdigit()


def check(found: Mapping[str, Array], expected: Mapping[str, Tensor], path: Path) -> None:
    """Refuses weights that are not exactly those of the module."""
    wrong = list(differences(found, expected))
    if wrong:
        more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise ExportError(
            f"the weights are not of this network: {', '.join(wrong[:SHOWN])}{more} ({path})"
        )


def differences(found: Mapping[str, Array], expected: Mapping[str, Tensor]) -> Iterator[str]:
    for name in sorted(expected.keys() - found.keys()):
        yield f"{name} is missing"
    for name in sorted(found.keys() - expected.keys()):
        yield f"{name} is left over"
    for name in sorted(expected.keys() & found.keys()):
        shape, wanted = found[name].shape, tuple(expected[name].shape)
        if shape != wanted:
            yield f"{name} is {shape}, expected {wanted}"
        elif not np.isfinite(found[name]).all():
            yield f"{name} holds NaN or infinity"

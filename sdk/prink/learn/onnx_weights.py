"""A network and its weights in one ONNX file, which torch can load again.

Each initialiser of such a file is named by its place in the torch module, `net.mix.weight`, and
there is one for each entry of the module's `state_dict`, normalisations folded. So ONNX Runtime
runs the file, and torch takes its weights by name; nothing is known of the graph.
"""

import copy
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval, fuse_linear_bn_eval

from prink.errors import PrinkError
from prink.whole_file import whole_file

__all__ = ["WeightsError", "WeightsFile", "fold_norms", "load_weights", "read_weights"]
__all__ += ["write_onnx"]

OPSET: Final = 18
SHOWN: Final = 3  # names in an error
NUMBERED: Final = "::"  # as in onnx::Conv_918, which torch calls a weight that it made
Array = NDArray[Any]
Net = TypeVar("Net", bound=nn.Module)


class WeightsError(PrinkError, ValueError):
    """A file holds no weights of the network that asks for them, told in one plain sentence."""


@dataclass(frozen=True, eq=False)
class WeightsFile:
    """What an ONNX file holds beside its graph.

    Attributes:
        path: The file.
        tensors: Its initialisers by name.
        metadata: Its strings by key.
    """

    path: Path
    tensors: Mapping[str, Array]
    metadata: Mapping[str, str]


def write_onnx(
    module: nn.Module,
    path: Path,
    *,
    example: Tensor,
    inputs: Sequence[str],
    outputs: Sequence[str],
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Writes a module with its weights, whole or not at all; normalisations are folded.

    Args:
        module: On the CPU; it is not changed.
        path: The file.
        example: Its input, such as (1, 4, H, W), with the batch that the file is to have.
        inputs: Names of forward's arguments.
        outputs: Names of what forward returns.
        metadata: Strings to keep inside the file.

    Raises:
        WeightsError: torch kept a weight under another name, as it does with one that only a
            constant expression reads; then nothing is written.
    """
    import onnx

    folded = fold_norms(copy.deepcopy(module).eval())
    folded.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    with warnings.catch_warnings(), whole_file(path, error=OSError) as part:
        warnings.simplefilter("ignore")
        # The older exporter writes one plain file and names the initialisers as the module does.
        torch.onnx.export(
            folded,
            (example,),
            part,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
        )
        written = onnx.load(part)
        store_each(written.graph)
        stored = {each.name: onnx.numpy_helper.to_array(each) for each in written.graph.initializer}
        check(stored, folded.state_dict(), path)
        onnx.helper.set_model_props(written, dict(metadata or {}))
        onnx.save(written, part)


def store_each(graph: Any) -> None:  # noqa: ANN401 (onnx has no types)
    """Gives every weight an initialiser of its own where torch wrote equal ones only once."""
    stored = {each.name: each for each in graph.initializer}
    for node in [each for each in graph.node if each.op_type == "Identity"]:
        if node.input[0] in stored:
            graph.initializer.add().CopyFrom(stored[node.input[0]])
            graph.initializer[-1].name = node.output[0]
            graph.node.remove(node)


def read_weights(path: Path) -> WeightsFile:
    """Returns the initialisers and the metadata of an ONNX file.

    Raises:
        WeightsError: There is no such file, or it is none.
    """
    import onnx

    if not path.is_file():
        raise WeightsError(f"there is no file with weights of that name ({path})")
    try:
        model = onnx.load(path)
    except Exception:  # protobuf's own class, whose package has no types
        raise WeightsError(f"the file is no ONNX file ({path})") from None
    if not model.graph.node:
        raise WeightsError(f"the file is no ONNX file ({path})")
    tensors = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}
    return WeightsFile(path, tensors, {each.key: each.value for each in model.metadata_props})


def load_weights(module: Net, file: WeightsFile) -> Net:
    """Returns the module in eval mode with a file's weights and its normalisations folded.

    Args:
        module: The class the file was written from; its own weights do not matter. It is changed.
        file: Of `read_weights`.

    Raises:
        WeightsError: A weight is missing, left over, of another shape or not finite.
    """
    if any(NUMBERED in name for name in file.tensors):
        raise WeightsError(
            "the file numbers its weights, as an older prink wrote it; "
            f"write it anew from its checkpoint ({file.path})"
        )
    fold_norms(module.eval())
    check(file.tensors, module.state_dict(), file.path)
    module.load_state_dict({k: torch.from_numpy(np.array(v)) for k, v in file.tensors.items()})
    return module.requires_grad_(False)


def fold_norms(module: Net) -> Net:
    """Returns the module (eval), each normalisation in a Sequential folded into the layer before.

    Args:
        module: Changed in place.
    """
    for parent in [each for each in module.modules() if isinstance(each, nn.Sequential)]:
        for place in range(len(parent) - 1):
            layer, norm = parent[place], parent[place + 1]
            if isinstance(layer, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                parent[place], parent[place + 1] = fuse_conv_bn_eval(layer, norm), nn.Identity()
            elif isinstance(layer, nn.Linear) and isinstance(norm, nn.BatchNorm1d):
                parent[place], parent[place + 1] = fuse_linear_bn_eval(layer, norm), nn.Identity()
    return module


def check(found: Mapping[str, Array], expected: Mapping[str, Tensor], path: Path) -> None:
    """Refuses weights that are not exactly those of the module."""
    wrong = list(differences(found, expected))
    if wrong:
        more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise WeightsError(
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

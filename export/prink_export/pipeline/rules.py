"""Rules for authors of networks that are to run on phones, checked before anything is converted.

Each rule was found by converting: what breaks it either fails in a converter or leaves the GPU of a
phone; so they warn, and each format refuses for itself what it cannot carry. The graph of
`torch.export` is searched, so only what a forward pass really does counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.export.graph_signature import InputKind

from prink_export.network import ExportError

__all__ = ["Finding", "broken_rules", "sentences"]

RANK: Final = 4
SHOWN: Final = 3  # places in a sentence
TOLD: Final = {
    "grid_sampler": (
        "TFLite has no such operation: it becomes about 95 others, some of rank 5, and none of the "
        "network runs on the GPU",
        "return the displacement and sample in the shader that draws",
    ),
    "group_norm": (
        "it becomes BROADCAST_TO, which the GPU delegate refuses",
        "nn.BatchNorm2d, or x.mean((2, 3), keepdim=True) of x and of x * x",
    ),
    "hardswish": (
        "Core ML makes three operations of it, and int8 makes steps of its curve",
        "nn.ReLU or nn.ReLU6",
    ),
}
NAMES: Final = {
    "grid_sampler": "grid_sampler",
    "grid_sampler_2d": "grid_sampler",
    "grid_sampler_3d": "grid_sampler",
    "group_norm": "group_norm",
    "native_group_norm": "group_norm",
    "hardswish": "hardswish",
    "hardswish_": "hardswish",
}
PRODUCTS: Final = ("matmul", "mm", "bmm")
LEFT: Final = (
    "a matrix product with a constant on the left cannot be quantised and leaves the GPU",
    "functional.linear(x, constant) with x turned so that its last axis is summed over",
)
WIDE: Final = (
    f"phone GPUs and NPUs take at most {RANK} axes",
    "fold two axes into one, or keep a list of pictures",
)
DYNAMIC: Final = (
    "its shape depends on the values of the input",
    "a fixed number of places, with a weight of 0 where there is nothing",
)


@dataclass(frozen=True)
class Finding:
    """A broken rule: the operation, the module's path that holds it, why not, what instead."""

    op: str
    path: str
    why: str
    instead: str

    def __str__(self) -> str:
        return f"{self.op} at {place(self.path)}: {self.why}; write {self.instead}"


def place(path: str) -> str:
    return path or "the module itself"


def sentences(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Returns a sentence for each operation that breaks a rule, with the places that have it."""
    places: dict[Finding, list[str]] = {}
    for each in findings:
        places.setdefault(replace(each, path=""), []).append(place(each.path))
    found = []
    for each, where in places.items():
        more = f" and {len(where) - SHOWN} more" if len(where) > SHOWN else ""
        found.append(str(replace(each, path=", ".join(where[:SHOWN]) + more)))
    return tuple(found)


def broken_rules(module: nn.Module, inputs: Sequence[Tensor]) -> list[Finding]:
    """Returns what in a module would keep it off a phone's accelerators; empty where nothing does.

    Args:
        module: In eval mode; it is not changed.
        inputs: Examples, in the order of forward's arguments, such as (1, 3, H, W).

    Raises:
        ExportError: torch cannot follow the forward pass at all.
    """
    try:
        with torch.no_grad():
            program = torch.export.export(module, tuple(inputs))
    except Exception as cause:  # torch.export raises whatever the traced code does, and its own
        return [of_failure(cause)]
    constants = constant_nodes(program)
    found: dict[Finding, None] = {}
    for node in program.graph.nodes:
        if node.op == "call_function":
            found |= dict.fromkeys(of_node(node, constants))
    return list(found)


def of_failure(cause: Exception) -> Finding:
    """Returns the finding that a failed export stands for.

    Raises:
        ExportError: It is none of shapes.
    """
    words = str(cause)
    if "data-dependent" in words.lower() or "unbacked" in words.lower() or "u0" in words:
        return Finding("a shape or branch", "", *DYNAMIC)
    first = next(iter(words.strip().splitlines()), type(cause).__name__)
    raise ExportError(f"torch.export cannot follow the module: {first}") from cause


def of_node(node: Any, constants: set[str]) -> Iterable[Finding]:  # noqa: ANN401 (torch.fx)
    """Yields the rules that an operation breaks."""
    name, path = op_name(node), module_path(node)
    if name in NAMES:
        yield Finding(name, path, *TOLD[NAMES[name]])
    if name in PRODUCTS and str(node.args[0]) in constants and str(node.args[1]) not in constants:
        yield Finding(name, path, *LEFT)
    for value in tensors(node.meta.get("val")):
        if value.ndim > RANK:
            yield Finding(f"{name} of {value.ndim} axes", path, *WIDE)
        if any(not isinstance(size, int) for size in value.shape):
            yield Finding(name, path, *DYNAMIC)


def op_name(node: Any) -> str:  # noqa: ANN401 (torch.fx)
    """Returns `conv2d` of `aten.conv2d.default`."""
    parts = str(node.target).split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "aten" else str(node.target)


def module_path(node: Any) -> str:  # noqa: ANN401 (torch.fx)
    """Returns the path of the innermost module whose forward has the operation."""
    stack: Mapping[str, tuple[str, Any]] = node.meta.get("nn_module_stack") or {}
    return [path for path, _ in stack.values()][-1] if stack else ""


def tensors(value: object) -> Iterable[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from tensors(each)


def constant_nodes(program: Any) -> set[str]:  # noqa: ANN401 (torch.export)
    """Returns the names of values that are the same for every input: weights and made of them."""
    given = {
        each.arg.name
        for each in program.graph_signature.input_specs
        if each.kind is InputKind.USER_INPUT
    }
    found: set[str] = set()
    for node in program.graph.nodes:
        fixed = all(source.name in found for source in node.all_input_nodes)
        if fixed and node.name not in given and node.op in ("placeholder", "call_function"):
            found.add(node.name)
    return found

"""MIL operations that move numbers without changing them: slices, joins, gathers, paddings."""

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from prink_export.coreml.mil_inputs import Inputs

__all__ = ["SHAPES"]


def reshape(given: Inputs) -> Tensor:
    x = given.tensor()
    asked = given.wholes("shape")
    return x.reshape([x.shape[i] if side == 0 else side for i, side in enumerate(asked)])


def expand_dims(given: Inputs) -> Tensor:
    x, axes = given.tensor(), given.wholes("axes")
    rank = x.dim() + len(axes)
    for axis in sorted(axis % rank for axis in axes):
        x = x.unsqueeze(axis)
    return x


def squeeze(given: Inputs) -> Tensor:
    x = given.tensor()
    axes = given.wholes("axes", [axis for axis in range(x.dim()) if x.shape[axis] == 1])
    return x.squeeze(tuple(axes))


def split(given: Inputs) -> list[Tensor]:
    x, axis = given.tensor(), given.whole("axis")
    sizes = given.wholes("split_sizes", ())
    if not sizes:
        count = given.whole("num_splits")
        sizes = [x.shape[axis] // count] * count
    return list(torch.split(x, sizes, axis))


def slice_by_index(given: Inputs) -> Tensor:
    x = given.tensor()
    begin, end = given.wholes("begin"), given.wholes("end")
    stride = given.wholes("stride", [1] * x.dim())
    open_begin, open_end, single = (
        given.flags(name, x.dim()) for name in ("begin_mask", "end_mask", "squeeze_mask")
    )
    at: list[slice | int] = []
    for axis in range(x.dim()):
        low = None if open_begin[axis] else begin[axis]
        high = None if open_end[axis] else end[axis]
        at.append(begin[axis] if single[axis] else slice(low, high, stride[axis]))
    # numpy also steps backwards.
    return torch.from_numpy(x.numpy()[tuple(at)].copy())


def slice_by_size(given: Inputs) -> Tensor:
    x = given.tensor()
    for axis, (begin, size) in enumerate(
        zip(given.wholes("begin"), given.wholes("size"), strict=True)
    ):
        x = x.narrow(axis, begin, x.shape[axis] - begin if size == -1 else size)
    return x


def gather(given: Inputs) -> Tensor:
    x, at, axis = given.tensor(), given.tensor("indices").long(), given.whole("axis", 0)
    if given.whole("batch_dims", 0):
        raise given.refuse("batch_dims above 0 are not known")
    axis %= x.dim()
    check_indices(given, at, x.shape[axis])
    picked = x.index_select(axis, (at % x.shape[axis]).reshape(-1))
    return picked.reshape(*x.shape[:axis], *at.shape, *x.shape[axis + 1 :])


def check_indices(given: Inputs, at: Tensor, size: int) -> None:
    """Index arithmetic in float16 goes wrong beyond 2048; Core ML would then read anything."""
    if at.numel() and (int(at.min()) < -size or int(at.max()) >= size):
        raise given.refuse(f"an index of {int(at.max())} reads beyond {size}, compute it in int32")


def gather_along_axis(given: Inputs) -> Tensor:
    x, at, axis = given.tensor(), given.tensor("indices").long(), given.whole("axis", 0)
    check_indices(given, at, x.shape[axis])
    return torch.gather(x, axis, at % x.shape[axis])


def gather_nd(given: Inputs) -> Tensor:
    x, at = given.tensor(), given.tensor("indices").long()
    if given.whole("batch_dims", 0):
        raise given.refuse("batch_dims above 0 are not known")
    return x[tuple(at.unbind(-1))]


def pad(given: Inputs) -> Tensor:
    x, around = given.tensor(), given.wholes("pad")
    sides = [around[i : i + 2] for i in range(0, len(around), 2)]
    while len(sides) > 1 and not any(sides[0]):
        sides.pop(0)
    flipped = [each for side in reversed(sides) for each in side]
    mode = given.word("mode", "constant")
    if mode == "constant":
        return functional.pad(x, flipped, value=given.number("constant_val", 0.0))
    return functional.pad(x, flipped, mode=mode)


def crop(given: Inputs) -> Tensor:
    x = given.tensor()
    for axis, name in ((2, "crop_height"), (3, "crop_width")):
        before, after = given.wholes(name)
        x = x.narrow(axis, before, x.shape[axis] - before - after)
    return x


def cumsum(given: Inputs) -> Tensor:
    x, axis = given.tensor(), given.whole("axis", 0)
    x = x.flip(axis) if given.flag("reverse") else x
    y = x.cumsum(axis) - x if given.flag("exclusive") else x.cumsum(axis)
    return y.flip(axis) if given.flag("reverse") else y


def topk(given: Inputs) -> list[Tensor]:
    x, axis = given.tensor(), given.whole("axis", -1)
    found = torch.topk(x, given.whole("k", 1), axis, largest=not given.flag("ascending"))
    return [found.values, found.indices]


def band_part(given: Inputs) -> Tensor:
    x, lower, upper = given.tensor(), given.whole("lower", -1), given.whole("upper", -1)
    x = x if upper < 0 else x.tril(upper)
    return x if lower < 0 else x.triu(-lower)


def concat(given: Inputs) -> Tensor:
    if given.flag("interleave"):
        raise given.refuse("interleave is not known")
    return torch.cat(given.tensors("values"), given.whole("axis"))


def fill(given: Inputs) -> Tensor:
    return torch.full(given.wholes("shape"), given.number("value", 0.0))


SHAPES: Final[dict[str, Callable[[Inputs], Tensor | list[Tensor]]]] = {
    "reshape": reshape,
    "transpose": lambda g: g.tensor().permute(g.wholes("perm")),
    "expand_dims": expand_dims,
    "squeeze": squeeze,
    "concat": concat,
    "stack": lambda g: torch.stack(g.tensors("values"), g.whole("axis")),
    "split": split,
    "slice_by_index": slice_by_index,
    "slice_by_size": slice_by_size,
    "gather": gather,
    "gather_along_axis": gather_along_axis,
    "gather_nd": gather_nd,
    "pad": pad,
    "tile": lambda g: g.tensor().repeat(g.wholes("reps")),
    "reverse": lambda g: g.tensor().flip(g.wholes("axes", range(g.tensor().dim()))),
    "crop": crop,
    "cumsum": cumsum,
    "topk": topk,
    "band_part": band_part,
    "fill": fill,
    "shape": lambda g: torch.tensor(g.tensor().shape, dtype=torch.int32),
    "identity": lambda g: g.tensor(),
}
"""Operations by their MIL name."""

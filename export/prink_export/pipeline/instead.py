"""What a converter cannot carry, and what to write instead: one sentence for its many pages."""

import re
from collections.abc import Mapping
from typing import Final

from prink_export.network import ExportError

__all__ = ["INSTEAD", "depends_on_values", "explained"]

INSTEAD: Final[Mapping[str, str]] = {
    "affine_grid": "a constant grid in a buffer of the module",
    "bessel": "a polynomial of the input",
    "cdist": "(a * a).sum - 2 a b + (b * b).sum with matmul",
    "cumsum": "a matmul with a constant triangle",
    "deform_conv": "an ordinary Conv2d and a displacement that the host applies",
    "einsum": "permute, reshape and matmul",
    "fft": "a matmul with constant cosine and sine matrices, or do it before the network",
    "grid_sample": "an output with the displacement, and sample in the shader that draws it",
    "histogram": "a sum of soft bins",
    "iota": "a constant in a buffer of the module (torch.arange and affine_grid count at run time)",
    "linalg": "fixed arithmetic (matmul, sums), or do it outside of the network",
    "nonzero": "a mask that is multiplied in, so that shapes stay fixed",
    "masked_select": "torch.where with a fixed shape",
    "roi_align": "a crop made before the network",
    "sort": "torch.topk with a fixed k",
    "svd": "fixed arithmetic, or do it outside of the network",
    "unique": "a fixed set of slots",
}
UNKNOWN_OP: Final = "other torch operations, or do that step outside of the network"
OP: Final = (
    r"No ONNX function found for <OpOverload\(op='([\w.:]+)'",
    r"PyTorch convert function for op '([\w.:]+)' not implemented",
    r"Lowering not found: ([\w.:]+)",
    r"Didn't find op for builtin opcode '(?:STABLEHLO_)?(\w+)'",
    r"call_function\[target=torch\.ops\.([\w.]+)\]",
)
DATA_DEPENDENT: Final = (
    "data-dependent",
    "GuardOnDataDependent",
    "Dynamic control flow",
    "Dynamo failed to run FX node",
)


def explained(cause: BaseException, *, name: str, to: str) -> ExportError:
    """Returns the error for a failed conversion of network `name` to format `to`."""
    told = chain(cause)
    for pattern in OP:
        if found := re.search(pattern, told):
            op = found[1].removesuffix(".default")
            return unsupported(op, name=name, to=to)
    if depends_on_values(cause):
        return ExportError(
            f"{name} to {to}: forward decides by the values of a tensor (if, while, int(), indexing"
            " by a mask), which no fixed graph can; write torch.where or a multiplied mask instead"
        )
    return ExportError(f"{name} cannot be converted to {to}: {first_line(cause)}")


def depends_on_values(cause: BaseException) -> bool:
    """Returns whether torch failed because forward decides by the values of a tensor."""
    told = chain(cause)
    return any(sign in told for sign in DATA_DEPENDENT)


def unsupported(op: str, *, name: str, to: str) -> ExportError:
    """Returns the error for an operation that the format has not."""
    instead = next((text for key, text in INSTEAD.items() if key in op.lower()), UNKNOWN_OP)
    return ExportError(f"{name} to {to}: the operation {op} has no counterpart; write {instead}")


def chain(cause: BaseException) -> str:
    """Returns the messages of an error and of what caused it."""
    told: list[str] = []
    at: BaseException | None = cause
    while at is not None and len(told) < 8:
        told.append(f"{type(at).__name__}: {at}")
        at = at.__cause__ or at.__context__
    return "\n".join(told)


def first_line(cause: BaseException) -> str:
    """Returns the innermost error's first line without colours, at most 300 letters."""
    at: BaseException = cause
    while at.__cause__ is not None:
        at = at.__cause__
    lines = re.sub(r"\x1b\[\d*m", "", str(at)).strip().splitlines()
    return f"{lines[0][:300] if lines else ''} ({type(at).__name__})"

"""What an operation of a MIL program is given: tensors, numbers and words by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from prink_export.coreml.mil_values import Value
from prink_export.network import ExportError

__all__ = ["Inputs"]


@dataclass(frozen=True, eq=False)
class Inputs:
    """The inputs of one operation.

    Attributes:
        op: The operation's type and name, for messages.
        values: For each input its values, more than one for lists such as those of concat.
    """

    op: str
    values: Mapping[str, Sequence[Value]]

    def refuse(self, what: str) -> ExportError:
        """Returns the error that says what the interpreter lacks for this operation."""
        return ExportError(f"MIL op {self.op}: {what}; check this package on a Mac instead")

    def maybe(self, name: str) -> Tensor | None:
        """Returns a tensor of any shape, or None where it was not given."""
        found = self.values.get(name)
        if not found:
            return None
        if isinstance(found[0], str):
            raise self.refuse(f"'{name}' is a word where a tensor belongs")
        return found[0]

    def tensor(self, name: str = "x") -> Tensor:
        """Returns a tensor of any shape that must be there."""
        found = self.maybe(name)
        if found is None:
            raise self.refuse(f"its input '{name}' is missing")
        return found

    def tensors(self, name: str) -> list[Tensor]:
        """Returns the tensors of a list, of any shape each."""
        return [each for each in self.values[name] if not isinstance(each, str)]

    def whole(self, name: str, default: int | None = None) -> int:
        """Returns an integer."""
        return int(self.number(name, default))

    def wholes(self, name: str, default: Sequence[int] | None = None) -> list[int]:
        """Returns a list of integers."""
        found = self.maybe(name)
        if found is not None:
            return [int(each) for each in found.reshape(-1).tolist()]
        if default is None:
            raise self.refuse(f"its input '{name}' is missing")
        return list(default)

    def number(self, name: str, default: float | None = None) -> float:
        """Returns a number."""
        found = self.maybe(name)
        if found is not None:
            return float(found.reshape(-1)[0])
        if default is None:
            raise self.refuse(f"its input '{name}' is missing")
        return default

    def flag(self, name: str, default: bool = False) -> bool:
        """Returns a yes or no."""
        found = self.maybe(name)
        return default if found is None else bool(found)

    def flags(self, name: str, count: int) -> list[bool]:
        """Returns a list of yes or no, all no where it was not given."""
        found = self.maybe(name)
        return [False] * count if found is None else [bool(each) for each in found.tolist()]

    def word(self, name: str, default: str) -> str:
        """Returns a word."""
        found = self.values.get(name)
        return str(found[0]) if found else default

"""What the file of a network declares: all that exporter, bundles and hosts have to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from prink_export.network import Network

__all__ = ["Constant", "Entry", "Limits", "MakeNetwork", "limits"]

Constant = int | str | list[str] | list[int] | list[tuple[str, int]]
Limits = Mapping[str, float]
SMALL: Final = ("int8", "int8c", "int8w", "pal6")


class MakeNetwork(Protocol):
    """Makes what is exported of a file with weights."""

    def __call__(self, weights: Path, *, cache: Path | None) -> Network:
        """Returns the network of a file, its made inputs kept in the folder `cache`.

        Raises:
            PrinkError: The file is none of this network.
        """
        ...


@dataclass(frozen=True, eq=False)
class Entry:
    """A network that prink ships: `NETWORK` of its file in `prink_export.networks`.

    It is read without torch, which only `network` may load.

    Attributes:
        name: Of its files and of what hosts are told; lower-case letters, digits and _.
        weights: The ONNX file with one input that is taken where no other is given, as
            `prink.learn.onnx_weights.write_onnx` writes it.
        card: Its model card, which goes into bundles.
        network: Makes what is exported, called `name` as well.
        features: What of a bundle needs it, groups of the look or features of its own, beside the
            passes that need the layer which the draw plan says it makes. Without either no bundle
            has it.
        constants: Returns what hosts are told beside `input`, `shape` and `outputs`, in snake case.
    """

    name: str
    weights: Path
    card: Path
    network: MakeNetwork
    features: tuple[str, ...] = ()
    constants: Callable[[], Mapping[str, Constant]] = field(default=dict)


def limits(*, exact: Limits, half: Limits, small: Limits) -> dict[str, Limits]:
    """Returns the largest errors by precision.

    Args:
        exact: Of fp32, torch's own arithmetic in another order: a few units in the last place,
            which layers add up to about 4e-6. More is a fault.
        half: Of fp16, which may cost less than a user sees: half of a just noticeable difference in
            a worn colour, three of 255 levels in a channel, one pixel of a mask in a hundred.
        small: Of what is smaller still (int8 in any way, a palette). It may add no more error than
            the network has by itself, as its card tells, whichever way it was made small. One that
            is beyond is red, and does not ship because it converts.
    """
    return {"fp32": exact, "fp16": half, **dict.fromkeys(SMALL, small)}

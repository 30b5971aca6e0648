"""The trained hair network as an ONNX file that maps planes 0..1 to a mask 0..1."""

import warnings
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from prink.learn.hair_mask.net import SIZE, HairNet
from prink.whole_file import whole_file

__all__ = ["INPUT", "OUTPUT", "export_hair"]

INPUT: Final = "rgb_and_previous"
OUTPUT: Final = "mask"
OPSET: Final = 18


class Masks(nn.Module):
    """The network with the sigmoid that training keeps inside the loss."""

    def __init__(self, net: HairNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, planes: Tensor) -> Tensor:
        """Returns masks (1, 1, S, S) of planes (1, 4, S, S), all 0..1."""
        return torch.sigmoid(self.net(planes))


def export_hair(net: HairNet, path: Path) -> None:
    """Writes the network with a batch of one, batch normalisation folded into the convolutions."""
    model = Masks(net).eval()
    model = model.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    planes = torch.zeros(1, 4, SIZE, SIZE)
    with warnings.catch_warnings(), whole_file(path, error=OSError) as part:
        warnings.simplefilter("ignore")
        # The older exporter needs no package beyond torch and folds the normalisation itself.
        torch.onnx.export(
            model,
            (planes,),
            part,
            dynamo=False,
            opset_version=OPSET,
            input_names=[INPUT],
            output_names=[OUTPUT],
        )

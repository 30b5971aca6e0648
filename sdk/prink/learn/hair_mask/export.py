"""The trained hair network as an ONNX file that maps planes 0..1 to a mask 0..1."""

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from prink.learn.hair_mask.net import SIZE, HairNet
from prink.learn.onnx_weights import write_onnx

__all__ = ["INPUT", "OUTPUT", "export_hair"]

INPUT: Final = "rgb_and_previous"
OUTPUT: Final = "mask"


class Masks(nn.Module):
    """The network with the sigmoid that training keeps inside the loss."""

    def __init__(self, net: HairNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, planes: Tensor) -> Tensor:
        """Returns masks (1, 1, S, S) of planes (1, 4, S, S), all 0..1."""
        return torch.sigmoid(self.net(planes))


def export_hair(net: HairNet, path: Path) -> None:
    """Writes the network with a batch of one, batch normalisation folded into the convolutions.

    Raises:
        WeightsError: see `write_onnx`.
    """
    planes = torch.zeros(1, 4, SIZE, SIZE)
    write_onnx(Masks(net), path, example=planes, inputs=[INPUT], outputs=[OUTPUT])

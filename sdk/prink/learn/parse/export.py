"""The trained parsing network as an ONNX file that maps planes 0..1 to shares 0..1."""

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from prink.learn.onnx_weights import write_onnx
from prink.learn.parse.net import INPUTS, SIZE, ParseNet

__all__ = ["INPUT", "OUTPUTS", "export_parse"]

INPUT: Final = "rgb_and_previous"
OUTPUTS: Final = ("answer", "classes")
LARGEST: Final = 15.0  # logit of a class


class Shares(nn.Module):
    """The network with the sigmoid and softmax that training keeps inside the loss."""

    def __init__(self, net: ParseNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Returns answer (1, 5, S, S) and classes (1, 16, S/2, S/2) of planes (1, 8, S, S)."""
        found = self.net(planes)
        # ONNX Runtime's softmax over channels takes longer than the whole encoder.
        odds = torch.exp(found.classes.clamp(-LARGEST, LARGEST))
        return torch.sigmoid(found.answer), odds / odds.sum(1, keepdim=True)


def export_parse(net: ParseNet, path: Path) -> None:
    """Writes the network with a batch of one, batch normalisation folded into the convolutions.

    Raises:
        WeightsError: see `write_onnx`.
    """
    planes = torch.zeros(1, INPUTS, SIZE, SIZE)
    write_onnx(Shares(net), path, example=planes, inputs=[INPUT], outputs=OUTPUTS)

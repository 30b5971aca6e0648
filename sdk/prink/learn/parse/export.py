"""The trained parsing network as an ONNX file that maps planes 0..1 to shares 0..1."""

from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.onnx_weights import write_onnx
from prink.learn.parse.net import INPUTS, SIZE, TWICE, ParseNet
from prink.parse.classes import ANSWER, CLASSES

__all__ = ["INPUT", "OUTPUTS", "Shares", "export_parse"]

INPUT: Final = "rgb_and_previous"
OUTPUTS: Final = ("answer", "classes")
# Logits of classes, less a shift that leaves their shares as they are, are held within these: the
# sum of sixteen odds must stay far below what a float16 holds.
SHIFT: Final = 7.0
LOWEST, LARGEST = -12.0, 6.0

VETO: Final = {
    "hair": ("headwear", "hand", "glasses", "lens"),
    "lips": ("hand", "glasses", "lens", "headwear"),
    "face": ("hand", "glasses", "lens", "headwear", "beard"),
    "eye": ("hand", "lens", "headwear"),
    "teeth": ("hand",),
}
"""The classes that hide each channel of the answer. To paint a hand is worse than to spare a
cheek: where both heads of the network are in doubt, they must agree."""
# What a full share of those classes takes off a logit, and what it must exceed to take any off.
VETO_WEIGHT: Final = 12.0
USUAL_START: Final = 3.0
HAIR_START: Final = 4.0  # soft hair before a dark hat is the harder to tell


class Shares(nn.Module):
    """The network with the sigmoid and softmax that training keeps inside the loss, and a veto."""

    def __init__(self, net: ParseNet) -> None:
        super().__init__()
        self.net = net
        self.veto = veto()

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Returns answer (1, 5, S, S) and classes (1, 16, S/2, S/2) of planes (1, 8, S, S)."""
        answer, logits = self.net.coarse(planes)
        # ONNX Runtime's softmax over channels takes longer than the whole encoder.
        odds = torch.exp((logits - SHIFT).clamp(LOWEST, LARGEST))
        classes = odds / odds.sum(1, keepdim=True)
        left = answer - functional.relu(self.veto(classes))
        return torch.sigmoid(functional.pixel_shuffle(left, TWICE)), classes


def veto() -> nn.Conv2d:
    """Returns what the classes that hide a channel take off its logits, where it is above 0."""
    layer = nn.Conv2d(len(CLASSES), len(ANSWER) * TWICE**2, 1).requires_grad_(False)
    weight, bias = torch.zeros_like(layer.weight), torch.zeros(len(layer.weight))
    for place, name in enumerate(ANSWER):
        channels = slice(place * TWICE**2, (place + 1) * TWICE**2)
        bias[channels] = -(HAIR_START if name == "hair" else USUAL_START)
        for each in VETO[name]:
            weight[channels, CLASSES.index(each)] = VETO_WEIGHT
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


def export_parse(net: ParseNet, path: Path) -> None:
    """Writes the network with a batch of one, batch normalisation folded into the convolutions.

    Raises:
        WeightsError: see `write_onnx`.
    """
    planes = torch.zeros(1, INPUTS, SIZE, SIZE)
    write_onnx(Shares(net), path, example=planes, inputs=[INPUT], outputs=OUTPUTS)

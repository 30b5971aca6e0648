"""The trained parsing network as an ONNX file that maps planes 0..1 to shares 0..1."""

from pathlib import Path
from typing import Final, cast

import torch
from torch import Tensor, nn

from prink.learn.onnx_weights import write_onnx
from prink.learn.parse.net import INPUTS, SIZE, ParseNet, twice
from prink.parse.classes import ANSWER, CLASSES

__all__ = ["INPUT", "OUTPUTS", "Shares", "export_parse"]

INPUT: Final = "rgb_and_previous"
OUTPUTS: Final = ("answer", "classes")
LARGEST: Final = 15.0  # logit of a class

VETO: Final = {
    "hair": ("headwear", "hand", "glasses", "lens"),
    "lips": ("hand", "glasses", "lens", "headwear"),
    "face": ("hand", "glasses", "lens", "headwear", "beard"),
    "eye": ("hand", "lens", "headwear"),
    "teeth": ("hand",),
}
"""The classes that hide each channel of the answer. To paint a hand is worse than to spare a
cheek: where both heads of the network are in doubt, they must agree."""
# Shares of those classes together at which the veto begins, and at which it is complete.
HAIR_VETO: Final = (0.4, 0.8)
USUAL_VETO: Final = (0.25, 0.75)


class Shares(nn.Module):
    """The network with the sigmoid and softmax that training keeps inside the loss, and a veto."""

    def __init__(self, net: ParseNet) -> None:
        super().__init__()
        self.net = net
        self.veto = veto()

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Returns answer (1, 5, S, S) and classes (1, 16, S/2, S/2) of planes (1, 8, S, S)."""
        found = self.net(planes)
        # ONNX Runtime's softmax over channels takes longer than the whole encoder.
        odds = torch.exp(found.classes.clamp(-LARGEST, LARGEST))
        classes = odds / odds.sum(1, keepdim=True)
        free = twice(cast(Tensor, self.veto(classes)).clamp(0, 1))
        return torch.sigmoid(found.answer) * free, classes


def veto() -> nn.Conv2d:
    """Returns what makes 0 of a channel, or less, where classes hide it, and 1 or more elsewhere."""
    layer = nn.Conv2d(len(CLASSES), len(ANSWER), 1).requires_grad_(False)
    weight, bias = torch.zeros_like(layer.weight), torch.zeros(len(ANSWER))
    for place, name in enumerate(ANSWER):
        begins, ends = HAIR_VETO if name == "hair" else USUAL_VETO
        bias[place] = ends / (ends - begins)
        weight[place, [CLASSES.index(each) for each in VETO[name]]] = -1 / (ends - begins)
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


def export_parse(net: ParseNet, path: Path) -> None:
    """Writes the network with a batch of one, batch normalisation folded into the convolutions.

    Raises:
        WeightsError: see `write_onnx`.
    """
    planes = torch.zeros(1, INPUTS, SIZE, SIZE)
    write_onnx(Shares(net), path, example=planes, inputs=[INPUT], outputs=OUTPUTS)

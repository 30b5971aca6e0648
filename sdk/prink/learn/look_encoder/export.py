"""A trained encoder as an ONNX file: an atlas in, a look and its confidence out."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.hair_color.net import HairHead
from prink.learn.look_encoder.hair_columns import Columns, hair_columns, laid_into
from prink.learn.look_encoder.net import Encoder, worn_share
from prink.learn.look_places import default_numbers, places
from prink.learn.onnx_weights import write_onnx
from prink.render.atlas import SIZE

__all__ = ["Looks", "export_encoder"]


class Looks(nn.Module):
    """An encoder with its decisions made: coverage fades out where a product is hardly worn.

    The hair's numbers are said by a network of its own if there is one.

    Raises:
        ValueError: if that network says numbers of hair that are no fields of the encoder.
    """

    spread: Tensor
    made_up: Tensor
    rest: Tensor
    seen: Tensor

    def __init__(self, net: Encoder, hair: HairHead | None = None) -> None:
        super().__init__()
        self.net, self.hair = net, hair
        at = places(fields=net.fields)
        made_up = torch.ones(at.numbers)
        spread = torch.zeros(at.numbers, len(at.colors))
        for number, (group, place) in enumerate(zip(at.color_group, at.colors, strict=True)):
            spread[place[3], number] = 1.0
            if at.groups[group] == "hair":
                made_up[place] = 0.0
        for group, place in zip(at.share_group, at.shares, strict=True):
            if at.groups[group] == "hair":
                made_up[place] = 0.0
        seen = torch.tensor([float(name != "hair") for name in at.groups])
        rest = default_numbers(net.fields) * (1.0 - made_up)
        # All of them follow from the fields, so they are no weights.
        for name, value in (
            ("spread", spread),
            ("made_up", made_up),
            ("rest", rest),
            ("seen", seen),
        ):
            self.register_buffer(name, value, persistent=False)
        self.of_hair = hair_columns(net.fields) if hair else ()

    def forward(self, atlas: Tensor) -> tuple[Tensor, Tensor]:
        """Returns looks (B, P) and confidence (B, G), all 0..1; unread hair is left as it is."""
        found = self.net(atlas)
        # A product of matrices instead of picking by place, which few accelerators can.
        lost = 1.0 - worn_share(found.worn)
        kept = 1.0 - functional.linear(lost, self.spread.to(lost.dtype))
        look = found.numbers * kept * self.made_up + self.rest
        sure = torch.sigmoid(found.sure) * self.seen
        if self.hair is None:
            return look, sure
        numbers, sure_of_hair = self.hair(atlas)
        groups = self.net.fields.groups
        group = Columns(groups.index("hair"), 0, 1)
        look = laid_into(look, numbers, self.of_hair, wide=self.net.fields.numbers)
        return look, laid_into(sure, sure_of_hair, (group,), wide=len(groups))


def export_encoder(net: Encoder, path: Path, *, hair: HairHead | None = None) -> None:
    """Writes the network with a batch of one and its field list.

    Raises:
        WeightsError: see `write_onnx`.
    """
    told = {"fields": net.fields.text()} | ({"hair": "patch"} if hair else {})
    write_onnx(
        Looks(net.cpu(), hair),
        path,
        example=torch.zeros(1, 4, SIZE, SIZE),
        inputs=["atlas"],
        outputs=["look", "confidence"],
        metadata=told,
    )

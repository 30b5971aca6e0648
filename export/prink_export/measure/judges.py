"""How wrong a network's outputs are, in the terms of those who see them."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.params.fields import FieldList, schema_fields

__all__ = ["judge_look", "judge_mask"]

COLOR: Final = 4  # numbers of a colour
WORN: Final = 0.3  # coverage from which a colour is seen
HAIR: Final = 0.5  # mask from which a pixel is hair
BALD: Final = 0.005  # share of the crop below which a head has too little hair for a share of it


def judge_look(
    truth: Sequence[Floats], found: Sequence[Floats], *, fields: FieldList | None = None
) -> Mapping[str, float]:
    """Returns the worst errors of a look and its confidence.

    Args:
        truth: What torch says: a look (1, P) and a confidence (1, G), 0..1.
        found: What the file says.
        fields: Of the look, as the network's file keeps them; by default those of this schema.

    Returns:
        `colour, 1/255`: of any channel of any colour, coverage too, worn or not.
        `worn colour, dE2000`: of a colour that torch says is worn; 0 where none is.
        `amount`: of any plain number, 0..1.
        `confidence`: of any group, 0..1.
    """
    colors, amounts = places(fields or schema_fields())
    one, two = (np.asarray(each[0], np.float64).reshape(-1) for each in (truth, found))
    a, b = one[colors], two[colors]
    worn = a[:, 3] > WORN
    lab = [linear_to_lab(srgb_to_linear(each[worn, :3])) for each in (a, b)]
    apart = delta_e_2000(*lab)
    return {
        "colour, 1/255": float(255.0 * np.abs(a - b).max()),
        "worn colour, dE2000": float(apart.max()) if worn.any() else 0.0,
        "amount": float(np.abs(one[amounts] - two[amounts]).max()),
        "confidence": float(np.abs(truth[1] - found[1]).max()),
    }


def judge_mask(truth: Sequence[Floats], found: Sequence[Floats]) -> Mapping[str, float]:
    """Returns `1 - IoU` at a mask of 0.5 and the `mean error` of a mask, both 0..1.

    IoU counts where there is hair in at least one mask; bald heads have the mean error only.
    """
    one, two = truth[0] > HAIR, found[0] > HAIR
    either = one | two
    share = float((one & two).sum() / either.sum()) if either.mean() > BALD else 1.0
    return {"1 - IoU": 1.0 - share, "mean error": float(np.abs(truth[0] - found[0]).mean())}


def places(
    fields: FieldList,
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.intp]], list[int]]:
    """Returns where the colours (C, 4) and the plain numbers lie in a vector of fields."""
    all_places = fields.places.values()
    colors = [range(at.start, at.stop) for at in all_places if at.stop - at.start == COLOR]
    amounts = [at.start for at in all_places if at.stop - at.start != COLOR]
    return np.array(colors, np.intp), amounts

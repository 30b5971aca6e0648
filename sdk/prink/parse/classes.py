"""What a pixel of the head can be, and what of that painting asks for: the network's channels."""

from typing import Final

__all__ = ["ANSWER", "CLASSES", "PAINTED"]

CLASSES: Final = (
    *("background", "skin", "brow", "eye", "glasses", "lens"),
    *("upper_lip", "lower_lip", "teeth", "mouth"),
    *("hair", "beard", "headwear", "hand", "neck", "clothes"),
)
"""The classes in the network's order.

`eye` is the open eyeball, behind clear glasses too; `glasses` a frame, `lens` a glass that hides
the eye; `mouth` what is open between the lips beside teeth, the tongue with it; `beard` a
moustache too, but not stubble that skin shows through; `skin` that of face, ears and scalp;
`hand` a hand or any other thing before the head.
"""

ANSWER: Final = ("hair", "lips", "face", "eye", "teeth")
"""What the network answers at full size, 0..1 each, and is given again with the next frame."""

PAINTED: Final = {
    "hair": ("hair",),
    "lips": ("upper_lip", "lower_lip"),
    "face": (*("skin", "brow", "eye", "upper_lip", "lower_lip", "teeth", "mouth", "neck"),),
    "eye": ("eye",),
    "teeth": ("teeth",),
}
"""The classes that each channel of the answer sums: `face` is whatever makeup may cover or frame,
thus neither hair and beard nor what is before the face."""

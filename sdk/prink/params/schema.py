"""The look: every parameter prink can draw, declared once.

Everything else is made from these dataclasses: the packed uniform array, the GLSL accessors, the
JSON form, the parameter table and the command line. A field is a `float` or an `Rgba`; inside a
group colours come first. Field order is public: append, never reorder.

Networks map by path (`prink.params.fields`): each file keeps the list of the fields it gives. So a
parameter appended to a group, or a group appended after the last one, needs no retraining: a
network that does not know it leaves it bare, its group with confidence 0. A file with a field that
is not here, or is of another width here, is refused by name: a field keeps its path and its type.
"""

from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

__all__ = ["SCHEMA_VERSION", "Look", "Rgba", "Spec"]

SCHEMA_VERSION = 1


class Rgba(NamedTuple):
    """A colour in sRGB, 0..1, as it looks on a swatch; `a` is how much of it is applied, 0..1."""

    r: float
    g: float
    b: float
    a: float = 0.0


@dataclass(frozen=True)
class Spec:
    """What a parameter means: range, unit, the label of its slider and one sentence."""

    lo: float
    hi: float
    unit: str
    label: str
    doc: str


def share(label: str, doc: str) -> Spec:
    """Returns the spec of a plain 0..1 parameter."""
    return Spec(0.0, 1.0, "share", label, doc)


@dataclass(frozen=True, kw_only=True)
class Lips:
    """Lipstick. Matte, satin, gloss, sheer, shimmer and metallic are points in these numbers."""

    color: Annotated[
        Rgba, share("Colour", "Lipstick colour and its coverage; low coverage is sheer.")
    ] = Rgba(0.60, 0.10, 0.15)
    inner: Annotated[
        Rgba,
        share(
            "Inner colour", "Second colour from the middle of the mouth; its coverage mixes it in."
        ),
    ] = Rgba(0.45, 0.05, 0.10)
    gloss: Annotated[float, share("Gloss", "0 is matte, 0.3 satin like bare lips, 1 wet.")] = 0.3
    gloss_sharpness: Annotated[
        float,
        share("Gloss sharpness", "Size of the highlights: 0 broad and soft, 1 small and crisp."),
    ] = 0.5
    shimmer: Annotated[float, share("Shimmer", "Fine sparkles that stay put on the lips.")] = 0.0
    metallic: Annotated[
        float,
        share("Metallic", "Foil finish: the highlight takes the colour and follows the curve."),
    ] = 0.0
    softness: Annotated[float, share("Edge softness", "0 is pencil sharp, 1 a blurred edge.")] = (
        0.25
    )
    inner_ratio: Annotated[
        float,
        share(
            "Inner ratio",
            "How far the inner colour reaches from the mouth's opening to the outer edge.",
        ),
    ] = 0.5


@dataclass(frozen=True, kw_only=True)
class LipLiner:
    """A pencil line along the outer edge of the lips."""

    color: Annotated[Rgba, share("Colour", "Liner colour and its coverage.")] = Rgba(
        0.40, 0.12, 0.14
    )
    width: Annotated[float, share("Width", "0 is a hairline, 1 about a fifth of a full lip.")] = 0.4


@dataclass(frozen=True, kw_only=True)
class Eyeshadow:
    """Three colours that melt into each other, strongest at the lash line."""

    lid: Annotated[Rgba, share("Lid", "Colour on the moving lid.")] = Rgba(0.62, 0.45, 0.38)
    crease: Annotated[Rgba, share("Crease", "Colour in and just above the fold of the lid.")] = (
        Rgba(0.42, 0.28, 0.22)
    )
    outer: Annotated[
        Rgba, share("Outer corner", "Colour of the outer corner, wrapping a little under the eye.")
    ] = Rgba(0.25, 0.16, 0.14)
    shimmer: Annotated[float, share("Shimmer", "Sparkle and sheen of the lid colour.")] = 0.0
    height: Annotated[float, share("Height", "How far the shadow climbs toward the brow.")] = 0.5
    blend: Annotated[float, share("Blend", "0 has graphic borders, 1 is a haze.")] = 0.6


@dataclass(frozen=True, kw_only=True)
class Eyeliner:
    """A line along the lashes with an optional wing."""

    color: Annotated[Rgba, share("Colour", "Liner colour and its coverage.")] = Rgba(
        0.05, 0.04, 0.05
    )
    thickness: Annotated[float, share("Thickness", "Height of the line at its thickest point.")] = (
        0.35
    )
    wing: Annotated[float, share("Wing", "Length of the flick toward the tail of the brow.")] = 0.0
    smudge: Annotated[float, share("Smudge", "0 is a liquid line, 1 a smoked pencil.")] = 0.1
    lower: Annotated[
        float, share("Lower line", "How much of the line runs along the lower lashes.")
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Lashes:
    """Mascara and false lashes, hair by hair."""

    color: Annotated[Rgba, share("Colour", "Lash colour and its coverage.")] = Rgba(
        0.04, 0.03, 0.03
    )
    length: Annotated[float, share("Length", "Length of the longest lashes.")] = 0.45
    density: Annotated[float, share("Density", "How many lashes, and how thick.")] = 0.5


@dataclass(frozen=True, kw_only=True)
class Brows:
    """Brow colour and shape; hair is added where hair is."""

    color: Annotated[Rgba, share("Colour", "Brow colour and its coverage.")] = Rgba(
        0.24, 0.16, 0.11
    )
    definition: Annotated[float, share("Definition", "Fills sparse places with fine strokes.")] = (
        0.3
    )


@dataclass(frozen=True, kw_only=True)
class Blush:
    """Colour on the cheeks."""

    color: Annotated[Rgba, share("Colour", "Blush colour and its coverage.")] = Rgba(
        0.86, 0.38, 0.38
    )
    placement: Annotated[
        float, share("Placement", "0 on the apple of the cheek, 1 high on the cheekbone.")
    ] = 0.5
    size: Annotated[float, share("Size", "Extent of the blush.")] = 0.5


@dataclass(frozen=True, kw_only=True)
class Contour:
    """Shading under the cheekbones, along jaw, temples and nose."""

    color: Annotated[
        Rgba, share("Colour", "Contour shade, laid on like a filter; its coverage is the strength.")
    ] = Rgba(0.56, 0.40, 0.30)
    nose: Annotated[float, share("Nose", "How much of it shades the sides of the nose.")] = 0.4


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """Light on cheekbones, nose, brow bone, cupid's bow and chin."""

    color: Annotated[Rgba, share("Colour", "Highlighter colour; its coverage is the strength.")] = (
        Rgba(1.00, 0.90, 0.78)
    )
    shimmer: Annotated[float, share("Shimmer", "Sparkle of the powder.")] = 0.2


@dataclass(frozen=True, kw_only=True)
class Foundation:
    """Even skin that keeps its pores."""

    color: Annotated[Rgba, share("Shade", "Foundation shade and its coverage.")] = Rgba(
        0.80, 0.62, 0.51
    )
    match: Annotated[
        float, share("Skin match", "1 takes the wearer's own shade, 0 the given one.")
    ] = 1.0
    smoothing: Annotated[float, share("Smoothing", "Evens blotches and lines; pores stay.")] = 0.0
    dewiness: Annotated[
        float, share("Dewiness", "0 leaves the skin's shine, 1 adds a wet glow.")
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Iris colour and the white of the eye."""

    iris: Annotated[
        Rgba, share("Iris", "Lens colour and its coverage; pupil, ring and catchlight stay.")
    ] = Rgba(0.30, 0.45, 0.55)
    whitening: Annotated[
        float, share("Whitening", "Clears the white of the eye, veins stay a little.")
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Teeth:
    """Teeth."""

    whitening: Annotated[
        float, share("Whitening", "Takes the yellow off and brightens a little.")
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Hair:
    """Hair colour, from one tone to an ombre."""

    root: Annotated[
        Rgba, share("Root colour", "Hair colour and its coverage, over the whole length.")
    ] = Rgba(0.30, 0.18, 0.11)
    tip: Annotated[
        Rgba, share("Tip colour", "Colour of the ends and its coverage, laid over the first.")
    ] = Rgba(0.82, 0.66, 0.44)
    line: Annotated[
        float, share("Line", "Where the tip colour begins: 0 at the roots, 1 at the ends.")
    ] = 0.55
    softness: Annotated[
        float, share("Softness", "How gradual the line is: 0 dipped, 1 melted.")
    ] = 0.6
    lightening: Annotated[
        float, share("Lightening", "0 is dye alone, 1 bleaches dark hair first.")
    ] = 0.0
    shine: Annotated[float, share("Shine", "How much light the strands throw back.")] = 0.5
    grey: Annotated[
        float, share("Grey coverage", "1 colours grey strands like the others, 0 leaves them.")
    ] = 1.0
    root_shadow: Annotated[
        float,
        share("Root shadow", "How much of the natural root stays, and how far it reaches."),
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Look:
    """A whole look.

    `Look()` is a bare face: every coverage is zero and the frame comes back unchanged.
    """

    lips: Lips = field(default_factory=Lips)
    lip_liner: LipLiner = field(default_factory=LipLiner)
    eyeshadow: Eyeshadow = field(default_factory=Eyeshadow)
    eyeliner: Eyeliner = field(default_factory=Eyeliner)
    lashes: Lashes = field(default_factory=Lashes)
    brows: Brows = field(default_factory=Brows)
    blush: Blush = field(default_factory=Blush)
    contour: Contour = field(default_factory=Contour)
    highlight: Highlight = field(default_factory=Highlight)
    foundation: Foundation = field(default_factory=Foundation)
    eyes: Eyes = field(default_factory=Eyes)
    teeth: Teeth = field(default_factory=Teeth)
    hair: Hair = field(default_factory=Hair)

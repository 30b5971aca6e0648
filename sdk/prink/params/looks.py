"""Looks that ship with prink, from barely there to editorial. Copy one and edit it."""

from difflib import get_close_matches

from prink.params.hair_colors import with_hair
from prink.params.look_file import LookError, look_from_dict
from prink.params.schema import SCHEMA_VERSION, Look

__all__ = ["LOOKS", "look", "look_note"]

Groups = dict[str, dict[str, str | float]]

# name: (what an artist would say, parameters). Colours are "#rrggbbcc", the last byte is coverage.
RECIPES: dict[str, tuple[str, Groups]] = {
    "no_makeup": (
        "No-makeup makeup: evened skin, groomed brows, a breath of colour.",
        {
            "foundation": {"color": "#cfa283a0", "smoothing": 0.35, "dewiness": 0.15},
            "lips": {"color": "#b8605c58", "gloss": 0.45, "softness": 0.6},
            "blush": {"color": "#e07a7048", "placement": 0.35, "size": 0.55},
            "brows": {"color": "#4a382c50", "definition": 0.2},
            "lashes": {"color": "#1c1410a0", "length": 0.25, "density": 0.3},
        },
    ),
    "dewy_glow": (
        "Glass skin with a balm lip and a wash of champagne on the lids.",
        {
            "foundation": {"color": "#cfa283b0", "smoothing": 0.45, "dewiness": 0.7},
            "highlight": {"color": "#fff0d8c8", "shimmer": 0.25},
            "lips": {"color": "#d0686878", "gloss": 0.95, "gloss_sharpness": 0.6, "softness": 0.5},
            "blush": {"color": "#f0807870", "placement": 0.6, "size": 0.5},
            "eyeshadow": {"lid": "#d8b49478", "shimmer": 0.5, "height": 0.3, "blend": 0.85},
            "lashes": {"color": "#18100cc8", "length": 0.4, "density": 0.4},
            "brows": {"color": "#4a382c60", "definition": 0.3},
        },
    ),
    "peach_daylight": (
        "Warm peach on cheeks, lids and lips for daylight.",
        {
            "foundation": {"color": "#d0a07c90", "smoothing": 0.3},
            "lips": {"color": "#d87058b0", "gloss": 0.4, "softness": 0.4},
            "blush": {"color": "#f0785c98", "placement": 0.25, "size": 0.6},
            "eyeshadow": {"lid": "#e0987890", "crease": "#b8705060", "height": 0.4, "blend": 0.8},
            "lashes": {"color": "#20140ec0", "length": 0.4, "density": 0.4},
            "brows": {"color": "#54402e58", "definition": 0.25},
        },
    ),
    "nude_office": (
        "A satin nude lip with liner, soft brown lids: polished, quiet.",
        {
            "foundation": {"color": "#cfa283a8", "smoothing": 0.4},
            "lips": {"color": "#a86a5cc8", "gloss": 0.3, "softness": 0.25},
            "lip_liner": {"color": "#86483ca0", "width": 0.3},
            "eyeshadow": {
                "lid": "#b08a7488",
                "crease": "#7c584880",
                "outer": "#5a3c3060",
                "height": 0.45,
                "blend": 0.75,
            },
            "eyeliner": {"color": "#2a1a14b0", "thickness": 0.2, "smudge": 0.35},
            "lashes": {"color": "#100c0ad8", "length": 0.4, "density": 0.45},
            "brows": {"color": "#40302680", "definition": 0.35},
            "blush": {"color": "#cc706460", "placement": 0.6, "size": 0.45},
            "contour": {"color": "#8a664c60", "nose": 0.2},
        },
    ),
    "classic_red": (
        "The red lip: matte, sharp, with a clean wing.",
        {
            "foundation": {"color": "#cfa283b0", "smoothing": 0.45},
            "lips": {"color": "#ac1226f5", "gloss": 0.12, "softness": 0.1},
            "lip_liner": {"color": "#8c0e1ec0", "width": 0.25},
            "eyeliner": {"color": "#0c0808f0", "thickness": 0.35, "wing": 0.45, "smudge": 0.05},
            "eyeshadow": {"lid": "#d8b8a060", "crease": "#a4786450", "height": 0.4, "blend": 0.8},
            "lashes": {"color": "#080606f0", "length": 0.55, "density": 0.55},
            "brows": {"color": "#362820a0", "definition": 0.45},
            "blush": {"color": "#d8686850", "placement": 0.65, "size": 0.4},
        },
    ),
    "berry_gloss": (
        "Deep berry under glass, plum lids.",
        {
            "foundation": {"color": "#cfa28390", "smoothing": 0.35},
            "lips": {
                "color": "#7a1238e8",
                "inner": "#b02a5870",
                "inner_ratio": 0.55,
                "gloss": 0.95,
                "gloss_sharpness": 0.75,
                "softness": 0.2,
            },
            "eyeshadow": {
                "lid": "#9a5a7888",
                "crease": "#6a304ca0",
                "outer": "#401830a0",
                "height": 0.5,
                "blend": 0.75,
            },
            "eyeliner": {"color": "#1c0c16d0", "thickness": 0.25, "smudge": 0.3},
            "lashes": {"color": "#0a0608f0", "length": 0.5, "density": 0.5},
            "blush": {"color": "#b84a6870", "placement": 0.6, "size": 0.5},
            "brows": {"color": "#382824a0", "definition": 0.3},
        },
    ),
    "smoky_eye": (
        "Charcoal melted from lash line to socket, lips left bare.",
        {
            "foundation": {"color": "#cfa283a8", "smoothing": 0.4},
            "eyeshadow": {
                "lid": "#3a3436e0",
                "crease": "#4c4446c8",
                "outer": "#181416e8",
                "shimmer": 0.2,
                "height": 0.6,
                "blend": 0.85,
            },
            "eyeliner": {"color": "#0a0808e8", "thickness": 0.45, "smudge": 0.8, "lower": 0.8},
            "lashes": {"color": "#060404ff", "length": 0.65, "density": 0.7},
            "brows": {"color": "#342822a8", "definition": 0.4},
            "lips": {"color": "#b0706870", "gloss": 0.4, "softness": 0.5},
            "contour": {"color": "#86624a70", "nose": 0.3},
        },
    ),
    "bronze_goddess": (
        "Sun and metal: bronze lids, sculpted cheek, caramel gloss.",
        {
            "foundation": {"color": "#c89870a0", "smoothing": 0.4, "dewiness": 0.4},
            "contour": {"color": "#865c40b0", "nose": 0.4},
            "highlight": {"color": "#ffd89cd8", "shimmer": 0.5},
            "blush": {"color": "#c8664870", "placement": 0.8, "size": 0.5},
            "eyeshadow": {
                "lid": "#b07a3ce0",
                "crease": "#7a4a28b0",
                "outer": "#4a2818b0",
                "shimmer": 0.8,
                "height": 0.55,
                "blend": 0.75,
            },
            "eyeliner": {"color": "#2c180cc8", "thickness": 0.3, "smudge": 0.5, "lower": 0.4},
            "lashes": {"color": "#0c0806f0", "length": 0.55, "density": 0.55},
            "brows": {"color": "#3c2c1ea0", "definition": 0.4},
            "lips": {"color": "#a05a3cb0", "gloss": 0.9, "gloss_sharpness": 0.6, "shimmer": 0.25},
            "lip_liner": {"color": "#6a3824a0", "width": 0.35},
        },
    ),
    "golden_lid": (
        "Foil gold on the moving lid with a wine mouth.",
        {
            "foundation": {"color": "#cfa283a0", "smoothing": 0.4},
            "eyeshadow": {
                "lid": "#d0a048f0",
                "crease": "#7a4a30b0",
                "outer": "#3c1c18c0",
                "shimmer": 1.0,
                "height": 0.5,
                "blend": 0.6,
            },
            "eyeliner": {"color": "#140c08f0", "thickness": 0.35, "wing": 0.35},
            "lashes": {"color": "#060404ff", "length": 0.65, "density": 0.6},
            "brows": {"color": "#34261ea8", "definition": 0.4},
            "lips": {"color": "#5c1024f0", "gloss": 0.2, "softness": 0.15},
            "highlight": {"color": "#ffe0b0a0", "shimmer": 0.4},
            "contour": {"color": "#86624a70"},
        },
    ),
    "sixties_mod": (
        "Pale lid, cut crease, thick wing, doll lashes, chalky pink mouth.",
        {
            "foundation": {"color": "#d8b098b0", "smoothing": 0.5},
            "eyeshadow": {
                "lid": "#e8e0dce0",
                "crease": "#504448d0",
                "outer": "#383034b0",
                "height": 0.35,
                "blend": 0.25,
            },
            "eyeliner": {"color": "#060606ff", "thickness": 0.65, "wing": 0.55, "lower": 0.3},
            "lashes": {"color": "#040404ff", "length": 0.9, "density": 0.7, "style": 0.5},
            "brows": {"color": "#382a2280", "definition": 0.3},
            "lips": {"color": "#d08c8ce0", "gloss": 0.05, "softness": 0.3},
            "blush": {"color": "#e88c8c58", "placement": 0.2, "size": 0.4},
        },
    ),
    "cold_girl": (
        "Frost-bitten cheeks and nose, blurred stain, icy inner light.",
        {
            "foundation": {"color": "#d8b4a090", "smoothing": 0.35, "dewiness": 0.5},
            "blush": {"color": "#e85c74b8", "placement": 0.1, "size": 0.85},
            "lips": {
                "color": "#c84058b8",
                "inner": "#a8203ca0",
                "inner_ratio": 0.6,
                "gloss": 0.6,
                "softness": 1.0,
            },
            "eyeshadow": {
                "lid": "#d8c8d880",
                "crease": "#d890a058",
                "shimmer": 0.6,
                "height": 0.4,
                "blend": 0.9,
            },
            "highlight": {"color": "#f0f0ffb0", "shimmer": 0.4},
            "lashes": {"color": "#181010c8", "length": 0.5, "density": 0.4},
            "brows": {"color": "#48383058", "definition": 0.25},
        },
    ),
    "grunge_brown": (
        "Nineties: brown lip with darker liner, smudged kohl, thin colour.",
        {
            "foundation": {"color": "#c89c8088", "smoothing": 0.3},
            "lips": {"color": "#7c4434e0", "gloss": 0.1, "softness": 0.2},
            "lip_liner": {"color": "#40201ae0", "width": 0.5},
            "eyeshadow": {"lid": "#86665490", "crease": "#6a4a3c98", "height": 0.45, "blend": 0.8},
            "eyeliner": {"color": "#1a1210d8", "thickness": 0.3, "smudge": 0.7, "lower": 0.7},
            "lashes": {"color": "#0c0808d8", "length": 0.4, "density": 0.5},
            "brows": {"color": "#3020188c", "definition": 0.3},
            "contour": {"color": "#86624a80", "nose": 0.3},
        },
    ),
    "chrome_lip": (
        "A mouth of rose metal, the rest of the face silent.",
        {
            "foundation": {"color": "#cfa283b0", "smoothing": 0.5},
            "lips": {
                "color": "#b8606cff",
                "metallic": 0.9,
                "shimmer": 0.3,
                "gloss": 0.6,
                "softness": 0.05,
            },
            "lashes": {"color": "#0c0808c0", "length": 0.35, "density": 0.4},
            "brows": {"color": "#3c2e26a0", "definition": 0.35},
            "highlight": {"color": "#ffe4dcb0", "shimmer": 0.3},
        },
    ),
    "electric_editorial": (
        "Graphic cobalt with a long wing, bleached-out skin, orange mouth.",
        {
            "foundation": {"color": "#d8b098c0", "smoothing": 0.55},
            "eyeshadow": {
                "lid": "#1c48d0f5",
                "crease": "#2038a8f0",
                "outer": "#101c78f0",
                "height": 0.75,
                "blend": 0.12,
            },
            "eyeliner": {"color": "#04040cff", "thickness": 0.5, "wing": 1.0},
            "lashes": {"color": "#04040cff", "length": 0.6, "density": 0.6, "style": 1.0},
            "brows": {"color": "#2c2420a8", "definition": 0.5},
            "lips": {"color": "#e04818f5", "gloss": 0.1, "softness": 0.05},
            "contour": {"color": "#86624ab0", "nose": 0.5},
        },
    ),
    "violet_night": (
        "Violet lids, blue-violet lenses, vinyl plum lips.",
        {
            "foundation": {"color": "#cfa283a8", "smoothing": 0.45},
            "eyeshadow": {
                "lid": "#8450b0e0",
                "crease": "#5c3084d0",
                "outer": "#28143ce0",
                "shimmer": 0.5,
                "height": 0.6,
                "blend": 0.65,
            },
            "eyeliner": {"color": "#0c0614f5", "thickness": 0.4, "wing": 0.6, "lower": 0.4},
            "lashes": {"color": "#06040aff", "length": 0.75, "density": 0.7, "style": 1.0},
            "brows": {"color": "#30262ab0", "definition": 0.45},
            "lips": {"color": "#4a1034f5", "gloss": 1.0, "gloss_sharpness": 0.85, "softness": 0.1},
            "eyes": {"iris": "#5860b088", "whitening": 0.3},
            "highlight": {"color": "#f0dcffb8", "shimmer": 0.5},
        },
    ),
    "camera_ready": (
        "Groomed for the lens, on any face: even skin, clear eyes, brighter teeth.",
        {
            "foundation": {"color": "#cfa283b8", "smoothing": 0.5},
            "eyes": {"whitening": 0.4},
            "teeth": {"whitening": 0.5},
            "brows": {"color": "#40322870", "definition": 0.25},
            "contour": {"color": "#86624a50", "nose": 0.3},
        },
    ),
}

LOOKS: dict[str, Look] = {
    name: look_from_dict({"version": SCHEMA_VERSION, **groups})
    for name, (_, groups) in RECIPES.items()
}


def look(name: str, *, hair: str | None = None) -> Look:
    """Returns a shipped look by name, on request with one of the shipped hair colours.

    Raises:
        LookError: naming the nearest known look or hair colour.
    """
    if name not in LOOKS:
        close = get_close_matches(name, LOOKS, n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(LOOKS)}"
        raise LookError(f"no look is called {name!r}{hint}")
    return LOOKS[name] if hair is None else with_hair(LOOKS[name], hair)


def look_note(name: str) -> str:
    """Returns the one-line description of a shipped look."""
    look(name)
    return RECIPES[name][0]

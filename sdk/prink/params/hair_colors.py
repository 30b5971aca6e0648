"""Hair colours that ship with prink, from naturals to dip dye: looks with nothing but hair."""

from dataclasses import replace
from difflib import get_close_matches

from prink.params.check import LookError
from prink.params.look_file import look_from_dict
from prink.params.schema import SCHEMA_VERSION, Look

__all__ = ["HAIR", "hair_note", "with_hair"]

# name: (what a colourist would say, parameters). Colours are "#rrggbbcc", the last for coverage.
RECIPES: dict[str, tuple[str, dict[str, str | float]]] = {
    "jet_black": ("Blue-black, glassy.", {"root": "#0e0d12ff", "shine": 0.8}),
    "espresso": (
        "Deep neutral brown, one level off black.",
        {"root": "#2e1d14fa", "lightening": 0.1, "shine": 0.6},
    ),
    "chestnut": (
        "Warm mid-brown with red in the light.",
        {"root": "#5c3320eb", "lightening": 0.45},
    ),
    "caramel": ("Light golden brown.", {"root": "#9a6a40eb", "lightening": 0.7}),
    "honey_blond": (
        "Golden blond with warm depth.",
        {"root": "#d9b47af0", "lightening": 0.95, "root_shadow": 0.25},
    ),
    "ash_blond": (
        "Cool beige blond, no gold left.",
        {"root": "#c4b298f0", "lightening": 0.95, "root_shadow": 0.3},
    ),
    "platinum": (
        "Bleached to the palest yellow and toned.",
        {"root": "#efe6d8f5", "lightening": 1.0, "shine": 0.6},
    ),
    "copper": ("Bright orange-red.", {"root": "#b04e26f0", "lightening": 0.6, "shine": 0.6}),
    "cherry": ("Black-cherry red, a glint in the dark.", {"root": "#8c1730f0", "lightening": 0.3}),
    "rose": (
        "Pastel rose over bleached hair.",
        {"root": "#e6a3b4f0", "lightening": 1.0, "root_shadow": 0.15},
    ),
    "lilac_silver": (
        "Silver with a breath of lilac.",
        {"root": "#c3bccdf0", "lightening": 1.0, "root_shadow": 0.2},
    ),
    "balayage": (
        "Brunette roots that melt into honey ends.",
        {
            "root": "#3a2418d8",
            "tip": "#d8ae74e6",
            "line": 0.5,
            "softness": 0.75,
            "lightening": 0.95,
        },
    ),
    "teal_dip": (
        "Own roots, ends dipped in teal.",
        {"tip": "#2f8f92f0", "line": 0.62, "softness": 0.25, "lightening": 0.85},
    ),
}
HAIR: dict[str, Look] = {
    name: look_from_dict({"version": SCHEMA_VERSION, "hair": recipe})
    for name, (_, recipe) in RECIPES.items()
}


def with_hair(look: Look, name: str) -> Look:
    """Returns a look with the hair of one of `HAIR` and all else as it was.

    Raises:
        LookError: naming the nearest known hair colour.
    """
    if name not in HAIR:
        close = get_close_matches(name, HAIR, n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(HAIR)}"
        raise LookError(f"no hair colour is called {name!r}{hint}")
    return replace(look, hair=HAIR[name].hair)


def hair_note(name: str) -> str:
    """Returns what a colourist would say about one of `HAIR`."""
    return RECIPES[name][0]

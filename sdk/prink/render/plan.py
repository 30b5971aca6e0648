"""The draw plan: which passes are drawn in what order, read from `shaders/plan.json`.

No host knows what lipstick is.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from prink.params import Look, Rgba
from prink.render.assets import asset

__all__ = ["Lookup", "Pass", "Plan", "Target", "read_plan"]


@dataclass(frozen=True)
class Target:
    """An off-screen picture; a `steady_s` above zero keeps the last frame's content beside it."""

    width: int
    height: int
    format: str
    steady_s: float = 0.0


@dataclass(frozen=True)
class Lookup:
    """A picture that ships with the shaders; a tiling one is repeated and has mipmaps."""

    file: str
    tile: bool


@dataclass(frozen=True)
class Pass:
    """One draw call for each face; of those that need hair, for each face whose hair is known."""

    name: str
    vertex: str
    fragment: str
    target: str
    patch: str = ""
    vertices: int = 3
    needs: str = ""
    cull: bool = False
    textures: dict[str, str] = field(default_factory=dict)
    uniforms: dict[str, tuple[float, ...]] = field(default_factory=dict)
    if_any: tuple[str, ...] = ()

    def wanted(self, look: Look, *, hair: bool) -> bool:
        """Returns whether any parameter that this pass draws is above zero."""
        if self.needs == "hair" and not hair:
            return False
        return not self.if_any or any(value_at(look, path) > 0 for path in self.if_any)


@dataclass(frozen=True)
class Plan:
    """All passes in order with the pictures they use."""

    passes: tuple[Pass, ...]
    targets: dict[str, Target]
    textures: dict[str, Lookup]

    def draws(self, look: Look, *, hair: bool = False) -> tuple[Pass, ...]:
        """Returns the passes for this look: none at all when nothing would reach the output.

        With `hair`, for a face with a hair mask.
        """
        wanted = tuple(step for step in self.passes if step.wanted(look, hair=hair))
        return wanted if any(step.target == "output" for step in wanted) else ()


def value_at(look: Look, path: str) -> float:
    group, name, *channel = path.split(".")
    value: float | Rgba = getattr(getattr(look, group), name)
    if isinstance(value, Rgba):
        return float(getattr(value, channel[0]))
    return value


@cache
def read_plan(faces: int) -> Plan:
    """Returns the plan with its sizes filled in for up to `faces` faces."""
    data: dict[str, Any] = json.loads(asset("plan.json").read_text())
    regions = json.loads(asset("generated/regions.json").read_text())["regions"]
    sizes = {"regions": len(regions), "faces": faces}
    targets = {
        name: Target(
            width=sizes.get(entry["width"], entry["width"]),
            height=sizes.get(entry["height"], entry["height"]),
            format=entry["format"],
            steady_s=entry.get("steady_s", 0.0),
        )
        for name, entry in data["targets"].items()
    }
    passes = tuple(
        Pass(
            **{
                **entry,
                "uniforms": {name: tuple(v) for name, v in entry.get("uniforms", {}).items()},
                "if_any": tuple(entry.get("if_any", ())),
            }
        )
        for entry in data["passes"]
    )
    lookups = {name: Lookup(**entry) for name, entry in data["textures"].items()}
    return Plan(passes, targets, lookups)

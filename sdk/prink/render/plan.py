"""The draw plan: which passes are drawn in what order, read from `shaders/plan.json`.

No host knows what lipstick is.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from prink.params import Look, Rgba
from prink.render.assets import asset

__all__ = ["Layer", "Lookup", "Pass", "Plan", "Target", "plan_of", "read_plan", "shipped_plan"]

LIST = "@"  # begins the name of a list of products where a path is expected


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
class Layer:
    """A picture that a host hands over.

    Attributes:
        what: in words.
        format: rgba8 or r8.
        largest: pixels a side that the shaders are made for; 0 if it is as large as the frame.
        always: whether every face has it.
        max_age: frames that it may be carried along with the head before a new one is due.
        network: which makes it, if one does.
    """

    what: str
    format: str
    largest: int = 0
    always: bool = False
    max_age: int = 0
    network: str = ""


@dataclass(frozen=True)
class Pass:
    """One draw call for each face that has the layers it needs.

    `without` names for some of those layers the picture that takes the place of a missing one.
    `if_any` holds paths of numbers of the look of which one above zero asks for the pass.
    """

    name: str
    vertex: str
    fragment: str
    target: str
    patch: str = ""
    vertices: int = 3
    needs: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    cull: bool = False
    textures: dict[str, str] = field(default_factory=dict)
    uniforms: dict[str, tuple[float, ...]] = field(default_factory=dict)
    if_any: tuple[str, ...] = ()

    def wanted(self, look: Look, layers: Collection[str]) -> bool:
        """Returns whether a face with these layers has what this pass draws, above zero."""
        if any(name not in layers and name not in self.without for name in self.needs):
            return False
        return not self.if_any or any(value_at(look, path) > 0 for path in self.if_any)

    def among(self, layers: Collection[str]) -> "Pass":
        """Returns the pass as it is drawn for a face with these layers."""
        missing = {name: place for name, place in self.without.items() if name not in layers}
        if not missing:
            return self
        textures = {uniform: missing.get(name, name) for uniform, name in self.textures.items()}
        return replace(self, textures=textures)


@dataclass(frozen=True)
class Plan:
    """All passes in order with the pictures they use."""

    passes: tuple[Pass, ...]
    targets: dict[str, Target]
    textures: dict[str, Lookup]
    layers: dict[str, Layer]

    def draws(self, look: Look, *, layers: Collection[str] = ()) -> tuple[Pass, ...]:
        """Returns the passes for this look: none at all when nothing would reach the output.

        Args:
            look: to draw.
            layers: names of those that the face has, beside the ones that every face has.
        """
        given = {*layers, *(name for name, layer in self.layers.items() if layer.always)}
        wanted = tuple(step.among(given) for step in self.passes if step.wanted(look, given))
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
    regions = json.loads(asset("generated/regions.json").read_text())["regions"]
    return plan_of(shipped_plan(), {"regions": len(regions), "faces": faces})


def shipped_plan() -> dict[str, Any]:
    """Returns the parsed `plan.json`, its lists of products written out: what hosts are given.

    Raises:
        ValueError: if a pass names a list that there is not.
    """
    return written_out(json.loads(asset("plan.json").read_text()))


def written_out(data: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a parsed plan whose passes name every product themselves.

    `products` holds named lists of paths. `"@skin"` in a pass's `if_any` stands for those of the
    list `skin`, so that a product which several passes draw is entered once.

    Raises:
        ValueError: if a pass names a list that there is not.
    """
    lists = data.get("products", {})
    plan = {name: part for name, part in data.items() if name != "products"}
    plan["passes"] = [
        {**step, "if_any": paths_of(step, lists)} if "if_any" in step else step
        for step in data["passes"]
    ]
    return plan


def paths_of(step: Mapping[str, Any], lists: Mapping[str, list[str]]) -> list[str]:
    paths: list[str] = []
    for path in step["if_any"]:
        name = path.removeprefix(LIST)
        if name != path and name not in lists:
            raise ValueError(
                f"plan.json: pass {step['name']} names the list {path!r} of products; "
                f"lists: {[f'{LIST}{each}' for each in lists]}"
            )
        paths += [path] if name == path else lists[name]
    return paths


def plan_of(data: Mapping[str, Any], sizes: Mapping[str, int]) -> Plan:
    """Returns a parsed plan; `sizes` are those that targets give by name.

    Raises:
        ValueError: if a pass names a list of products that there is not, names a layer that is not
            declared, or reads one without saying so.
    """
    data = written_out(data)
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
                "needs": tuple(entry.get("needs", ())),
                "uniforms": {name: tuple(v) for name, v in entry.get("uniforms", {}).items()},
                "if_any": tuple(entry.get("if_any", ())),
            }
        )
        for entry in data["passes"]
    )
    lookups = {name: Lookup(**entry) for name, entry in data["textures"].items()}
    layers = {name: Layer(**entry) for name, entry in data["layers"].items()}
    for step in passes:
        check_layers_of(step, layers)
    return Plan(passes, targets, lookups, layers)


def check_layers_of(step: Pass, layers: Mapping[str, Layer]) -> None:
    for name in {*step.needs, *step.without} - layers.keys():
        raise ValueError(f"plan.json: pass {step.name} needs {name!r}; layers: {[*layers]}")
    read = {name for name in step.textures.values() if name in layers and not layers[name].always}
    for name in (read | step.without.keys()) - set(step.needs):
        raise ValueError(f"plan.json: pass {step.name} uses layer {name!r} but does not need it")

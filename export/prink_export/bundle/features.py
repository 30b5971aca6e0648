"""What a choice of features needs, worked out of the draw plan: passes, pictures, networks.

A feature is a group of the look (lips, eyeshadow, hair, ...), or what else a network is for, such
as `reading`. A pass belongs to every group that its `if_any` names. A network that makes a layer of
the plan comes with the passes that need it, and any with the features that its file declares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from prink.params import Look
from prink_export.network import ExportError

__all__ = ["Choice", "Networks", "choose", "features"]

Networks = Mapping[str, Sequence[str]]
"""For each network the features that need it, beside those whose passes need its layer."""


@dataclass(frozen=True)
class Choice:
    """What a bundle with these features holds.

    Attributes:
        features: As asked.
        draws: The groups that can be drawn: the asked ones, and those that need no pass more.
        plan: The draw plan cut down to them.
        programs: Names of vertex and fragment shader of each program.
        pictures: Files of the lookup pictures.
        networks: Names of the networks.
    """

    features: tuple[str, ...]
    draws: tuple[str, ...]
    plan: dict[str, Any]
    programs: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    networks: tuple[str, ...]


def features(plan: Mapping[str, Any], networks: Networks) -> tuple[str, ...]:
    """Returns every feature: the groups that the plan draws, in the look's order, then others."""
    others = (name for needing in networks.values() for name in needing)
    return tuple(dict.fromkeys((*groups(plan), *others)))


def groups(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the groups of the look that the plan draws, in the look's order."""
    drawn = {group for step in plan["passes"] for group in groups_of(step)}
    return tuple(group.name for group in fields(Look) if group.name in drawn)


def groups_of(step: Mapping[str, Any]) -> set[str]:
    """Returns the groups of the look that a pass draws; none for one that always runs."""
    return {path.partition(".")[0] for path in step.get("if_any", ())}


def choose(
    plan: Mapping[str, Any], networks: Networks, wanted: Iterable[str] | None = None
) -> Choice:
    """Returns what these features need, by default what all of them do.

    Args:
        plan: Of `prink.render.plan.shipped_plan`: each pass names its groups itself.
        networks: All networks there are, and the features that need each.
        wanted: Names of features.

    Raises:
        ExportError: if there is no such feature, or none is wanted.
    """
    known = features(plan, networks)
    asked = known if wanted is None else tuple(dict.fromkeys(wanted))
    if not asked:
        raise ExportError(f"no features are chosen; known: {', '.join(known)}")
    for name in asked:
        if name not in known:
            close = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
            raise ExportError(f"no feature is called {name!r}; {hint}")
    cut, draws = cut_plan(plan, asked)
    needed = {name for name, needing in networks.items() if {*asked, *draws} & {*needing}}
    needed |= makers(cut)
    programs = {(step["vertex"], step["fragment"]) for step in cut["passes"]}
    return Choice(
        features=asked,
        draws=draws,
        plan=cut,
        programs=tuple(sorted(programs)),
        pictures=tuple(sorted(entry["file"] for entry in cut["textures"].values())),
        networks=tuple(sorted(needed)),
    )


def makers(plan: Mapping[str, Any]) -> set[str]:
    """Returns the networks that make the plan's layers."""
    return {layer["network"] for layer in plan["layers"].values() if "network" in layer}


def cut_plan(
    plan: Mapping[str, Any], asked: Iterable[str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Returns the plan with only what the groups need, and the groups that it can draw."""
    steps, chosen = plan["passes"], set(asked)
    kept = [step for step in steps if not groups_of(step) or groups_of(step) & chosen]
    kept = read_by_output(kept)
    names = {step["name"] for step in kept}
    draws = tuple(
        group
        for group in groups(plan)
        if {step["name"] for step in steps if group in groups_of(step)} <= names
    )
    passes = [dict(step) for step in kept]
    for step in passes:
        if "if_any" in step:
            # A pass also draws groups that other passes, left out here, would have to draw too.
            step["if_any"] = [path for path in step["if_any"] if path.partition(".")[0] in draws]
    used = {name for step in passes for name in step["textures"].values()}
    used |= {step["target"] for step in passes}
    used |= {
        name
        for step in passes
        for name in (*step.get("needs", ()), *step.get("without", {}).values())
    }
    cut = dict(plan) | {"passes": passes}
    for part in ("textures", "targets", "layers"):
        cut[part] = {name: entry for name, entry in plan[part].items() if name in used}
    return cut, draws


def read_by_output(steps: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Returns the passes whose target the output depends on, in their order."""
    wanted, kept = {"output"}, []
    for step in reversed([*steps]):
        if step["target"] in wanted:
            kept.append(step)
            wanted |= {*step["textures"].values(), *step.get("without", {}).values()}
    return kept[::-1]

"""Vectors of the draw plan: which passes a look and a face's layers ask for, in order."""

from typing import Any, Final

import numpy as np

from prink.params import HAIR, LOOKS, Look, edit, from_vector, look, look_to_dict
from prink.params.layout import LOOK_NUMBERS
from prink.render.plan import Pass, Plan, plan_of, read_plan
from prink_export.hosts.vectors.vector import Vector

__all__ = ["SCRATCH", "plan_draws"]

SUBJECT: Final = "Which passes of the draw plan run for a face, in order."
INPUTS: Final = {
    "plans": "those that are not shipped; `shipped` is the plan.json of a bundle",
    "cases.plan": "name of the plan",
    "cases.look": "a look in the form of look files",
    "cases.layers": "names of the layers that the face has, beside those that all have",
}
OUTPUTS: Final = {"cases.passes": "name, target, textures and uniforms of each; none: draw nothing"}
LIPS: Final = ["lips.color.a"]
SCRATCH: Final[dict[str, Any]] = {
    "layers": {
        "frame": {"what": "the camera's picture", "format": "rgba8", "always": True},
        "hair": {"what": "where hair is", "format": "r8", "largest": 64},
        "cloth": {"what": "where cloth is", "format": "rgba8", "largest": 32},
    },
    "textures": {"mask": {"file": "lut/face_masks.png", "tile": False}},
    "targets": {"small": {"width": 8, "height": 8, "format": "rgba8"}},
    "passes": [
        {
            **{"name": "small", "vertex": "quad", "fragment": "small", "target": "small"},
            **{"needs": ["cloth"], "textures": {"u_frame": "frame", "u_cloth": "cloth"}},
        },
        {
            **{"name": "lips", "vertex": "quad", "fragment": "lips", "target": "output"},
            **{"needs": ["cloth"], "without": {"cloth": "mask"}, "if_any": LIPS},
            "textures": {"u_cloth": "cloth", "u_frame": "frame"},
        },
        {
            **{"name": "both", "vertex": "quad", "fragment": "both", "target": "output"},
            **{"needs": ["hair", "cloth"], "without": {"cloth": "mask"}, "if_any": LIPS},
            **{"textures": {"u_hair": "hair", "u_cloth": "cloth"}, "uniforms": {"u_step": [0.5]}},
        },
    ],
}
"""A plan whose passes do without a layer in each way there is."""


def plan_draws() -> Vector:
    """Returns looks and layers with the passes that they ask of the shipped plan and another."""
    full, bare = from_vector(np.ones(LOOK_NUMBERS)), Look()
    shipped = {
        "bare": (bare, ["hair"]),
        "shares without coverage": (edit(bare, "hair.lightening=1", "lips.gloss=1"), ["hair"]),
        "a trace of lipstick": (edit(bare, "lips.color=#aa2030", "lips.color.a=0.000001"), []),
        "lips": (LOOKS["classic_red"], []),
        "foundation covers every patch": (edit(bare, "foundation.smoothing=0.5"), []),
        "teeth": (edit(bare, "teeth.whitening=0.5"), ["hair"]),
        "hair colour without hair": (HAIR["copper"], []),
        "hair colour": (HAIR["copper"], ["hair"]),
        "both, no hair": (look("classic_red", hair="copper"), []),
        "both": (look("classic_red", hair="copper"), ["hair"]),
        "full": (full, ["hair", "frame"]),
    }
    scratch = {
        f"with {' and '.join(layers) or 'nothing'}": (LOOKS["classic_red"], layers)
        for layers in ([], ["hair"], ["cloth"], ["hair", "cloth"])
    } | {"bare": (bare, ["hair", "cloth"])}
    plans = {"shipped": (read_plan(1), shipped), "scratch": (plan_of(SCRATCH, {}), scratch)}
    data = {
        "plans": {"scratch": SCRATCH},
        "cases": [
            case(plan, each, f"{name}: {what}")
            for name, (plan, looks) in plans.items()
            for what, each in looks.items()
        ],
    }
    return Vector(SUBJECT, INPUTS, OUTPUTS, data)


def case(plan: Plan, given: tuple[Look, list[str]], name: str) -> dict[str, Any]:
    worn, layers = given
    return {
        "name": name,
        "plan": name.partition(":")[0],
        "look": look_to_dict(worn),
        "layers": layers,
        "passes": [drawn(step) for step in plan.draws(worn, layers=layers)],
    }


def drawn(step: Pass) -> dict[str, Any]:
    uniforms = {name: list(value) for name, value in step.uniforms.items()}
    return {
        "name": step.name,
        "target": step.target,
        "textures": dict(step.textures),
        "uniforms": uniforms,
    }

"""The draw plan: its lists of products, and that no pass forgets a product that it draws."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prink.amount import applied
from prink.params import Look, from_vector, parameters
from prink.params.layout import LOOK_NUMBERS
from prink.render import assets
from prink.render.assets import asset
from prink.render.plan import Pass, plan_of, read_plan

NOT_CODE = re.compile(r"//.*|^#define.*", re.MULTILINE)
FULL: Look = from_vector(np.ones(LOOK_NUMBERS))
AMOUNTS = {each.path: f"{each.path}.a" if each.is_color else each.path for each in applied(FULL)}
"""What of a parameter makes it show: the coverage of a colour, or a strength itself."""


def read_by(step: Pass) -> list[str]:
    """Returns the parameters that a pass's flat shaders read."""
    names = (f"generated/{step.vertex}.vert", f"generated/{step.fragment}.frag")
    code = " ".join(NOT_CODE.sub("", asset(name).read_text()) for name in names)
    words = set(re.findall(r"\w+", code))
    return [each.path for each in parameters() if f"{each.group}_{each.name}" in words]


def group(path: str) -> str:
    return path.partition(".")[0]


def faults(step: Pass) -> list[str]:
    """Returns what a pass draws but does not run for, and what it runs for but does not draw."""
    read = read_by(step)
    drawn = [path for path in read if path in AMOUNTS]
    known = {group(path) for path in (*drawn, *step.if_any)}
    lacking = [
        f"draws {path}, but its if_any lacks {AMOUNTS[path]}"
        for path in drawn
        if AMOUNTS[path] not in step.if_any
    ]
    lacking += [
        f"reads {path}, but its if_any has nothing of {group(path)}"
        for path in read
        if group(path) not in known
    ]
    if step.target == "output":
        idle = set(step.if_any) - {AMOUNTS[path] for path in drawn}
        lacking += [f"runs for {path}, which it does not draw" for path in sorted(idle)]
    return [f"pass {step.name} {fault}" for fault in lacking]


def shipped(name: str) -> Pass:
    (step,) = [each for each in read_plan(1).passes if each.name == name]
    return step


def test_a_pass_runs_for_every_product_that_it_draws_and_for_no_other() -> None:
    steps = [step for step in read_plan(1).passes if step.if_any]
    assert {"skin", "eyes", "brows", "lips", "hair"} <= {step.name for step in steps}
    found = [fault for step in steps for fault in faults(step)]
    assert not found, "shaders/plan.json: " + "; ".join(found)


def test_a_product_forgotten_in_a_pass_is_told_with_the_pass() -> None:
    lips = shipped("lips")
    less = tuple(path for path in lips.if_any if path != "blush.color.a")
    for paths, told in (
        (less, "draws blush.color, but its if_any lacks blush.color.a"),
        ((*lips.if_any, "brows.color.a"), "runs for brows.color.a, which it does not draw"),
    ):
        assert {*faults(replace(lips, if_any=paths))} - {*faults(lips)} == {f"pass lips {told}"}


def test_a_formula_without_its_product_in_the_plan_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lips = shipped("lips")
    before = faults(lips)
    shutil.copytree(asset("generated"), tmp_path / "generated")
    with (tmp_path / "generated/lips.frag").open("a") as file:
        file.write("float trial(float y) {\n    return y * hair_shine; // hair_grey\n}\n")
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    told = "pass lips reads hair.shine, but its if_any has nothing of hair"
    assert {*faults(lips)} - {*before} == {told}


def test_an_off_screen_pass_runs_whenever_one_that_reads_it_does() -> None:
    passes = read_plan(1).passes
    pairs = [(a, b) for a in passes for b in passes if a.target in b.textures.values() if a.if_any]
    assert {made.name for made, _ in pairs} >= {"hair_near", "hair_tiles"}
    late = [(made.name, by.name) for made, by in pairs if not {*by.if_any} <= {*made.if_any}]
    assert late == []


def data(**parts: Any) -> dict[str, Any]:
    """Returns a parsed plan of one pass."""
    step = {"name": "veil", "vertex": "quad", "fragment": "veil", "target": "output"}
    step |= {"if_any": parts.pop("if_any")}
    return {"layers": {}, "textures": {}, "targets": {}, "passes": [step], **parts}


def test_a_named_list_stands_for_its_products_in_their_order() -> None:
    lists = {"cheeks": ["blush.color.a", "contour.color.a"], "mouth": ["lips.color.a"]}
    plan = plan_of(data(products=lists, if_any=["brows.color.a", "@cheeks", "hair.tip.a"]), {})
    (step,) = plan.passes
    assert step.if_any == ("brows.color.a", "blush.color.a", "contour.color.a", "hair.tip.a")


@pytest.mark.parametrize("products", [{"skin": [], "hair": []}, {}])
def test_a_list_that_there_is_not_is_refused_with_those_that_there_are(
    products: dict[str, list[str]],
) -> None:
    known = [f"@{name}" for name in products]
    told = f"plan.json: pass veil names the list '@skn' of products; lists: {known}"
    with pytest.raises(ValueError, match=re.escape(told)):
        plan_of(data(products=products, if_any=["@skn"]), {})

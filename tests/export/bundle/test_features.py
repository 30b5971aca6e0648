"""What features need is read out of the draw plan."""

import pytest

from prink.params import parameters
from prink.render.plan import shipped_plan
from prink_export.bundle.content import alone, needing
from prink_export.bundle.features import Choice, choose, features
from prink_export.network import ExportError
from prink_export.networks.registry import features_by_network

NETWORKS = features_by_network()


def chosen(*names: str) -> Choice:
    return choose(shipped_plan(), NETWORKS, names)


def passes(choice: Choice) -> list[str]:
    return [step["name"] for step in choice.plan["passes"]]


def test_all_features_need_the_whole_plan_and_all_networks() -> None:
    whole = choose(shipped_plan(), NETWORKS)
    assert whole.plan == shipped_plan()
    others = {name for needing in NETWORKS.values() for name in needing}
    assert {*whole.draws, *others} == {*features(shipped_plan(), NETWORKS)} == {*whole.features}
    assert whole.features[: len(whole.draws)] == whole.draws
    assert set(whole.networks) == set(NETWORKS) >= {"encoder", "parse"}


def test_a_feature_brings_its_passes_and_what_they_read() -> None:
    lips = chosen("lips")
    assert passes(lips) == ["near", "parts", "probe", "blur_x", "blur_y", "lips"]
    assert set(lips.plan["targets"]) == {"near", "parts", "swap", "wide", "probe"}
    assert lips.networks == ("parse",)


def test_groups_that_need_no_pass_more_come_along_and_others_are_not_drawn_by_halves() -> None:
    lips = chosen("lips")
    assert lips.draws == ("lips", "lip_liner", "teeth")
    (step,) = [step for step in lips.plan["passes"] if step["name"] == "lips"]
    assert {path.split(".")[0] for path in step["if_any"]} == set(lips.draws)
    assert passes(chosen("brows"))[-2:] == ["eyes", "brows"]
    assert passes(chosen("foundation"))[-4:] == ["skin", "eyes", "brows", "lips"]


def test_hair_brings_its_network_and_no_pictures() -> None:
    hair = chosen("hair")
    assert hair.networks == ("parse",)
    assert hair.pictures == ()
    assert "lips" not in passes(hair)


def test_a_layer_comes_with_the_passes_that_need_it_and_its_own_network_with_the_layer() -> None:
    assert set(chosen("lips").plan["layers"]) == {"frame", "face"}
    assert chosen("lips").networks == ("parse",)
    assert set(chosen("hair").plan["layers"]) == {"frame", "face", "hair"}
    plan = shipped_plan()
    plan["layers"]["cloth"] = {"what": "cloth", "format": "r8", "largest": 64, "network": "parse"}
    (lips,) = [step for step in plan["passes"] if step["name"] == "lips"]
    lips |= {"needs": ["cloth"], "without": {"cloth": "veil"}}
    plan["textures"]["veil"] = {"file": "lut/veil.png", "tile": False}
    choice = choose(plan, {**NETWORKS, "parse": ()}, ["lips"])
    assert choice.networks == ("parse",)
    assert set(choice.plan["layers"]) == {"frame", "face", "cloth"}
    assert "lut/veil.png" in choice.pictures
    assert choose(plan, {**NETWORKS, "parse": ()}, ["reading"]).networks == ("encoder",)


def test_reading_alone_draws_nothing() -> None:
    reading = chosen("reading")
    assert (reading.networks, reading.draws, passes(reading)) == (("encoder",), (), [])


def test_shaders_that_every_bundle_has_are_of_no_feature() -> None:
    each_alone = alone(choose(shipped_plan(), NETWORKS), NETWORKS)
    for path in ("generated/quad.vert", "msl/quad.vert.metal", "spirv/present.frag.spv"):
        assert needing(path, each_alone) == ()
    assert needing("generated/hair.frag", each_alone) == ("hair",)


def test_what_is_no_feature_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(ExportError, match=r"no feature is called 'lip'; did you mean 'lips'\?"):
        chosen("lip")
    with pytest.raises(ExportError, match=r"no features are chosen; known: lips, "):
        chosen()


@pytest.mark.parametrize("names", [(), ("lips",), ("foundation", "hair")])
def test_hosts_are_given_a_plan_whose_passes_name_their_products_themselves(
    names: tuple[str, ...],
) -> None:
    plan = choose(shipped_plan(), NETWORKS, names or None).plan
    assert "products" not in plan
    listed = {path for step in plan["passes"] for path in step.get("if_any", ())}
    known = {f"{each.path}.a" if each.is_color else each.path for each in parameters()}
    assert listed
    assert listed <= known

"""The list of looks, and one look as JSON."""

import json

from prink.cli import main
from prink.params import HAIR, parameters, parse_look
from prink.params.looks import LOOKS


def test_list_names_every_look_and_hair_colour(capsys):
    assert main(["looks"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in (*LOOKS, *HAIR))


def test_one_look_is_a_look_file(capsys):
    for name, look in {**LOOKS, **HAIR}.items():
        assert main(["looks", name]) == 0
        assert parse_look(capsys.readouterr().out) == look


def test_json_holds_all(capsys):
    assert main(["looks", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(LOOKS)


def test_unknown_look_suggests_the_nearest(capsys):
    assert main(["looks", "clasic-red"]) == 2
    said = capsys.readouterr().err
    assert "did you mean classic_red?" in said
    assert said.count("\n") == 1


def test_parameters_have_range_value_and_meaning(capsys):
    assert main(["looks", "--parameters"]) == 0
    shown = capsys.readouterr().out
    assert all(parameter.path in shown for parameter in parameters())
    assert "0 is matte, 0.3 satin" in shown
    gloss = next(line for line in shown.splitlines() if line.strip().startswith("lips.gloss "))
    assert gloss.split()[1:5] == ["0", "to", "1", "0.3"]
    assert "lips.color.a=0.5" in shown


def test_parameters_of_a_look_are_its_own(capsys):
    assert main(["looks", "classic_red", "--parameters"]) == 0
    lips = LOOKS["classic_red"].lips.color
    assert f"{100 * lips.a:.0f}%" in capsys.readouterr().out

"""The list of looks, and one look as JSON."""

import json

from prink.cli import main
from prink.params import parse_look
from prink.params.looks import LOOKS


def test_list_names_every_look(capsys):
    assert main(["looks"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in LOOKS)


def test_one_look_is_a_look_file(capsys):
    for name in LOOKS:
        assert main(["looks", name]) == 0
        assert parse_look(capsys.readouterr().out) == LOOKS[name]


def test_json_holds_all(capsys):
    assert main(["looks", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(LOOKS)


def test_unknown_look_suggests_the_nearest(capsys):
    assert main(["looks", "clasic-red"]) == 2
    said = capsys.readouterr().err
    assert "did you mean classic_red?" in said
    assert said.count("\n") == 1

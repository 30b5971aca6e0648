"""Look files: exact round trips, messages that name what is wrong, older versions, whole files."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prink.params import (
    LOOKS,
    SCHEMA_VERSION,
    Look,
    LookError,
    dump_look,
    edit,
    from_vector,
    load_look,
    look_from_dict,
    look_to_dict,
    parameters,
    parse_look,
    save_look,
    to_vector,
)
from prink.params import look_file as look_file_module
from prink.params.schema import Lips

NUMBERS = len(to_vector(Look()))
vectors = arrays(np.float64, NUMBERS, elements=st.floats(0, 1))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def text(**groups: object) -> str:
    return json.dumps({"version": SCHEMA_VERSION, **groups})


@given(vectors)
@settings(max_examples=60, deadline=None)
def test_any_look_survives_its_file_exactly(vector: np.ndarray) -> None:
    look = from_vector(vector)
    assert parse_look(dump_look(look)) == look
    assert look_from_dict(look_to_dict(look)) == look


@given(vectors)
@settings(max_examples=60, deadline=None)
def test_any_vector_survives_the_look(vector: np.ndarray) -> None:
    assert np.abs(to_vector(from_vector(vector)) - vector).max() < 1e-7


def test_a_vector_of_another_schema_or_with_nan_is_refused() -> None:
    with pytest.raises(ValueError, match=rf"shape \({NUMBERS},\), got \(3,\)"):
        from_vector(np.zeros(3))
    with pytest.raises(ValueError, match="NaN at 7"):
        from_vector(np.where(np.arange(NUMBERS) == 7, np.nan, 0.5))


def test_a_saved_look_loads_again_and_left_out_fields_keep_their_defaults(tmp_path: Path) -> None:
    path = tmp_path / "my.look.json"
    save_look(LOOKS["classic_red"], path)
    assert load_look(path) == LOOKS["classic_red"]
    path.write_bytes(b"\xef\xbb\xbf" + text(name="Mine", doc="", lips={"gloss": 1}).encode())
    assert load_look(path) == edit(Look(), "lips.gloss=1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", r"not JSON"),
        ("{", r"not JSON"),
        ("[" * 100_000, r"not JSON"),
        (text(lips={"gloss": 0})[:-3] + "9" * 5000 + "}}", r"not JSON"),
        ("[]", r"a look is a JSON object, got list"),
        ("{}", rf'version is missing; expected "version": {SCHEMA_VERSION}'),
        ('{"version": null}', r"version is null"),
        ('{"version": "1"}', r"version is '1'"),
        ('{"version": 0}', r"version is 0"),
        ('{"version": true}', r"version is true"),
        ('{"version": 99}', rf"version is 99; this prink reads up to {SCHEMA_VERSION}, upgrade"),
        (text(lipps={}), r"unknown group 'lipps'; did you mean 'lips'\?"),
        (text(zzz={}), r"unknown group 'zzz'; known: lips, lip_liner"),
        (text(lips={"glos": 1}), r"unknown parameter lips.glos; did you mean 'lips.gloss'\?"),
        (text(teeth={"zzz": 1}), r"unknown parameter teeth.zzz; known: teeth.whitening"),
        ('{"version": 1, "lips": {}, "lips": {}}', r"'lips' is set twice in one object"),
        ('{"version": 1, "lips": {"gloss": 0, "gloss": 1}}', r"'gloss' is set twice"),
        (text(lips=0.5), r"lips is 0.5; expected an object of parameters"),
        (text(lips={"gloss": 1.2}), r"lips.gloss is 1.2; its range is 0 to 1"),
        (text(lips={"gloss": -1}), r"lips.gloss is -1; its range is 0 to 1"),
        (text(lips={"gloss": 10**400}), r"lips.gloss is 1000\d*\.\.\.\d*0; its range is 0 to 1"),
        (text(lips={"gloss": float("nan")}), r"lips.gloss is nan; expected a number 0 to 1"),
        (text(lips={"gloss": float("inf")}), r"lips.gloss is inf; its range is 0 to 1"),
        (text(lips={"gloss": True}), r"lips.gloss is true; expected a number 0 to 1"),
        (text(lips={"gloss": "1"}), r"lips.gloss is '1'; expected a number 0 to 1"),
        (text(lips={"gloss": None}), r"lips.gloss is null; expected a number 0 to 1"),
        (text(lips={"color": "red"}), r"lips.color is 'red'; a colour is '#rrggbb'"),
        (text(lips={"color": "#12345"}), r"lips.color is '#12345'; a colour is"),
        (text(lips={"color": [1, 0]}), r"lips.color is \[1, 0\]; a colour is"),
        (text(lips={"color": [1, 0, 2]}), r"lips.color\[2\] is 2; its range is 0 to 1"),
        (text(lips={"color": [1, 0, 0, None]}), r"lips.color\[3\] is null; expected a number"),
    ],
)
def test_each_mistake_is_named_with_value_range_and_file(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(content)
    with pytest.raises(LookError, match=said) as caught:
        load_look(path)
    assert str(caught.value).endswith(f"({path})")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(path))


@given(json_values)
@settings(max_examples=150, deadline=None)
def test_any_json_is_a_look_or_a_look_error(value: object) -> None:
    for document in (
        value,
        {"version": 1, "lips": value},
        {"version": 1, "lips": {"color": value}},
    ):
        try:
            parse_look(json.dumps(document), source="here.json")
        except LookError as error:
            assert str(error).endswith("(here.json)")  # noqa: PT017


def test_a_look_out_of_range_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(LookError, match=r"lips.gloss is nan"):
        save_look(replace(Look(), lips=Lips(gloss=float("nan"))), tmp_path / "nan.json")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LookError, match=r"No such file or directory \(.*gone.json\)"):
        load_look(tmp_path / "gone.json")
    with pytest.raises(LookError, match=re.escape(str(tmp_path))):
        load_look(tmp_path)
    (tmp_path / "bytes.json").write_bytes(bytes(range(128, 256)))
    with pytest.raises(LookError, match=r"not a text file \(.*bytes.json\)"):
        load_look(tmp_path / "bytes.json")


def test_an_older_file_is_migrated_version_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(data: dict) -> dict:
        return {("lips" if name == "lipstick" else name): value for name, value in data.items()}

    def percent(data: dict) -> dict:
        shares = {name: value / 100 for name, value in data["lips"].items()}
        return {**data, "lips": shares}

    newest = SCHEMA_VERSION + 2
    monkeypatch.setattr(look_file_module, "SCHEMA_VERSION", newest)
    monkeypatch.setitem(look_file_module.MIGRATIONS, newest - 2, renamed)
    monkeypatch.setitem(look_file_module.MIGRATIONS, newest - 1, percent)
    expected = edit(Look(), "lips.gloss=0.8")
    oldest = {"version": newest - 2, "lipstick": {"gloss": 80}}
    assert look_from_dict(oldest) == expected
    assert look_from_dict({"version": newest - 1, "lips": {"gloss": 80}}) == expected
    assert look_from_dict({"version": newest, "lips": {"gloss": 0.8}}) == expected
    assert look_to_dict(expected)["version"] == newest


def test_every_older_version_has_its_migration() -> None:
    assert sorted(look_file_module.MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_saving_is_whole_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept.json"
    save_look(LOOKS["classic_red"], path)
    before = path.read_bytes()

    def full(self: Path, data: str, **_: object) -> int:
        with self.open("w") as file:
            file.write(data[:50])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(LookError, match=r"No space left on device \(.*kept.json\)"):
        save_look(Look(), path)
    monkeypatch.undo()
    assert path.read_bytes() == before
    for place in (tmp_path / "missing" / "a.json", path / "a.json", tmp_path):
        with pytest.raises(LookError, match=re.escape(f"({place})")):
            save_look(Look(), place)
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_every_parameter_is_in_the_file_under_its_own_name() -> None:
    data = look_to_dict(Look())
    assert {p.path for p in parameters()} == {
        f"{group}.{name}" for group, values in data.items() if group != "version" for name in values
    }

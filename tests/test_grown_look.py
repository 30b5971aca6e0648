"""A look that grows breaks no network: what is shipped is read, drawn and exported as before."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.tolerances import EXPORTED

from prink.arrays import Bytes
from prink.doctor import TASK
from prink.params import parameters, to_vector
from prink.reading import Encoder, read_look
from prink.weights import find_model
from prink_export.codegen.outputs import ONLY_GENERATED

Report = dict[str, Any]
REPOSITORY = Path(__file__).parents[1]
COPIED = ("sdk/prink", "export/prink_export", "shaders", *ONLY_GENERATED[1:])
SIZE = '    size: Annotated[float, share("Size", "Extent of the blush.")] = 0.5\n'
# Names that no product will have, so that the schema can truly grow.
TRIAL = '    trial: Annotated[float, share("Trial", "Nothing is drawn of it.")] = 0.0\n'
LOOK = "@dataclass(frozen=True, kw_only=True)\nclass Look:\n"
TRIALS = '''@dataclass(frozen=True, kw_only=True)
class Trials:
    """A product that is not drawn."""

    color: Annotated[Rgba, share("Colour", "A pigment and its coverage.")] = Rgba(0.7, 0.1, 0.2)
    gloss: Annotated[float, share("Gloss", "How much it shines.")] = 0.8


'''
HAIR = "    hair: Hair = field(default_factory=Hair)\n"


@dataclass(frozen=True)
class Growth:
    """What is written into the schema, its numbers on a bare face, and which networks to export."""

    edits: Mapping[str, str]
    bare: Mapping[str, Sequence[float]]
    exported: tuple[str, ...]


GROWN = {
    "a parameter": Growth({SIZE: SIZE + TRIAL}, {"blush.trial": [0.0]}, ("encoder",)),
    "a group": Growth(
        {LOOK: TRIALS + LOOK, HAIR: HAIR + "    trials: Trials = field(default_factory=Trials)\n"},
        {"trials.color": [0.7, 0.1, 0.2, 0.0], "trials.gloss": [0.8]},
        ("encoder", "parse"),
    ),
}


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory, astronaut: Bytes) -> Callable[[str], Report]:
    """What `grown_look.py` reports of a copy of prink with a longer schema."""
    pytest.importorskip("onnxscript", reason="needs the converters: pip install '.[export]'")
    known: dict[str, Report] = {}

    def report(name: str) -> Report:
        if name not in known:
            known[name] = run(tmp_path_factory.mktemp("grown"), GROWN[name], astronaut)
        return known[name]

    return report


def run(copy: Path, growth: Growth, rgb: Bytes) -> Report:
    skipped = shutil.ignore_patterns("__pycache__")
    for folder in COPIED:
        shutil.copytree(REPOSITORY / folder, copy / folder, ignore=skipped)
    (copy / "out").mkdir()
    Image.fromarray(rgb).save(copy / "photo.png")
    schema = copy / "sdk/prink/params/schema.py"
    text = schema.read_text()
    for before, after in growth.edits.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    schema.write_text(text)
    where = {"PYTHONPATH": os.pathsep.join((str(copy / "sdk"), str(copy / "export")))}
    if task := find_model(TASK):  # the copy has no shared folder beside it
        where["PRINK_ASSETS"] = str(task.parent)
    words: list[object] = [
        REPOSITORY / "tests/grown_look.py",
        copy,
        copy / "photo.png",
        copy / "out",
    ]
    words += growth.exported
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | where | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: Report = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("by", ["encoder", "measured"])
@pytest.mark.parametrize("name", GROWN)
def test_a_photo_reads_as_before_and_what_is_new_is_bare(
    name: str, by: str, grown: Callable[[str], Report], astronaut: Bytes
) -> None:
    read, bare = grown(name)[by], GROWN[name].bare
    before = read_look(astronaut, by=by)
    vector = to_vector(before.look)
    for parameter in parameters():
        expected = pytest.approx(vector[parameter.numbers].tolist(), abs=1e-6)
        assert read["look"].pop(parameter.path) == expected, parameter.path
    assert read["look"] == {path: pytest.approx(numbers) for path, numbers in bare.items()}
    sure = dict(before.confidence) | {
        path.partition(".")[0]: 0.0 for path in bare if "trials" in path
    }
    assert read["confidence"] == pytest.approx(sure)


@pytest.mark.parametrize("name", GROWN)
def test_every_command_that_reads_runs(name: str, grown: Callable[[str], Report]) -> None:
    assert grown(name)["codes"] == {"read": 0, "try": 0, "doctor": 0}
    assert grown(name)["doctor"] == "ok"


@pytest.mark.parametrize("name", GROWN)
def test_the_shipped_networks_are_exported_with_their_own_fields(
    name: str, grown: Callable[[str], Report]
) -> None:
    found = grown(name)["exported"]
    assert found["breaches"] == {each: [] for each in GROWN[name].exported}
    assert found["fields"] == Encoder().fields.listed()


@pytest.mark.parametrize("name", GROWN)
def test_hosts_are_told_the_fields_of_the_shipped_encoder(
    name: str, grown: Callable[[str], Report]
) -> None:
    told = grown(name)["hosts"]
    assert len(told) == 3
    assert all(fields == Encoder().fields.listed() for fields in told.values())


@pytest.mark.parametrize("name", GROWN)
def test_a_new_encoder_says_hair_where_hair_is(name: str, grown: Callable[[str], Report]) -> None:
    new = grown(name)["new"]
    assert new["look"].keys() == new["said"].keys()
    for path, numbers in new["said"].items():
        assert new["look"][path] == pytest.approx(numbers, abs=EXPORTED), path
    assert new["confidence"][0] == pytest.approx(new["confidence"][1], abs=EXPORTED)

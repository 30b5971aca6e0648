"""Generated files: always fresh, and staleness is noticed."""

import shutil
from pathlib import Path

import pytest

from prink.params import parameters
from prink_export.cli import main
from prink_export.codegen import stale, write
from prink_export.codegen.outputs import ANDROID, ONLY_GENERATED, WEB

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of its own that may be spoiled."""
    for folder in ("shaders", *ONLY_GENERATED[1:]):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    (tmp_path / "sdk/prink/params").mkdir(parents=True)
    shutil.copy(REPOSITORY / "sdk/prink/params/PARAMS.md", tmp_path / "sdk/prink/params")
    return tmp_path


def test_every_generated_file_is_fresh() -> None:
    assert stale(REPOSITORY) == []


def test_what_differs_is_found_named_and_written_again(copy: Path) -> None:
    spoiled = [
        copy / "sdk/prink/params/PARAMS.md",
        copy / "shaders/generated/lips.frag",
        copy / "shaders/generated/leftover.frag",
        copy / "shaders/lut/grain.png",
        copy / "shaders/mesh/face.bin",
        copy / ANDROID / "Leftover.kt",
        copy / WEB / "look.ts",
    ]
    spoiled[0].write_text(spoiled[0].read_text() + "edited by hand\n")
    spoiled[1].write_text(spoiled[1].read_text().replace("0.3", "0.4"))
    spoiled[2].write_text("")
    shutil.copy(copy / "shaders/lut/face_masks.png", spoiled[3])
    spoiled[4].unlink()
    spoiled[5].write_text("")
    spoiled[6].write_text(spoiled[6].read_text().replace("lo: 0", "lo: 1", 1))
    assert sorted(stale(copy)) == sorted(spoiled)
    assert sorted(write(copy)) == sorted(spoiled)
    assert stale(copy) == []
    assert not spoiled[2].exists()
    assert not spoiled[5].exists()


def test_a_change_of_a_shader_makes_the_flat_ones_that_include_it_stale(copy: Path) -> None:
    source = copy / "shaders/lib/lipstick.glsl"
    source.write_text(source.read_text() + "// a new formula\n")
    assert [path.name for path in stale(copy)] == ["lips.frag"]


def test_the_command_fails_on_stale_files_and_on_a_place_that_is_no_checkout(
    copy: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gen", "--check", "--repository", str(copy)]) == 0
    (copy / "shaders/generated/lips.frag").write_text("")
    assert main(["gen", "--check", "--repository", str(copy)]) == 1
    assert capsys.readouterr().out == "stale: shaders/generated/lips.frag\n"
    assert main(["gen", "--repository", str(tmp_path_factory.mktemp("empty"))]) == 2
    assert "needs a checkout" in capsys.readouterr().err


def test_the_parameter_table_tells_every_parameter() -> None:
    table = (REPOSITORY / "sdk/prink/params/PARAMS.md").read_text()
    for parameter in parameters():
        assert f"| `{parameter.path}` |" in table
        assert parameter.spec.doc in table

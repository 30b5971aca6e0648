"""The device bundle: complete, small enough, the same every time, whole or not at all."""

import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Tracker
from prink.params import LOOKS, edit, look, look_from_dict, pack
from prink.parse import Parser
from prink.render import Renderer, assets
from prink.render.plan import read_plan
from prink_export.bundle.content import FORMATS
from prink_export.bundle.make import BUDGET, make_bundle, size_table
from prink_export.bundle.manifest import Manifest, read_manifest
from prink_export.cli import main
from prink_export.network import ExportError
from prink_export.networks.registry import entries
from prink_export.pipeline.tree_hash import tree_hash

WEB = {"web": "fp32"}


def manifest_of(bundle: Path) -> Manifest:
    return read_manifest((bundle / "manifest.json").read_bytes())


@pytest.fixture
def everywhere(artifacts: Path, tmp_path: Path) -> Path:
    """Artifacts with the parsing network in half precision, which a bundle only copies."""
    folder = tmp_path.parent / f"{tmp_path.name}_models"
    shutil.copytree(artifacts, folder)
    for suffix in ("tflite", "onnx"):
        (folder / f"parse.fp16.{suffix}").write_bytes(b"half")
    package = folder / "parse.fp16.mlpackage"
    package.mkdir()
    (package / "Manifest.json").write_text("{}")
    return folder


@pytest.fixture
def small(everywhere: Path, tmp_path: Path) -> Path:
    """Lips for every platform, with the network that says where they are."""
    out = tmp_path / "lips.bundle"
    make_bundle(out, models=everywhere, features=["lips"])
    return out


def test_a_bundle_draws_what_the_checkout_draws(
    bundle: Path, astronaut: Bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shaders, mesh, plan and pictures come from the bundle alone."""
    with Tracker() as tracker:
        faces = tracker.track(astronaut)
    hair = Parser().find(astronaut, faces, face=False)
    worn = look("smoky_eye", hair="copper")

    def drawn() -> Bytes:
        for cached in (read_plan, assets.read_mesh):
            cached.cache_clear()
        with Renderer() as renderer:
            return renderer.draw(astronaut, faces, worn, parsing=hair)

    here = drawn()
    monkeypatch.setattr(assets, "root", lambda: bundle)
    assert np.array_equal(drawn(), here)
    monkeypatch.undo()
    for cached in (read_plan, assets.read_mesh):
        cached.cache_clear()


def test_folder_and_zip_hold_the_same(bundle: Path) -> None:
    folder = {p.relative_to(bundle).as_posix(): p for p in bundle.rglob("*") if p.is_file()}
    with zipfile.ZipFile(f"{bundle}.zip") as archive:
        assert sorted(archive.namelist()) == sorted(folder)
        assert all(archive.read(name) == path.read_bytes() for name, path in folder.items())


def test_the_same_input_gives_the_same_bytes(bundle: Path, artifacts: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.bundle"
    make_bundle(again, models=artifacts, precisions=WEB, zipped=True)
    assert Path(f"{again}.zip").read_bytes() == Path(f"{bundle}.zip").read_bytes()


def test_networks_come_with_their_cards_and_licences(bundle: Path) -> None:
    found = manifest_of(bundle)
    names = {entry.name for entry in entries()}
    assert {"encoder", "parse"} <= names
    assert found.models == {"web": {name: f"models/web/{name}.fp32.onnx" for name in names}}
    paths = {entry.path for entry in found.files}
    assert {*(f"cards/{name}.md" for name in names), "LICENSE", "NOTICE"} <= paths
    assert {entry.licence for entry in found.files} == {"Apache-2.0"}


def test_each_platform_gets_its_own_tongue(small: Path) -> None:
    found = manifest_of(small)
    folders = {
        name: {entry.path.split("/")[0] for entry in found.files if name in entry.platforms}
        for name in FORMATS
    }
    assert "msl" in folders["ios"]
    assert "spirv" not in folders["ios"]
    ours = {entry.path for entry in found.files if "ios" in entry.platforms}
    assert {path for path in ours if path.startswith("generated/")} == {"generated/regions.json"}
    assert {"generated", "spirv"} <= folders["android"]
    assert not {"spirv", "msl"} & folders["web"]
    (regions,) = [entry for entry in found.files if entry.path == "generated/regions.json"]
    assert regions.platforms == ("android", "ios", "web")


def test_a_bundle_of_few_features_is_without_the_others(small: Path) -> None:
    found = manifest_of(small)
    paths = {entry.path for entry in found.files}
    assert "generated/lips.frag" in paths
    assert "cards/parse.md" in paths
    assert not {"generated/hair.frag", "generated/skin.frag", "cards/encoder.md"} & paths
    assert found.draws == ("lips", "lip_liner", "teeth")
    presets = json.loads((small / "presets.json").read_text())
    groups = {group for entry in presets["looks"].values() for group in entry["look"]}
    assert groups - {"version"} <= set(found.draws)
    assert presets["hair"] == {}


def test_presets_are_the_shipped_looks(bundle: Path) -> None:
    presets = json.loads((bundle / "presets.json").read_text())
    assert set(presets["looks"]) == set(LOOKS)
    for name, entry in presets["looks"].items():
        assert np.array_equal(pack(look_from_dict(entry["look"])), pack(look(name)))


def test_the_schema_tells_where_each_number_is_packed(bundle: Path) -> None:
    schema = json.loads((bundle / "schema.json").read_text())
    (gloss,) = [p for p in schema["groups"][0]["parameters"] if p["name"] == "gloss"]
    packed = pack(edit(look("no_makeup"), "lips.gloss=0.75"))
    assert packed.size == 4 * schema["vec4s"]
    assert packed.ravel()[gloss["offset"]] == 0.75


def test_sizes_are_told_by_feature_and_platform(bundle: Path) -> None:
    found = manifest_of(bundle)
    table = {line.split()[0]: line.split()[-1] for line in size_table(found).splitlines()}
    assert float(table["hair"]) > 1.8
    assert float(table["reading"]) > 7.8
    assert 1.9 < float(table["lips"]) < 2.6  # the parsing network with it
    on_disk = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    assert found.size() == found.size("web") == on_disk
    assert float(table["installed"]) == pytest.approx(on_disk / 1e6, abs=0.006)


def test_all_with_hair_is_within_the_budget(bundle: Path) -> None:
    assert manifest_of(bundle).size("web") < BUDGET == 12_000_000


def test_over_the_budget_nothing_is_written(artifacts: Path, tmp_path: Path) -> None:
    out = tmp_path / "prink.bundle"
    with pytest.raises(
        ExportError, match=r"web would install 10\.\d MB, over the budget of 10 MB;"
    ):
        make_bundle(out, models=artifacts, precisions=WEB, zipped=True, budget=10_000_000)
    assert [*tmp_path.iterdir()] == []


def test_a_missing_artifact_is_named_with_the_command_that_makes_it(
    artifacts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "prink.bundle"
    arguments = ["bundle", "--models", str(artifacts), "--out", str(out), "--precision", "ios=pal6"]
    assert main([*arguments, "--platforms", "ios"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("prink-export: there is no encoder.pal6.mlpackage in ")
    assert "prink-export models --format coreml --precision pal6 --out" in told
    assert [*tmp_path.iterdir()] == []


def test_a_package_is_taken_with_all_its_files(tmp_path: Path) -> None:
    package = tmp_path / "models/parse.fp16.mlpackage"
    (package / "Data").mkdir(parents=True)
    (package / "Manifest.json").write_text("{}")
    (package / "Data/weight.bin").write_bytes(b"\0" * 64)
    out = tmp_path / "prink.bundle"
    make_bundle(out, models=package.parent, features=["hair"], precisions={"ios": "fp16"})
    inside = out / manifest_of(out).models["ios"]["parse"]
    assert (inside / "Data/weight.bin").read_bytes() == b"\0" * 64
    assert (inside / "Manifest.json").is_file()


def test_a_bundle_is_replaced_and_anything_else_is_left(small: Path, everywhere: Path) -> None:
    before = manifest_of(small)
    make_bundle(small, models=everywhere, features=["eyes"])
    assert manifest_of(small).draws != before.draws
    shutil.rmtree(small)
    small.mkdir()
    (small / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(ExportError, match="there is something else at the place of the output"):
        make_bundle(small, models=everywhere, features=["lips"])
    assert (small / "photo.jpg").read_bytes() == b"mine"
    assert [*small.parent.iterdir()] == [small]


def test_a_zip_of_others_is_left(everywhere: Path, tmp_path: Path) -> None:
    (tmp_path / "lips.zip").write_bytes(b"mine")
    with pytest.raises(ExportError, match="there is something else at the place of the output"):
        make_bundle(tmp_path / "lips", models=everywhere, features=["lips"], zipped=True)
    assert (tmp_path / "lips.zip").read_bytes() == b"mine"
    assert not (tmp_path / "lips").exists()


def test_an_empty_folder_may_become_a_bundle(everywhere: Path, tmp_path: Path) -> None:
    (tmp_path / "lips").mkdir()
    make_bundle(tmp_path / "lips", models=everywhere, features=["lips"])
    assert manifest_of(tmp_path / "lips").features == ("lips",)


def test_sizes_are_told_of_the_platforms_that_install(artifacts: Path, tmp_path: Path) -> None:
    made = make_bundle(tmp_path / "b", models=artifacts, features=["lips"], precisions=WEB)
    assert size_table(made).splitlines()[0].split() == ["MB", "web"]


def test_int8_for_core_ml_is_looked_for_under_the_name_it_ships_by(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"there is no parse.int8w.mlpackage in"):
        make_bundle(tmp_path / "b", models=tmp_path, features=["hair"], precisions={"ios": "int8"})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--platforms", ","], "--platforms is empty; known: android, ios, web"),
        (["--precision", "fp99"], "no precision fp99; known: fp32, fp16, int8"),
        (["--precision", "ios=fp16", "--platforms", "web"], "--platforms leaves ios out"),
    ],
)
def test_wrong_platforms_and_precisions_are_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bundle", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_an_unknown_platform_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bundle", "--platforms", "windows"]) == 2
    assert capsys.readouterr().err == (
        "prink-export: no platform is called 'windows'; known: android, ios, web\n"
    )


def test_an_artifact_that_the_export_calls_red_does_not_ship(
    artifacts: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    shutil.copytree(artifacts, models)
    row = {"file": "parse.fp32.onnx", "passed": False, "breaches": ["1 - IoU is 0.3"], "sha256": ""}
    said = r"parse\.fp32\.onnx is red and does not ship: 1 - IoU is 0\.3"
    changed = {**row, "passed": True, "breaches": [], "sha256": "0" * 64}
    for told, why in (
        (row, said),
        (changed, r"parse\.fp32\.onnx was changed after it was measured"),
    ):
        (models / "export.json").write_text(json.dumps([told]))
        with pytest.raises(ExportError, match=why):
            make_bundle(tmp_path / "out", models=models, precisions={"web": "fp32"})
        assert not (tmp_path / "out").exists()
    whole = {**changed, "sha256": tree_hash(models / "parse.fp32.onnx")}
    (models / "export.json").write_text(json.dumps([whole]))
    make_bundle(tmp_path / "out", models=models, precisions={"web": "fp32"})

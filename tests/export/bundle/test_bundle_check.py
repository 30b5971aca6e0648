"""A bundle that is not what its manifest says is refused with the reason."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from prink_export.bundle.check import check_bundle
from prink_export.bundle.manifest import canonical, sha256
from prink_export.cli import main
from prink_export.network import ExportError


@pytest.fixture
def copy(bundle: Path, tmp_path: Path) -> Path:
    """A bundle of its own that may be spoiled."""
    return Path(shutil.copytree(bundle, tmp_path / "prink.bundle"))


def rewrite(bundle: Path, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    """Changes the manifest and signs it again, as another prink would."""
    path = bundle / "manifest.json"
    data = json.loads(path.read_text())
    change(data)
    del data["sha256"]
    data["sha256"] = sha256(canonical(data))
    path.write_text(json.dumps(data, indent=2) + "\n")


def test_a_whole_bundle_is_accepted_as_folder_and_as_zip(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_bundle(bundle) == check_bundle(Path(f"{bundle}.zip"))
    assert main(["check", str(bundle)]) == 0
    assert "is whole: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["generated/lips.frag", "mesh/face.bin", "models/web/parse.fp32.onnx"]
)
def test_a_changed_byte_is_refused(
    copy: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    assert main(["check", str(copy)]) == 1
    assert capsys.readouterr().err.startswith(f"prink-export: {name} was changed: ")


def test_a_longer_file_is_refused(copy: Path) -> None:
    with (copy / "plan.json").open("a") as file:
        file.write(" ")
    with pytest.raises(ExportError, match=r"plan.json was changed"):
        check_bundle(copy)


def test_a_changed_byte_of_the_manifest_is_refused(copy: Path) -> None:
    path = copy / "manifest.json"
    path.write_text(path.read_text().replace('"Apache-2.0"', '"Apache-2.1"', 1))
    with pytest.raises(ExportError, match=r"manifest.json was changed after the bundle was made"):
        check_bundle(copy)
    path.write_text(path.read_text() + " ")
    with pytest.raises(ExportError, match=r"manifest.json was changed after the bundle was made"):
        check_bundle(copy)


@pytest.mark.parametrize(
    ("what", "value", "reason"),
    [
        ("prink", "9.0.0", "the bundle is of prink 9.0.0, this is prink 0."),
        ("schema", 99, "the bundle is of schema 99, this is schema "),
        ("bundle", 2, "the bundle has layout 2; this prink reads layout 1"),
    ],
)
def test_another_version_is_refused(copy: Path, what: str, value: object, reason: str) -> None:
    rewrite(copy, lambda data: data["versions"].update({what: value}))
    with pytest.raises(ExportError, match=re.escape(reason)):
        check_bundle(copy)


def test_a_missing_and_an_extra_file_are_refused(copy: Path) -> None:
    (copy / "extra.txt").write_text("")
    with pytest.raises(ExportError, match=r"extra.txt is not in the manifest"):
        check_bundle(copy)
    (copy / "extra.txt").unlink()
    (copy / "lut/grain.png").unlink()
    with pytest.raises(ExportError, match=r"lut/grain.png is missing"):
        check_bundle(copy)


@pytest.mark.parametrize("path", ["../outside", "/outside", "a\\b", "./plan.json", "c:x"])
def test_a_path_outside_is_refused(copy: Path, path: str) -> None:
    def lead_out(data: dict) -> None:  # type: ignore[type-arg]
        data["files"][0]["path"] = path

    rewrite(copy, lead_out)
    with pytest.raises(ExportError, match=re.escape(f"{path!r} lies outside the bundle")):
        check_bundle(copy)


def test_a_zip_with_a_path_outside_or_twice_is_refused(bundle: Path, tmp_path: Path) -> None:
    for name, reason in (("../evil", "lies outside"), ("plan.json", "is twice in the zip")):
        spoiled = Path(shutil.copy(f"{bundle}.zip", tmp_path / "spoiled.zip"))
        with zipfile.ZipFile(spoiled, "a") as archive, pytest.MonkeyPatch.context() as patch:
            patch.setattr("warnings.warn", lambda *_, **__: None)
            archive.writestr(name, "x")
        with pytest.raises(ExportError, match=reason):
            check_bundle(spoiled)


def test_a_changed_byte_inside_a_zip_is_refused(bundle: Path, tmp_path: Path) -> None:
    data = bytearray(Path(f"{bundle}.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "spoiled.zip").write_bytes(data)
    with pytest.raises(ExportError, match=r"cannot be unpacked|was changed"):
        check_bundle(tmp_path / "spoiled.zip")


def test_a_zip_that_was_cut_or_whose_table_is_broken_is_refused(
    bundle: Path, tmp_path: Path
) -> None:
    data, spoiled = Path(f"{bundle}.zip").read_bytes(), tmp_path / "spoiled.zip"
    spoiled.write_bytes(data[:-100])
    with pytest.raises(ExportError, match="neither a folder nor a whole zip"):
        check_bundle(spoiled)
    spoiled.write_bytes(data.replace(b"PK\1\2", b"PK\1\3"))
    with pytest.raises(ExportError, match="the zip is broken"):
        check_bundle(spoiled)


@pytest.mark.parametrize(
    ("key", "value"), [("path", 3), ("bytes", None), ("sha256", []), ("platforms", [1])]
)
def test_a_manifest_of_other_types_is_refused(copy: Path, key: str, value: object) -> None:
    rewrite(copy, lambda data: data["files"][0].update({key: value}))
    with pytest.raises(ExportError, match=r"manifest.json lacks an entry"):
        check_bundle(copy)


def test_a_network_that_is_named_but_not_there_is_refused(copy: Path) -> None:
    rewrite(copy, lambda data: data["models"]["web"].update(parse="models/web/other.onnx"))
    with pytest.raises(ExportError, match=r"models/web/other.onnx is missing"):
        check_bundle(copy)


def test_a_link_is_refused(copy: Path) -> None:
    (copy / "plan.json").unlink()
    (copy / "plan.json").symlink_to("schema.json")
    with pytest.raises(ExportError, match=r"plan.json is a link or device, not a file"):
        check_bundle(copy)


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"the bundle is not there"):
        check_bundle(tmp_path / "nothing")
    with pytest.raises(ExportError, match=r"there is no manifest.json, so it is no bundle"):
        check_bundle(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ExportError, match=r"manifest.json is not that of a prink bundle"):
        check_bundle(tmp_path)
    with pytest.raises(ExportError, match=r"neither a folder nor a whole zip"):
        check_bundle(tmp_path / "manifest.json")

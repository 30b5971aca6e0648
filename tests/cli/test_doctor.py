"""The doctor tells what is here and fails where prink could not draw."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from prink.cli import main


def examined(**environment):
    command = [sys.executable, "-m", "prink", "doctor", "--json"]
    result = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True
    )
    report = json.loads(result.stdout)
    return result.returncode, report, {each["part"]: each for each in report["findings"]}


def test_healthy_machine_can_draw():
    code, report, parts = examined()
    assert code == 0
    assert report["can_draw"]
    assert parts["OpenGL"]["state"] == parts["face tracker"]["state"] == "ok"
    assert "Apache-2.0" in parts["face_landmarker.task"]["detail"]


def test_without_a_driver_it_names_the_install_command(tmp_path):
    code, report, parts = examined(__EGL_VENDOR_LIBRARY_FILENAMES=str(tmp_path / "none.json"))
    assert code == 1
    assert not report["can_draw"]
    assert parts["OpenGL"]["state"] == "missing"
    assert "apt-get install" in parts["OpenGL"]["fix"]


def test_wrong_model_file_is_found(tmp_path):
    (tmp_path / "face_landmarker.task").write_bytes(b"not it")
    code, _, parts = examined(PRINK_ASSETS=str(tmp_path))
    assert code == 1
    assert "expected 3,758,596" in parts["face_landmarker.task"]["detail"]
    assert str(tmp_path) in parts["face tracker"]["detail"]


def test_absent_model_is_no_failure_where_one_is_bundled(tmp_path, monkeypatch):
    monkeypatch.setattr("prink.weights.folders", lambda: (Path(tmp_path),))
    monkeypatch.setattr("prink.doctor.cache_folder", lambda: tmp_path / "cache")
    from prink.doctor import examine

    parts = {each.part: each for each in examine().findings}
    assert parts["face_landmarker.task"].state == "optional"
    fix = parts["face_landmarker.task"].fix
    assert f"make the folder {tmp_path / 'cache'}" in fix
    assert "PRINK_ASSETS" in fix
    assert "shared" not in fix
    if parts["face tracker"].state != "ok":
        pytest.skip("this mediapipe bundles no face model")
    assert "FaceMesh" in parts["face tracker"].detail


def test_only_what_is_needed_at_run_time_is_listed():
    assert "canonical_face_model.obj" not in examined()[2]


def test_table_names_every_part(capsys):
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert all(part in shown for part in ("python", "moderngl", "OpenGL", "camera", "can draw"))


def test_it_says_whether_looks_are_read_by_the_encoder(tiny_encoder, tmp_path, monkeypatch):
    from prink.doctor import encoder
    from prink.reading import encoder as home

    monkeypatch.setattr(home, "FILE", tiny_encoder())
    assert encoder().state == "ok"
    monkeypatch.setattr(home, "FILE", tiny_encoder(fields='[["blush.sparkle", 1]]'))
    assert encoder().state == "optional"
    assert "no blush.sparkle here" in encoder().detail
    monkeypatch.setattr(home, "FILE", tmp_path / "encoder.onnx")
    assert encoder().state == "optional"
    assert "measuring colours" in encoder().detail

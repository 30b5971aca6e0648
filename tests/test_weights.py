import hashlib
import os
import sys
from pathlib import Path

import pytest

from prink.face import Tracker
from prink.weights import Model, ModelError, cache_folder, find_model, folders, models

NAME = "face_landmarker.task"


@pytest.fixture
def known(monkeypatch):
    """A small model of known contents in place of the real entry."""
    content = b"weights" * 100
    entry = Model(NAME, len(content), hashlib.sha256(content).hexdigest(), "CC0-1.0", "here", "us")
    monkeypatch.setattr("prink.weights.models", lambda: {NAME: entry})
    return content


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """PRINK_ASSETS and a cache that are ours, no checkout."""
    assets, cache = tmp_path / "assets", tmp_path / "cache"
    assets.mkdir()
    cache.mkdir()
    monkeypatch.setenv("PRINK_ASSETS", str(assets))
    monkeypatch.setattr("prink.weights.cache_folder", lambda: cache)
    monkeypatch.setattr("prink.weights.folders", lambda: (assets, cache))
    return assets, cache


def test_every_entry_is_complete():
    for name, model in models().items():
        assert model.name == name
        assert model.bytes > 0
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.licence
        assert model.origin
        assert model.used_by


def test_models_at_hand_are_the_ones_that_are_named(shared):
    for name, model in models().items():
        path = shared / "assets" / name
        assert path.stat().st_size == model.bytes
        assert hashlib.sha256(path.read_bytes()).hexdigest() == model.sha256


def test_assets_come_before_the_cache(known, alone):
    assets, cache = alone
    assert find_model(NAME) is None
    (cache / NAME).write_bytes(known)
    assert find_model(NAME) == cache / NAME
    (assets / NAME).write_bytes(known)
    assert find_model(NAME) == assets / NAME


def test_wrong_size_names_file_and_both_sizes(known, alone):
    path = alone[0] / NAME
    path.write_bytes(known[:-1])
    with pytest.raises(ModelError, match=r"face_landmarker\.task has 699 bytes, expected 700"):
        find_model(NAME)


def test_wrong_hash_is_found_even_after_a_good_read(known, alone):
    path = alone[0] / NAME
    path.write_bytes(known)
    assert find_model(NAME) == path
    path.write_bytes(known[:-1] + b"!")
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelError, match=r"task has sha256 \w{16}\.\.\., expected \w{16}"):
        find_model(NAME)


def test_tracker_refuses_a_broken_model_instead_of_going_on_without(alone):
    (alone[0] / NAME).write_bytes(b"truncated")
    with pytest.raises(ModelError, match="has 9 bytes, expected 3,758,596"):
        Tracker()


def test_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ModelError, match=r"'face\.task'; known are .*face_landmarker\.task"):
        find_model("face.task")


def test_assets_that_are_no_folder_are_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("PRINK_ASSETS", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"nowhere.*not a folder"):
        folders()


def test_only_folders_that_somebody_made_are_searched_beside_a_checkout(monkeypatch, tmp_path):
    monkeypatch.delenv("PRINK_ASSETS", raising=False)
    (tmp_path / "checkout" / "sdk" / "prink").mkdir(parents=True)
    (tmp_path / "checkout" / "pyproject.toml").touch()
    monkeypatch.setattr("prink.weights.__file__", str(tmp_path / "checkout/sdk/prink/weights.py"))
    assert folders() == (cache_folder(),)
    assets = tmp_path / "shared" / "assets"
    assets.mkdir(parents=True)
    assert folders() == (cache_folder(), assets)


def test_cache_follows_the_platform(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/some/cache")
    if sys.platform == "linux":
        assert cache_folder() == Path("/some/cache/prink")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "local")
    assert cache_folder() == Path("local/prink/Cache")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder().parts[-3:] == ("Library", "Caches", "prink")

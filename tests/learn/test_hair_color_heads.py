"""Heads to recolour: each photo has its own, and a broken photo does not end a training."""

import numpy as np
import pytest
from PIL import Image

from prink.learn.hair_color.heads import fill_heads, heads


def test_photos_of_one_name_keep_their_own_heads(astronaut, tmp_path, capsys):
    photos, cache = tmp_path / "photos", tmp_path / "cache"
    for folder, rgb in (("a", astronaut), ("b", astronaut[:, ::-1])):
        (photos / folder).mkdir(parents=True)
        Image.fromarray(rgb).save(photos / folder / "1.png")
    (photos / "broken.jpg").write_text("no picture")
    (photos / "held_out.jpg").write_text("the last one is held out")
    assert list(fill_heads(photos, cache, split="train"))[-1] == (3, 3)
    assert "broken.jpg" in capsys.readouterr().out
    one, two = heads(photos, cache, split="train")
    assert not np.array_equal(one.rgb, two.rgb)

    Image.fromarray(astronaut).save(photos / "b" / "1.png")
    list(fill_heads(photos, cache, split="train"))
    assert np.array_equal(*(head.rgb for head in heads(photos, cache, split="train")))


def test_a_folder_without_hair_is_named(tmp_path, capsys):
    for name in "ab":
        Image.new("RGB", (64, 64)).save(tmp_path / f"{name}.png")
    list(fill_heads(tmp_path, tmp_path / "cache", split="train"))
    with pytest.raises(FileNotFoundError, match=f"no train .* hair in {tmp_path}"):
        heads(tmp_path, tmp_path / "cache", split="train")

from pathlib import Path

import pytest

from prink.portraits import PortraitsError, portraits_folder, read_portraits, shared_folder

HEADER = "file,split,n_faces,iod_px,skin_bin_ita,glasses,headwear,makeup_visible,subject_group,note"


def folder_with(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "portraits.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_a_row_says_what_its_picture_shows(tmp_path):
    folder = folder_with(
        tmp_path,
        HEADER,
        'a.jpg,train,1,61.5,brown,no,yes,no,g1,"curls, sun"',
        "b.jpg,heldout,2,,light,sunglasses,no,yes,g2,",
    )
    one, two = read_portraits(folder)
    assert (one.picture, one.name, one.split) == (folder / "images/a.jpg", "a", "train")
    assert (one.tone, one.person, one.iod) == ("brown", "g1", 61.5)
    assert one.labels["note"] == "curls, sun"
    assert (one.headwear, two.headwear) == (True, False)
    assert one.clear(61.5)
    assert not one.clear(62)
    assert (two.alone, two.iod, two.clear()) == (False, 0.0, False)


def test_a_table_that_lacks_a_column_is_refused_by_its_name(tmp_path):
    folder = folder_with(tmp_path, HEADER.replace("glasses,", "").replace("split,", ""))
    with pytest.raises(PortraitsError, match=r"lacks the columns split, glasses \(.*portraits.csv"):
        read_portraits(folder)
    with pytest.raises(PortraitsError, match=r"there is no portraits.csv \("):
        read_portraits(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("b.jpg,train,1", r"the row of 'b.jpg' ends before iod_px \(.*portraits.csv"),
        (
            "b.jpg,train,1,wide,light,no,no,no,g2,",
            r"iod_px is 'wide', .* 'b.jpg' \(.*portraits.csv",
        ),
        ("b.jpg,train,1,nan,light,no,no,no,g2,", r"iod_px is 'nan', expected pixels from 0"),
        ("b.jpg,train,1,-3,light,no,no,no,g2,", r"iod_px is '-3', expected pixels from 0"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_by_its_picture(tmp_path, row, told):
    with pytest.raises(PortraitsError, match=told):
        read_portraits(folder_with(tmp_path, HEADER, row))


def test_the_shared_folder_is_the_named_one_or_beside_the_checkout(tmp_path, monkeypatch):
    (tmp_path / "portraits").mkdir()
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path))
    assert shared_folder() == tmp_path
    assert portraits_folder() is None
    folder_with(tmp_path / "portraits", HEADER)
    assert portraits_folder() == tmp_path / "portraits"
    assert portraits_folder(tmp_path) is None
    monkeypatch.delenv("PRINK_SHARED")
    assert shared_folder() == Path(__file__).resolve().parents[1].parent / "shared"

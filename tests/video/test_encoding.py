"""Range, chroma, colour tags and size of SDR clips, and the sentences on what is lost."""

import numpy as np
import pytest
from tests.video.clips import FULL, LIMITED, codes, colourful, copied, decoded, tags, write_clip

from prink.video import VideoError, VideoReader, read_video

SUFFIXES = ("mp4", "mov", "mkv", "webm")
KEPT = [
    ("yuv420p", {"matrix": 1, "primaries": 1, "transfer": 1, "range": LIMITED}),
    ("yuv420p", {"matrix": 6, "primaries": 6, "transfer": 6, "range": FULL}),
    ("yuv422p", {"matrix": 5, "primaries": 5, "transfer": 6, "range": LIMITED}),
    ("yuv444p", {"matrix": 1, "primaries": 1, "transfer": 13, "range": FULL}),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("pix_fmt", "named"), KEPT)
def test_range_chroma_and_tags_stay(tmp_path, suffix, pix_fmt, named):
    source = write_clip(tmp_path / "a.mp4", [colourful()] * 2, pix_fmt=pix_fmt, **named)
    assert copied(source, tmp_path / f"b.{suffix}") == []
    before, after = decoded(source)[0], decoded(tmp_path / f"b.{suffix}")[0]
    found = dict(zip(("matrix", "primaries", "transfer", "range"), tags(after), strict=True))
    assert found == named
    assert after.format.name.replace("yuvj", "yuv") == pix_fmt
    for one, other in zip(codes(before), codes(after), strict=True):
        assert np.abs(one - other).mean() < 1.5


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_unknown_tags_stay_unknown(tmp_path, suffix):
    source = write_clip(tmp_path / "a.mp4", [colourful()] * 2, swscale=5)
    copied(source, tmp_path / f"b.{suffix}")
    after = decoded(tmp_path / f"b.{suffix}")[0]
    assert tags(after)[:3] == (2, 2, 2)
    assert tags(after)[3] in (0, LIMITED)  # VP9 cannot leave it open
    seen = next(read_video(tmp_path / f"b.{suffix}")).rgb
    assert np.abs(seen.astype(int) - colourful()).mean() < 3


def test_rgb_is_stored_with_the_matrix_of_its_size(tmp_path):
    for width, matrix in ((96, 5), (720, 1)):
        picture = colourful(width=width, height=width)
        source = write_clip(tmp_path / "a.mkv", [picture], codec="ffv1", pix_fmt="bgr0", swscale=5)
        said = copied(source, tmp_path / "b.mp4")
        assert said == [f"RGB becomes YCbCr with 4:2:0 chroma ({tmp_path / 'b.mp4'})"]
        after = decoded(tmp_path / "b.mp4")[0]
        assert tags(after) == (matrix, 2, 2, LIMITED)


@pytest.mark.parametrize(
    ("pix_fmt", "suffix", "stored", "size"),
    [
        ("yuv444p", "mp4", "yuv444p", (97, 81)),
        ("yuv422p", "mp4", "yuv422p", (98, 81)),
        ("yuv420p", "mp4", "yuv420p", (98, 82)),
        ("yuv420p", "webm", "yuv420p", (97, 81)),
        ("yuv440p", "mkv", "yuv444p", (97, 81)),
        ("yuv411p", "mkv", "yuv422p", (98, 81)),
    ],
)
def test_odd_size_stays_where_the_codec_takes_it(tmp_path, pix_fmt, suffix, stored, size):
    picture = colourful(width=97, height=81)
    source = write_clip(tmp_path / "a.mkv", [picture], codec="ffv1", pix_fmt=pix_fmt, swscale=5)
    said = copied(source, tmp_path / f"b.{suffix}")
    after = decoded(tmp_path / f"b.{suffix}")[0]
    assert (after.format.name, after.width, after.height) == (stored, *size)
    if size == (97, 81):
        assert said == []
    else:
        assert f"97 x 81 pixels become {size[0]} x {size[1]}" in said[0]


def test_each_loss_is_a_sentence(tmp_path):
    picture = colourful(width=97)
    source = write_clip(
        tmp_path / "a.mkv", [picture], codec="ffv1", pix_fmt="yuva444p10le", swscale=5
    )
    assert copied(source, tmp_path / "b.mp4") == [
        f"transparency is dropped ({tmp_path / 'b.mp4'})",
        f"10 bits a channel become 8 ({tmp_path / 'b.mp4'})",
    ]


def test_ycbcr_that_is_tagged_as_rgb_is_stored_as_untagged(tmp_path):
    source = write_clip(tmp_path / "a.mp4", [colourful()], matrix=0, swscale=5)
    assert tags(decoded(source)[0])[0] == 0
    assert copied(source, tmp_path / "b.mp4") == []
    assert tags(decoded(tmp_path / "b.mp4")[0])[0] == 2


def test_colours_that_are_no_ycbcr_are_refused_by_name(tmp_path):
    source = write_clip(tmp_path / "a.mp4", [colourful()], matrix=14, swscale=9)
    with pytest.raises(VideoError, match=r"stored as ICtCp; .*a\.mp4"):
        VideoReader(source)

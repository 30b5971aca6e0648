"""HDR clips, encoded, drawn on, encoded again and decoded by FFmpeg."""

import cv2
import numpy as np
import pytest
from tests.tolerances import CODEC_LOSS
from tests.video.clips import (
    BT2020,
    FULL,
    HLG,
    LIMITED,
    PQ,
    codes,
    colourful,
    copied,
    decoded,
    tags,
    write_clip,
)

from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.params.looks import LOOKS
from prink.video import VideoError, VideoReader, VideoWriter, encoding, read_video, try_on_video
from prink.video.mastering import Mastering
from prink.video.rendition import Rendition

MASTERED = (
    "log-level=error:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)"
    "L(10000000,50):max-cll=1000,400"
)


def hdr_clip(
    path,
    rgb,
    *,
    transfer=HLG,
    pix_fmt="yuv420p10le",
    range=LIMITED,
    frames=3,
    codec="libx265",
    **more,
):
    """Encodes what a picture 0..255 stands for in HDR, its whites at 1000 nits."""
    signal = np.rint(65535 * Rendition(transfer, BT2020).to_signal(rgb / 255)).astype(np.uint16)
    return write_clip(
        path,
        [signal] * frames,
        codec=codec,
        pix_fmt=pix_fmt,
        matrix=BT2020,
        primaries=BT2020,
        transfer=transfer,
        range=range,
        **more,
    )


def losses(one, other):
    return [np.abs(a - b).mean() for a, b in zip(codes(one), codes(other), strict=True)]


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("suffix", ["mp4", "mov", "m4v", "mkv", "webm"])
def test_hdr_stays_hdr_in_its_own_transfer_and_ten_bits(tmp_path, suffix, transfer):
    source = hdr_clip(tmp_path / "a.mp4", colourful(), transfer=transfer)
    assert copied(source, tmp_path / f"b.{suffix}") == []
    before, after = decoded(source), decoded(tmp_path / f"b.{suffix}")
    assert len(after) == 3
    assert after[1].format.name == "yuv420p10le"
    assert tags(after[1]) == (BT2020, BT2020, transfer, LIMITED)
    assert max(losses(before[1], after[1])) < CODEC_LOSS


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_clip_of_few_frames_is_written(tmp_path, count):
    for target in ("b.mp4", "b.mkv"):
        source = hdr_clip(tmp_path / "a.mkv", colourful(), codec="ffv1", frames=count)
        for _ in range(3):  # what x265 leaves unset is right now and then
            assert copied(source, tmp_path / target) == []
            times = [round(frame.time, 3) for frame in decoded(tmp_path / target)]
            assert times == [0.0, 0.04, 0.08][:count]


@pytest.mark.parametrize("pix_fmt", ["yuv422p10le", "yuv444p10le"])
@pytest.mark.parametrize("range", [LIMITED, FULL])
def test_hdr_keeps_chroma_and_range(tmp_path, pix_fmt, range):
    source = hdr_clip(tmp_path / "a.mkv", colourful(), pix_fmt=pix_fmt, range=range)
    assert copied(source, tmp_path / "b.mp4") == []
    before, after = decoded(source)[0], decoded(tmp_path / "b.mp4")[0]
    assert (after.format.name, tags(after)[3]) == (pix_fmt, range)
    assert max(losses(before, after)) < CODEC_LOSS


def test_chroma_that_av1_does_not_take_is_said(tmp_path):
    source = hdr_clip(tmp_path / "a.mkv", colourful(), pix_fmt="yuv444p10le")
    assert copied(source, tmp_path / "b.webm") == [
        f"4:4:4 chroma becomes 4:2:0 ({tmp_path / 'b.webm'})"
    ]


@pytest.mark.parametrize(
    ("pix_fmt", "stored"), [("yuv420p10le", "yuv420p10le"), ("yuv422p10le", "yuv444p10le")]
)
def test_portrait_hdr_stands_upright(tmp_path, pix_fmt, stored):
    source = hdr_clip(tmp_path / "a.mov", colourful(), turn=90, pix_fmt=pix_fmt)
    assert copied(source, tmp_path / "b.mov") == []
    before, after = decoded(source)[0], decoded(tmp_path / "b.mov")[0]
    assert (after.width, after.height, after.rotation) == (80, 96, 0)
    assert after.format.name == stored
    turned = [np.rot90(plane) for plane in codes(before.reformat(format=stored))]
    for one, other in zip(turned, codes(after), strict=True):
        assert np.abs(one - other).mean() < CODEC_LOSS
    seen = next(read_video(source)).rgb
    assert np.abs(seen.astype(int) - np.rot90(colourful())).mean() < 4


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_colour_written_without_a_frame_comes_back(tmp_path, transfer):
    source = hdr_clip(tmp_path / "a.mp4", colourful(), transfer=transfer)
    with VideoReader(source) as reader, VideoWriter(tmp_path / "b.mp4", reader.info) as writer:
        for frame in reader:
            writer.write(colourful(), pts=frame.pts)
    seen = next(read_video(tmp_path / "b.mp4")).rgb
    apart = delta_e_2000(*(linear_to_lab(srgb_to_linear(c / 255)) for c in (seen, colourful())))
    assert np.median(apart) < 1.5


@pytest.mark.parametrize("suffix", ["mp4", "webm"])
@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_drawn_colour_comes_back_through_the_codec(tmp_path, transfer, suffix):
    source = hdr_clip(tmp_path / "a.mp4", colourful(), transfer=transfer)
    target = tmp_path / f"b.{suffix}"
    with VideoReader(source) as reader, VideoWriter(target, reader.info) as writer:
        for frame in reader:
            drawn = frame.rgb.copy()
            drawn[24:56, 32:64] = (170, 20, 40)
            writer.write(drawn, pts=frame.pts, over=frame)
    middle = list(read_video(target))[1].rgb[28:52, 36:60].reshape(-1, 3).mean(0) / 255
    want = np.array([170, 20, 40]) / 255
    assert delta_e_2000(*(linear_to_lab(srgb_to_linear(c)) for c in (middle, want))) < 1.5


def test_frame_drawn_on_must_be_of_the_same_size(tmp_path):
    small = hdr_clip(tmp_path / "a.mp4", colourful(width=64, height=64))
    large = hdr_clip(tmp_path / "b.mp4", colourful())
    frame = next(read_video(small))
    with (
        VideoReader(large) as reader,
        pytest.raises(VideoError, match=r"drawn on is \(64, 64, 3\).*c\.mp4"),
        VideoWriter(tmp_path / "c.mp4", reader.info) as writer,
    ):
        writer.write(next(iter(reader)).rgb, pts=0, over=frame)
    assert not (tmp_path / "c.mp4").exists()


@pytest.mark.parametrize("suffix", ["mp4", "webm"])
def test_mastering_is_carried_along(tmp_path, suffix):
    more = {"options": {"x265-params": MASTERED}}
    source = hdr_clip(tmp_path / "a.mp4", colourful(), transfer=PQ, **more)
    copied(source, tmp_path / f"b.{suffix}")
    with VideoReader(tmp_path / f"b.{suffix}") as reader:
        found: Mastering = reader.info.mastering
    want = (0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329, 0.005, 1000.0)
    assert found.display == pytest.approx(want, abs=1e-4)
    assert found.light == (1000, 400)


def test_without_a_ten_bit_encoder_it_says_so_and_writes_true_sdr(tmp_path, monkeypatch):
    monkeypatch.setitem(encoding.HDR_ENCODERS, ".mp4", ("no_such_encoder",))
    source = hdr_clip(tmp_path / "a.mp4", colourful())
    (said,) = copied(source, tmp_path / "b.mp4")
    assert said.startswith("HDR (HLG) is written as SDR (BT.709, 8 bits), for this FFmpeg has no")
    assert str(tmp_path / "b.mp4") in said
    after = decoded(tmp_path / "b.mp4")[0]
    assert (after.format.name, tags(after)) == ("yuv420p", (1, 1, 1, LIMITED))
    pair = next(read_video(source)).rgb, next(read_video(tmp_path / "b.mp4")).rgb
    assert np.abs(pair[0].astype(int) - pair[1]).mean() < 3


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_face_is_made_up_and_the_rest_keeps_its_codes(tmp_path, astronaut, transfer):
    head = cv2.resize(np.ascontiguousarray(astronaut[:256, 96:352]), None, fx=2, fy=2)
    source = hdr_clip(tmp_path / "a.mp4", head, transfer=transfer, frames=4)
    report = try_on_video(source, LOOKS["classic_red"], tmp_path / "b.mp4")
    assert (report.frames, report.with_face, report.warnings) == (4, 4, ())
    before, after = decoded(source)[3], decoded(tmp_path / "b.mp4")[3]
    assert tags(after) == tags(before)
    rgb, drawn = (list(read_video(tmp_path / name))[3].rgb for name in ("a.mp4", "b.mp4"))
    moved = np.abs(rgb.astype(int) - drawn).max(-1)
    redder = drawn[..., 0].astype(int) - drawn[..., 1] - rgb[..., 0] + rgb[..., 1]
    assert (redder > 60).sum() > 400
    assert np.abs(codes(before)[0] - codes(after)[0])[moved < 2].mean() < CODEC_LOSS
    for one, other in zip(codes(before), codes(after), strict=True):  # the suit, below the face
        quarter = slice(-one.shape[0] // 5, None)
        assert np.abs(one[quarter] - other[quarter]).mean() < CODEC_LOSS

"""Videos: time stamps, sound, rotation, odd sizes and damage."""

import itertools
import struct
from fractions import Fraction

import av
import numpy as np
import pytest

from prink.video import VideoError, VideoReader, VideoWriter, read_video

RATE = 25


def picture(step, *, width=64, height=48):
    """A bright corner top left, a bar whose place tells the frame's number, on a red ramp."""
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[..., 0] = np.linspace(40, 200, width)
    rgb[: height // 3, : width // 3] = 250
    rgb[-8:, 4 * step : 4 * step + 4, 1] = 255
    return rgb


def make_clip(
    path,
    *,
    stamps=range(10),
    base=Fraction(1, RATE),
    size=(64, 48),
    codec="libx264",
    pix_fmt="yuv420p",
    sound=None,
    rotate=0,
    noise=False,
    options=None,
):
    chance = np.random.default_rng(1)
    with av.open(str(path), "w", options=options or {}) as out:
        stream = out.add_stream(codec, rate=RATE)
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.time_base = stream.codec_context.time_base = base
        if rotate:
            stream.set_display_rotation(rotate)
        audio = out.add_stream(sound, rate=48000, layout="mono") if sound else None
        for step, stamp in enumerate(stamps):
            rgb = picture(step, width=size[0], height=size[1])
            if noise:
                rgb = chance.integers(0, 255, rgb.shape).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(rgb)
            frame.pts, frame.time_base = stamp, base
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if audio is not None:
            out.mux(sine(audio))
    return path


def sine(stream):
    resampler = av.AudioResampler(
        format=stream.format, layout="mono", rate=48000, frame_size=stream.frame_size or None
    )
    wave = (np.sin(np.arange(19200) * 2 * np.pi * 440 / 48000) * 8000).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(wave[None], format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = 48000, 0, Fraction(1, 48000)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    return [p for piece in [*pieces, None] for p in stream.encode(piece)]


def copy(source, target):
    with (
        VideoReader(source) as reader,
        VideoWriter(target, reader.info, audio_from=source) as writer,
    ):
        for frame in reader:
            writer.write(frame.rgb, pts=frame.pts)
    return reader, writer


def times(path):
    return [round(frame.time, 4) for frame in read_video(path)]


def audio_bytes(path):
    with av.open(str(path)) as file:
        return [bytes(p) for p in file.demux(file.streams.audio[0]) if p.size]


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv", "webm"])
def test_frames_times_and_pixels_survive(tmp_path, suffix):
    source = make_clip(tmp_path / "a.mp4", sound="aac")
    reader, _ = copy(source, tmp_path / f"b.{suffix}")
    assert reader.warnings == []
    before, after = list(read_video(source)), list(read_video(tmp_path / f"b.{suffix}"))
    # Matroska has no negative time stamps, so the start-up packet of AAC shifts all by 21 ms.
    assert [round(f.time - after[0].time, 3) for f in after] == [round(f.time, 3) for f in before]
    assert after[0].time <= 0.0215
    for one, other in zip(before, after, strict=True):
        assert np.abs(one.rgb.astype(int) - other.rgb).mean() < 3


def test_variable_rate_keeps_every_stamp(tmp_path):
    stamps = [0, 1, 5, 6, 20, 21, 50, 90, 91, 120]
    source = make_clip(tmp_path / "a.mkv", stamps=stamps, base=Fraction(1, 100))
    copy(source, tmp_path / "b.mp4")
    assert times(tmp_path / "b.mp4") == [stamp / 100 for stamp in stamps]


@pytest.mark.parametrize(
    ("sound", "source", "target", "kept"),
    [
        ("aac", "a.mp4", "b.mp4", True),
        ("aac", "a.mp4", "b.mkv", True),
        ("libopus", "a.mkv", "b.webm", True),
        ("aac", "a.mp4", "b.webm", False),
        ("pcm_s16le", "a.mkv", "b.m4v", False),
    ],
)
def test_sound_is_copied_or_else_encoded_again(tmp_path, sound, source, target, kept):
    make_clip(tmp_path / source, sound=sound)
    copy(tmp_path / source, tmp_path / target)
    before, after = audio_bytes(tmp_path / source), audio_bytes(tmp_path / target)
    assert (before == after) == kept
    with av.open(str(tmp_path / target)) as file:
        loud = [np.abs(f.to_ndarray()).max() for f in file.decode(audio=0)]
        assert file.streams.audio[0].duration is None or file.duration > 350_000
    assert max(loud) > 0.1


@pytest.mark.parametrize("target", ["b.mp4", "b.mkv", "b.webm"])
def test_sound_that_steps_back_in_time_goes_on_after_what_came_before(tmp_path, target):
    part = make_clip(tmp_path / "part.ts", sound="aac")
    (tmp_path / "a.ts").write_bytes(2 * part.read_bytes())  # two recordings, each from 0 on
    copy(tmp_path / "a.ts", tmp_path / target)
    with av.open(str(tmp_path / target)) as file:
        stamps = [packet.dts for packet in file.demux(audio=0) if packet.dts is not None]
    with av.open(str(part)) as file:
        once = len([packet for packet in file.demux(audio=0) if packet.dts is not None])
    assert len(stamps) >= 2 * once - 2
    assert all(one < two for one, two in itertools.pairwise(stamps))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotation_is_applied_and_the_tag_dropped(tmp_path, turn):
    source = make_clip(tmp_path / "a.mp4", rotate=turn)
    first = next(read_video(source)).rgb
    upright = np.rot90(picture(0), turn // 90)
    assert first.shape == upright.shape
    assert np.abs(first.astype(int) - upright).mean() < 6
    copy(source, tmp_path / "b.mp4")
    with av.open(str(tmp_path / "b.mp4")) as file:
        frame = next(file.decode(video=0))
        assert frame.rotation == 0
        assert (frame.width, frame.height) == upright.shape[1::-1]


def test_ten_bit_and_full_range_read_with_true_colours(tmp_path):
    deep = make_clip(tmp_path / "deep.mkv", codec="libx265", pix_fmt="yuv420p10le")
    full = make_clip(tmp_path / "full.avi", codec="mjpeg", pix_fmt="yuvj420p")
    for path in (deep, full):
        assert np.abs(next(read_video(path)).rgb.astype(int) - picture(0)).mean() < 6


def test_odd_size_is_padded_in_mp4_and_kept_in_webm(tmp_path):
    source = make_clip(tmp_path / "a.mkv", size=(63, 47), codec="ffv1", pix_fmt="bgr0")
    copy(source, tmp_path / "b.mp4")
    copy(source, tmp_path / "b.webm")
    padded, kept = (next(read_video(tmp_path / f"b.{s}")).rgb for s in ("mp4", "webm"))
    assert padded.shape == (48, 64, 3)
    assert kept.shape == (47, 63, 3)
    assert np.abs(padded[:47, :63].astype(int) - kept).mean() < 6


def test_truncated_tail_gives_what_is_there_and_a_warning(tmp_path):
    index_first = {"movflags": "+faststart"}
    sources = [
        make_clip(tmp_path / "a.mkv", stamps=range(50), noise=True),
        make_clip(tmp_path / "a.mp4", stamps=range(50), noise=True, options=index_first),
        make_clip(tmp_path / "a.webm", stamps=range(50), noise=True, codec="libvpx-vp9"),
    ]
    for path in sources:
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
        reader, _ = copy(path, tmp_path / "out.mp4")
        assert 2 < len(times(tmp_path / "out.mp4")) < 50
        assert len(reader.warnings) == 1
        assert str(path) in reader.warnings[0]


def refusal(action):
    with pytest.raises(VideoError) as caught:
        action()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_unreadable_videos_say_why(tmp_path):
    empty, text, cut = tmp_path / "empty.mp4", tmp_path / "text.mp4", tmp_path / "cut.mp4"
    empty.write_bytes(b"")
    text.write_text("no video")
    make_clip(cut)
    cut.write_bytes(cut.read_bytes()[:-400])  # the index is at the end
    with av.open(str(tmp_path / "sound.mp4"), "w") as out:
        out.mux(sine(out.add_stream("aac", rate=48000, layout="mono")))
    assert "empty" in refusal(lambda: VideoReader(empty))
    assert "not a video" in refusal(lambda: VideoReader(text))
    assert "cut off" in refusal(lambda: VideoReader(cut))
    assert "no video stream" in refusal(lambda: VideoReader(tmp_path / "sound.mp4"))
    assert "No such file" in refusal(lambda: VideoReader(tmp_path / "none.mp4"))


def test_video_without_frames_says_so(tmp_path):
    fragmented = {"movflags": "frag_keyframe+empty_moov"}
    source = make_clip(tmp_path / "a.mp4", stamps=range(3), options=fragmented)
    content = source.read_bytes()
    source.write_bytes(content[: content.index(b"moof") - 4])
    assert "no frame" in refusal(lambda: VideoReader(source))


def test_failed_or_refused_writing_leaves_nothing(tmp_path):
    source = make_clip(tmp_path / "a.mp4")
    info = VideoReader(source).info
    unknown = refusal(lambda: VideoWriter(tmp_path / "b.xyz", info))
    assert "a video cannot be written as .xyz; known: .mp4" in unknown
    assert "folder" in refusal(lambda: VideoWriter(tmp_path / "none" / "b.mp4", info))

    def no_frame():
        with VideoWriter(tmp_path / "b.mp4", info):
            pass

    def backwards():
        with VideoWriter(tmp_path / "b.mp4", info, audio_from=source) as writer:
            for pts in (5, 4):
                writer.write(picture(0), pts=pts)

    def other_size():
        with VideoWriter(tmp_path / "b.webm", info) as writer:
            writer.write(picture(0)[:-2], pts=0)

    assert "no frame" in refusal(no_frame)
    assert "grow" in refusal(backwards)
    assert "(48, 64, 3)" in refusal(other_size)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_changing_size_mid_stream_is_scaled_to_the_first(tmp_path):
    parts = [
        make_clip(tmp_path / "one.h264", size=(64, 48)),
        make_clip(tmp_path / "two.h264", size=(96, 72)),
    ]
    joined = tmp_path / "both.h264"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    shapes = [frame.rgb.shape for frame in read_video(joined)]
    assert len(shapes) == 20
    assert set(shapes) == {(48, 64, 3)}


def test_raw_stream_gets_growing_stamps(tmp_path):
    found = times(make_clip(tmp_path / "a.h264"))
    assert len(found) == 10
    assert all(later > earlier for earlier, later in itertools.pairwise(found))


def test_portrait_phone_video_stands_upright(tmp_path):
    """A phone held upright stores lying frames and the matrix for a quarter turn clockwise."""
    source = make_clip(tmp_path / "a.mp4")
    content = source.read_bytes()
    upright = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    quarter = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 48 << 16, 0, 1 << 30)
    place = content.index(upright, content.index(b"tkhd"))
    source.write_bytes(content[:place] + quarter + content[place + 36 :])
    assert np.abs(next(read_video(source)).rgb.astype(int) - np.rot90(picture(0), -1)).mean() < 6

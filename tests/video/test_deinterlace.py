"""Interlaced clips: no combs are left, and what was whole stays as it was."""

from fractions import Fraction

import av
import numpy as np
import pytest
from av.filter import Graph
from tests.video.clips import FINE, RATE, codes, copied, decoded, write_clip

from prink.video import read_video
from prink.video.deinterlace import Deinterlacer

SIZE = 128
SPEED = 6  # pixels from field to field


def moment(number):
    """Returns a bright bar that moves over a still pattern."""
    y, x = np.mgrid[:SIZE, :SIZE]
    rgb = np.stack([60 + x // 2, 60 + y // 2, 90 + 0 * x], axis=-1).astype(np.uint8)
    rgb[16:96, 8 + SPEED * number : 28 + SPEED * number] = 230
    return rgb


def woven(number, scan):
    """Returns two moments in one picture, the lines of each by turns."""
    first, second = moment(2 * number), moment(2 * number + 1)
    picture = first.copy()
    lines = slice(1, None, 2) if scan == "tff" else slice(0, None, 2)
    picture[lines] = second[lines]
    return picture


def marked(scan):
    """Returns the ends of a graph that marks frames as interlaced, the upper field first or not."""
    graph = Graph()
    source = graph.add(
        "buffer", video_size=f"{SIZE}x{SIZE}", pix_fmt="yuv420p", time_base=f"1/{RATE}"
    )
    mark = graph.add("setparams", field_mode=scan)
    source.link_to(mark)
    mark.link_to(graph.add("buffersink"))
    graph.configure()
    return graph


def interlaced_clip(path, *, scan="tff", count=8):
    """Encodes interlaced frames."""
    graph = marked(scan)
    with av.open(str(path), "w") as out:
        options = FINE["libx264"] | {"flags": "+ildct+ilme", "x264-params": f"{scan}=1"}
        stream = out.add_stream("libx264", rate=RATE, options=options)
        stream.width = stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(woven(number, scan)).reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            graph.vpush(frame)
            out.mux(stream.encode(graph.vpull()))
        out.mux(stream.encode(None))
    return path


def combs(luma):
    """Returns by how much lines stand out from both neighbours, mean, in codes."""
    over = luma[1:-1] - 0.5 * (luma[:-2] + luma[2:])
    return np.abs(over).mean()


@pytest.mark.parametrize("scan", ["tff", "bff"])
def test_combs_are_gone_and_the_file_says_progressive(tmp_path, scan):
    source = interlaced_clip(tmp_path / "a.mp4", scan=scan)
    before = decoded(source)
    assert all(frame.interlaced_frame for frame in before)
    said = copied(source, tmp_path / "b.mp4")
    assert len(said) == 1
    assert "interlaced" in said[0]
    assert str(source) in said[0]
    after = decoded(tmp_path / "b.mp4")
    assert not any(frame.interlaced_frame for frame in after)
    assert [frame.time for frame in after] == [frame.time for frame in before]
    woven_in, whole = (combs(codes(frames[4])[0]) for frames in (before, after))
    assert woven_in > 6
    assert whole < woven_in / 4


def test_a_frame_shows_the_moment_of_its_first_field(tmp_path):
    frames = list(read_video(interlaced_clip(tmp_path / "a.mp4")))
    assert len(frames) == 8
    for number, frame in enumerate(frames[1:-1], start=1):
        middle = frame.rgb[40:80].astype(int)
        assert np.abs(middle - moment(2 * number)[40:80]).mean() < 6
        assert np.abs(middle - moment(2 * number + 1)[40:80]).mean() > 10


def test_whole_frames_pass_and_a_new_size_starts_anew():
    graph, small = marked("tff"), []
    for number in range(9):
        picture = moment(number) if number < 3 else woven(number, "tff")
        frame = av.VideoFrame.from_ndarray(picture).reformat(format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        if number >= 3:
            graph.vpush(frame)
            frame = graph.vpull()
        small.append(frame)
    large = av.VideoFrame.from_ndarray(moment(0)).reformat(2 * SIZE, 2 * SIZE, "yuv420p")
    large.pts, large.time_base = 9, Fraction(1, RATE)
    deinterlacer = Deinterlacer(Fraction(1, RATE))
    out = list(deinterlacer.whole([*small, large]))
    assert deinterlacer.used
    assert [frame.pts for frame in out] == list(range(10))
    for before, after in zip([*small[:3], large], [*out[:3], out[9]], strict=True):
        assert np.array_equal(codes(before)[0], codes(after)[0])
    assert combs(codes(out[6])[0]) < combs(codes(small[6])[0]) / 4


def test_progressive_clips_say_nothing(tmp_path):
    source = write_clip(tmp_path / "a.mp4", [moment(n) for n in range(4)])
    assert copied(source, tmp_path / "b.mp4") == []

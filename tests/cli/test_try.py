"""`prink try` from end to end: photos, videos, sheets, and one sentence for each mistake."""

import os
import signal
import subprocess
import sys
import time
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from prink.cli import main
from prink.params import Look, edit, save_look
from prink.photo import Photo, load_photo, save_photo
from prink.video import read_video

RED = ["--set", "lips.color=#c00020"]


@pytest.fixture(scope="module")
def folder(astronaut, tmp_path_factory):
    path = tmp_path_factory.mktemp("try")
    save_photo(astronaut, path / "me.png")
    sky = np.full((200, 300, 3), 180, np.uint8)
    save_photo(sky, path / "sky.png")
    save_photo(sky[:1, :1], path / "dot.png")
    save_photo(astronaut, path / "me_sheet.png")
    (path / "taken_sheet.png").mkdir()
    (path / "empty.jpg").write_bytes(b"")
    (path / "cut.png").write_bytes((path / "me.png").read_bytes()[:9000])
    save_look(edit(Look(), "lips.color=#c00020"), path / "red.json")
    (path / "bad.json").write_text('{"version": 1, "lips": {"glos": 1}}')
    return path


def run(*arguments):
    return main(["try", *map(str, arguments)])


def changed(before, after):
    rows, columns = np.nonzero((before != after).any(-1))
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_photo_gets_the_look_on_the_lips_only(folder, astronaut, tmp_path, capsys):
    assert run(folder / "me.png", *RED, "-o", tmp_path / "out.png") == 0
    top, bottom, left, right = changed(astronaut, load_photo(tmp_path / "out.png").rgb)
    assert (top > 130, bottom < 220, left > 170, right < 280) == (True,) * 4
    assert capsys.readouterr() == (f"wrote {tmp_path / 'out.png'}\n", "")


def test_look_by_name_file_and_edit(folder, astronaut, tmp_path):
    assert run(folder / "me.png", "--look", "classic_red", "-o", tmp_path / "a.png") == 0
    assert run(folder / "me.png", "--look", folder / "red.json", "-o", tmp_path / "b.png") == 0
    assert run(folder / "me.png", *RED, "-o", tmp_path / "c.png") == 0
    a, b, c = (load_photo(tmp_path / f"{name}.png").rgb for name in "abc")
    assert np.array_equal(b, c)
    assert not np.array_equal(a, b)
    assert not np.array_equal(b, astronaut)


def test_alpha_and_rotation_survive(folder, astronaut, tmp_path):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "maker"
    alpha = np.tile(np.arange(512) // 2, (512, 1)).astype(np.uint8)
    lying = Image.fromarray(np.ascontiguousarray(np.rot90(np.dstack([astronaut, alpha]))))
    lying.save(tmp_path / "in.png", exif=exif)
    assert run(tmp_path / "in.png", *RED, "-o", tmp_path / "out.png") == 0
    out = load_photo(tmp_path / "out.png")
    assert np.array_equal(out.alpha, alpha)
    assert changed(astronaut, out.rgb)[0] > 130  # the lips, of an upright face
    with Image.open(tmp_path / "out.png") as image:
        assert image.getexif().get(0x0112, 1) == 1


def test_sheet_shows_before_and_after(folder, tmp_path):
    assert run(folder / "me.png", *RED, "-o", tmp_path / "out.jpg", "--sheet") == 0
    sheet = load_photo(tmp_path / "out_sheet.png").rgb
    half = sheet.shape[1] // 2
    redness = [
        (side[..., 0].astype(int) - side[..., 1] > 110).sum()
        for side in (sheet[:, :half], sheet[:, half:])
    ]
    assert sheet.shape[0] > 600
    assert redness[1] > 1000 > redness[0]


def test_six_faces_are_no_trouble(folder, astronaut, tmp_path):
    head = astronaut[:256, 96:352]
    save_photo(np.tile(head, (2, 3, 1)), tmp_path / "six.png")
    assert run(tmp_path / "six.png", *RED, "-o", tmp_path / "out.png") == 0
    out = load_photo(tmp_path / "out.png").rgb
    tiles = [out[y : y + 256, x : x + 256] for y in (0, 256) for x in (0, 256, 512)]
    assert sum(not np.array_equal(tile, head) for tile in tiles) >= 4


@pytest.fixture(scope="module")
def clip(astronaut, tmp_path_factory):
    """Eight uneven frames, the face in the last six only, with sound."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"crf": "12"})
        stream.width, stream.height = 256, 256
        stream.time_base = stream.codec_context.time_base = Fraction(1, 100)
        audio = out.add_stream("aac", rate=48000, layout="mono")
        for step, stamp in enumerate([0, 4, 8, 12, 20, 21, 30, 40]):
            view = astronaut[:256, 96:352] if step > 1 else astronaut[256:, :256]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(view))
            frame.pts, frame.time_base = stamp, Fraction(1, 100)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        for start in range(0, 19200, 1024):
            wave = np.sin(np.arange(start, start + 1024) * 0.05).astype(np.float32)[None]
            sound = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = 48000, start, Fraction(1, 48000)
            out.mux(audio.encode(sound))
        out.mux(audio.encode(None))
    return path


def test_video_keeps_times_and_sound_and_bare_frames(clip, tmp_path, capsys):
    out = tmp_path / "out.mp4"
    assert run(clip, *RED, "-o", out, "--sheet") == 0
    before, after = list(read_video(clip)), list(read_video(out))
    assert [f.time for f in after] == [f.time for f in before]
    pairs = zip(before, after, strict=True)
    moved = [(np.abs(a.rgb.astype(int) - b.rgb).max(-1) > 60).sum() for a, b in pairs]
    assert max(moved[:2]) < 10
    assert min(moved[-2:]) > 120
    with av.open(str(clip)) as one, av.open(str(out)) as other:
        sounds = [[bytes(p) for p in f.demux(audio=0)] for f in (one, other)]
    assert sounds[0] == sounds[1]
    assert "frames show a face" in capsys.readouterr().err
    assert load_photo(tmp_path / "out_sheet.png").rgb.shape[0] > 1000


def test_what_a_video_loses_is_said_a_line_each(astronaut, tmp_path, capsys):
    source = tmp_path / "deep.mkv"
    with av.open(str(source), "w") as out:
        stream = out.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 255, 256, "yuv420p10le"
        for _ in range(3):
            view = np.ascontiguousarray(astronaut[:256, 96:351])
            out.mux(stream.encode(av.VideoFrame.from_ndarray(view)))
        out.mux(stream.encode(None))
    assert run(source, *RED, "-o", tmp_path / "out.mp4") == 0
    said = [line for line in capsys.readouterr().err.splitlines() if "become" in line]
    assert len(said) == 2
    assert "10 bits a channel become 8" in said[0]
    assert "255 x 256 pixels become 256 x 256" in said[1]
    assert all(str(tmp_path / "out.mp4") in line for line in said)


def test_cut_video_is_drawn_as_far_as_it_goes(clip, tmp_path, capsys):
    with av.open(str(tmp_path / "whole.mkv"), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height = 256, 256
        for frame in [*read_video(clip)] * 4:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(frame.rgb)))
        out.mux(stream.encode(None))
    content = (tmp_path / "whole.mkv").read_bytes()
    (tmp_path / "cut.mkv").write_bytes(content[: len(content) * 6 // 10])
    assert run(tmp_path / "cut.mkv", *RED, "-o", tmp_path / "out.mp4") == 0
    assert "breaks off" in capsys.readouterr().err
    assert 0 < len(list(read_video(tmp_path / "out.mp4"))) < 32


MISTAKES = [
    (2, ["me.png", "-o", "OUT.png"], "which look?"),
    (2, ["me.png", "--look", "clasic_red", "-o", "OUT.png"], "did you mean classic_red"),
    (2, ["me.png", "--look", "x", "--set", "lips.glos=1", "-o", "OUT.png"], "no look is called"),
    (2, ["me.png", "--set", "lips.glos=1", "-o", "OUT.png"], "did you mean 'lips.gloss'"),
    (2, ["me.png", "--set", "lips.gloss=7", "-o", "OUT.png"], "0 to 1"),
    (2, ["me.png", *RED, "--with-hair", "-o", "OUT.png"], "add --from PHOTO"),
    (2, ["me.png", *RED, "-o", "me.png"], "overwrite an input"),
    (2, ["me.png", "--from", "sky.png", "-o", "sky.png"], "overwrite an input"),
    (2, ["me_sheet.png", *RED, "-o", "me.jpg", "--sheet"], "overwrite an input"),
    (2, ["sky.png", "--from", "me_sheet.png", "-o", "me.jpg", "--sheet"], "overwrite an input"),
    (2, ["me.png", *RED, "-o", "OUT.mp4"], "a photo cannot be written as .mp4; known: .jpg"),
    (2, ["me.png", *RED, "-o", "OUT.xyz"], "a photo cannot be written as .xyz; known: .jpg"),
    (2, ["me.png", *RED, "-o", "OUT"], "a photo cannot be written without a suffix; known: .jpg"),
    (2, ["none.mp4", *RED, "-o", "OUT.png"], "a video cannot be written as .png; known: .mp4"),
    (2, ["none.mp4", *RED, "-o", "OUT.xyz"], "a video cannot be written as .xyz; known: .mp4"),
    (1, ["none.png", *RED, "-o", "taken.png", "--sheet"], "is a folder"),
    (1, ["me.png", *RED, "-o", "none/OUT.png"], "folder"),
    (1, ["me.png", "--look", "bad.json", "-o", "OUT.png"], "did you mean 'lips.gloss'"),
    (1, ["me.png", "--look", "none.json", "-o", "OUT.png"], "No such file"),
    (1, ["none.png", *RED, "-o", "OUT.png"], "No such file"),
    (1, ["none.mp4", *RED, "-o", "OUT.mp4"], "No such file"),
    (1, ["empty.jpg", *RED, "-o", "OUT.png"], "empty"),
    (1, ["cut.png", *RED, "-o", "OUT.png"], "cut off"),
    (1, ["red.json", *RED, "-o", "OUT.png"], "not an image"),
    (1, ["sky.png", *RED, "-o", "OUT.png"], "no face found"),
    (1, ["dot.png", *RED, "-o", "OUT.png"], "no face found"),
    (1, ["me.png", "--from", "sky.png", "-o", "OUT.png"], "no face found"),
]


@pytest.mark.parametrize(("code", "arguments", "reason"), MISTAKES)
def test_mistake_is_one_sentence_and_writes_nothing(
    folder, monkeypatch, capsys, code, arguments, reason
):
    monkeypatch.chdir(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert run(*arguments) == code
    said = capsys.readouterr().err
    assert reason in said
    assert said.startswith("prink try: ")
    assert said.count("\n") == 1
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_video_without_a_face_leaves_no_file(astronaut, tmp_path, capsys):
    source = tmp_path / "sky.mp4"
    with av.open(str(source), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width = stream.height = 128
        for _ in range(3):
            frame = av.VideoFrame.from_ndarray(np.full((128, 128, 3), 170, np.uint8))
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert run(source, *RED, "-o", tmp_path / "out.mp4") == 1
    assert "no face found in any of 3 frames" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["sky.mp4"]


def test_without_a_driver_it_names_the_install_command(folder, tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "prink", "try", "me.png", *RED, "-o", tmp_path / "out.png"],
        env={**os.environ, "__EGL_VENDOR_LIBRARY_FILENAMES": str(tmp_path / "none.json")},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "apt-get install" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


ENDINGS = {
    signal.SIGTERM: (143, ""),
    signal.SIGHUP: (129, ""),
    signal.SIGQUIT: (131, ""),
    signal.SIGINT: (130, "prink try: stopped; no file is left half written\n"),
}


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("ending", ENDINGS)
def test_ended_half_way_leaves_no_file(astronaut, tmp_path, ending):
    source = tmp_path / "long.mp4"
    with av.open(str(source), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width = stream.height = 512
        for _ in range(500):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(astronaut)))
        out.mux(stream.encode(None))
    command = [sys.executable, "-m", "prink", "try", source, *RED, "-o", tmp_path / "out.mp4"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 30
    while not list(tmp_path.glob(".out*")) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(tmp_path.glob(".out*"))
    process.send_signal(ending)
    said = process.communicate(timeout=30)[1]
    assert (process.returncode, said) == ENDINGS[ending]
    assert [path.name for path in tmp_path.iterdir()] == ["long.mp4"]


def test_look_that_draws_nothing_is_pointed_out(folder, tmp_path, capsys):
    assert run(folder / "me.png", "--set", "lips.gloss=0.8", "-o", tmp_path / "out.png") == 0
    said = capsys.readouterr().err
    assert "the look draws nothing" in said
    assert said.count("\n") == 1


def test_animation_gives_its_first_picture(folder, astronaut, tmp_path, capsys):
    pages = [Image.fromarray(view) for view in (astronaut, astronaut[:, ::-1].copy())]
    pages[0].save(tmp_path / "in.tif", save_all=True, append_images=pages[1:])
    assert run(tmp_path / "in.tif", *RED, "-o", tmp_path / "out.tif") == 0
    assert "only the first of 2 pictures is used" in capsys.readouterr().err
    assert changed(astronaut, load_photo(tmp_path / "out.tif").rgb)[0] > 130


def test_debug_shows_the_trace(folder, tmp_path, capsys):
    assert run(folder / "empty.jpg", *RED, "-o", tmp_path / "o.png", "--debug") == 1
    assert "Traceback" in capsys.readouterr().err


def test_python_api_returns_the_kind_it_was_given(astronaut):
    import prink

    look = prink.edit(prink.Look(), "lips.color=#c00020")
    array = prink.try_on(astronaut, look)
    alpha = np.full(astronaut.shape[:2], 9, np.uint8)
    photo = prink.try_on(Photo(astronaut, alpha, b"exif"), look)
    four = prink.try_on(np.dstack([astronaut, alpha]), look)
    assert np.array_equal(photo.rgb, array)
    assert np.array_equal(four, np.dstack([array, alpha]))
    assert (photo.exif, photo.alpha is alpha) == (b"exif", True)
    assert not np.array_equal(array, astronaut)


def test_readme_example(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_photo(load_photo(folder / "me.png"), "me.jpg")
    import prink

    photo = prink.load_photo("me.jpg")
    made_up = prink.try_on(photo, prink.look("classic_red"))
    prink.save_photo(made_up, "me_red.jpg")
    lips = prink.load_photo("me_red.jpg").rgb.astype(int) - photo.rgb
    assert np.abs(lips).max() > 60


@settings(max_examples=15, deadline=None)
@given(width=st.integers(1, 500), height=st.integers(1, 500), left=st.integers(0, 300))
def test_any_cut_of_a_picture_is_drawn_or_refused(astronaut, width, height, left):
    import prink

    cut = astronaut[:height, left : left + width]
    try:
        made = prink.try_on(cut, prink.edit(prink.Look(), "lips.color=#c00020"))
    except prink.face.FaceError as error:
        made = None
        said = str(error)
    if made is None:
        assert "no face" in said
    else:
        assert (made.shape, made.dtype) == (cut.shape, cut.dtype)
        assert (made != cut).any(-1).mean() < 0.2


def test_python_api_works_from_any_thread(astronaut):
    from concurrent.futures import ThreadPoolExecutor

    import prink

    look = prink.edit(prink.Look(), "lips.color=#c00020")
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: prink.try_on(astronaut, look), range(4)))
    assert all(np.array_equal(each, made[0]) for each in made)
    with pytest.raises(prink.face.FaceError, match="no face"):
        prink.try_on(np.zeros((64, 64, 3), np.uint8), look)
    assert np.array_equal(prink.try_on(astronaut, look), made[0])


def test_hair_is_coloured_beside_the_look(folder, tmp_path):
    assert run(folder / "me.png", "--look", folder / "red.json", "-o", tmp_path / "red.png") == 0
    arguments = [folder / "me.png", "--look", folder / "red.json", "--hair", "copper"]
    assert run(*arguments, "-o", tmp_path / "both.png") == 0
    red, both = (load_photo(tmp_path / name).rgb for name in ("red.png", "both.png"))
    moved = (red != both).any(-1)
    assert moved.sum() > 5000
    assert moved[:40].any()  # the crown
    np.testing.assert_array_equal(red[300:], both[300:])


def test_an_unknown_hair_colour_is_a_usage_error(folder, tmp_path, capsys):
    assert run(folder / "me.png", "--hair", "coper", "-o", tmp_path / "a.png") == 2
    assert "did you mean 'copper'?" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())

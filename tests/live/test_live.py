"""The live window on a made clip: frames arrive tracked, keys work, pixels reach the screen."""

import os
import shutil
import subprocess
import sys
import time

import av
import numpy as np
import pytest

import prink
from prink.amount import scaled
from prink.cli import main
from prink.live import Camera, Feed, LiveError, Stage, VideoLoop
from prink.params import HAIR, Look, Rgba, edit, with_hair

RED = edit(edit(Look(), "lips.color=#c00020"), "foundation.smoothing=0.4")
LOOKS = {"red": RED, "bare": Look(), "plum": edit(Look(), "lips.color=#601040")}


@pytest.fixture(scope="module")
def clip(astronaut, tmp_path_factory):
    """The portrait, panned a pixel a frame: 20 frames of 256 x 256."""
    path = tmp_path_factory.mktemp("clip") / "pan.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"crf": "12"})
        stream.width = stream.height = 256
        for step in range(20):
            view = np.ascontiguousarray(astronaut[:256, 90 + step : 346 + step])
            out.mux(stream.encode(av.VideoFrame.from_ndarray(view)))
        out.mux(stream.encode(None))
    return path


def wait_for(feed, found, *, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        tracked = feed.take()
        if tracked is not None and found(tracked):
            return tracked
        time.sleep(0.005)
    pytest.fail(f"nothing came in {seconds} s")


def test_feed_tracks_the_frames_it_hands_out_and_loops(clip):
    feed = Feed(VideoLoop(clip))
    try:
        first = wait_for(feed, lambda t: t.faces)
        later = wait_for(feed, lambda t: t.faces and t.time > first.time + 1.0)  # past the end
    finally:
        feed.close()
    for tracked in (first, later):
        lips = tracked.faces[0].points[[61, 291, 0, 17], :2].astype(int)
        (x0, y0), (x1, y1) = lips.min(0), lips.max(0)
        mouth = tracked.rgb[y0:y1, x0:x1].reshape(-1, 3).mean(0)
        assert mouth[0] > mouth[1] + 15  # redder than green: the mouth of this very frame
    assert not any(thread.is_alive() for thread in feed.threads)


def test_slow_consumer_gets_the_newest_frame_not_a_queue(clip):
    feed = Feed(VideoLoop(clip))
    try:
        first = wait_for(feed, lambda t: t.faces)
        time.sleep(0.6)
        assert feed.take().time > first.time + 0.3
    finally:
        feed.close()


def test_feed_reports_what_stopped_it(tmp_path):
    feed = Feed(VideoLoop(tmp_path / "none.mp4"))
    feed.threads[0].join()
    with pytest.raises(ValueError, match="No such file"):
        feed.take()
    feed.close()


def test_missing_camera_is_one_clear_sentence():
    camera = Camera(63)
    with pytest.raises(LiveError, match="no camera 63"):
        camera.open()


def test_keys_change_look_amount_and_sides():
    stage = Stage(LOOKS, start="red")
    stage.press("right")
    stage.press("right")
    assert (stage.name, stage.look) == ("plum", LOOKS["plum"])
    stage.press("right")
    assert stage.name == "red"
    stage.press("left")
    stage.press("left")
    assert stage.name == "bare"
    stage.press("left")
    for _ in range(5):
        stage.press("down")
    assert stage.look.lips.color.a == pytest.approx(0.5)
    assert stage.look.foundation.smoothing == pytest.approx(0.2)
    for _ in range(40):
        stage.press("up")
    assert stage.look.lips.color.a == 1.0
    stage.press("space")
    assert stage.look == Look()
    assert stage.lines()[0] == "before"
    stage.press("h")
    assert stage.lines() == ()
    stage.press("f7")
    assert not stage.done
    stage.press("q")
    assert stage.done


def test_the_hair_key_goes_through_the_colours_on_top_of_any_look():
    stage = Stage(LOOKS, start="red")
    stage.press("c")
    assert stage.look == with_hair(RED, next(iter(HAIR)))
    assert stage.lines()[0].startswith(f"red + {next(iter(HAIR))}")
    for _ in HAIR:
        stage.press("c")
    assert stage.look == RED


def test_the_hair_key_takes_the_hair_of_the_command_off_again(monkeypatch):
    given = {}
    monkeypatch.setattr(
        "prink.live.show", lambda source, looks, **rest: given.update(rest, looks=looks)
    )
    assert main(["live", "--look", "smoky_eye", "--hair", "copper", "--set", "lips.gloss=1"]) == 0
    stage = Stage(given["looks"], start=given["start"], hair=given["hair"])
    assert stage.look.hair == HAIR["copper"].hair
    while stage.hair[0]:
        stage.press("c")
    assert stage.look == edit(prink.LOOKS["smoky_eye"], "lips.gloss=1")


def test_an_unknown_hair_is_told_before_any_window(capsys):
    assert main(["live", "--hair", "coper"]) == 2
    assert "did you mean 'copper'?" in capsys.readouterr().err


def test_hair_is_found_in_the_very_frame_if_it_is_wanted(clip):
    wanted = []
    feed = Feed(VideoLoop(clip), wants=lambda: wanted)
    try:
        assert wait_for(feed, lambda t: t.faces).parsing[0].hair is None
        wanted.append("hair")
        tracked = wait_for(feed, lambda t: t.parsing and t.parsing[0].hair)
    finally:
        feed.close()
    assert len(tracked.parsing) == len(tracked.faces) == 1
    assert (tracked.parsing[0].hair.pixels > 200).mean() > 0.05


def test_scaled_to_nothing_is_a_bare_face():
    nothing = scaled(RED, 0.0)
    assert nothing.foundation == Look().foundation
    assert nothing.lips.color == Rgba(*RED.lips.color[:3], 0.0)


@pytest.fixture(scope="module")
def display():
    """A virtual display of our own, so that no window opens on a developer's screen."""
    pytest.importorskip("glfw", reason="needs glfw: pip install -c constraints.txt '.[live]'")
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("needs Xvfb: apt-get install xvfb")
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()


SCRIPT = """
import sys
import numpy as np
from prink.live import VideoLoop, Window
from prink.params import Look, edit

looks = {"red": edit(Look(), "lips.color=#c00020"), "plum": edit(Look(), "lips.color=#401060")}
window = Window(VideoLoop(sys.argv[1]), looks, start="red")
window.stage.press("h")  # no overlay over the picture

def screen():
    width, height = window.glfw.get_framebuffer_size(window.handle)
    pixels = window.context.screen.read((0, 0, width, height), components=3, alignment=1)
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 3)[::-1]

def mouth():
    picture, face = screen(), window.current.faces[0]
    scale = picture.shape[0] / window.current.rgb.shape[0]
    left = (picture.shape[1] - scale * window.current.rgb.shape[1]) / 2
    x, y = (face.points[[17, 14], :2].mean(0) * scale).astype(int)  # middle of the lower lip
    return picture[y - 3 : y + 4, int(x + left) - 3 : int(x + left) + 4].reshape(-1, 3).mean(0)

def settle():
    seen = 0
    while window.step():
        seen += bool(window.current and window.current.faces)
        if seen > 12:
            return

def pressed(key):
    window.press(key)
    settle()
    return mouth().round().tolist()

settle()
print("red", mouth().round().tolist())
print("plum", pressed("right"))
print("before", pressed("space"))
pressed("h")
print("lines", len(window.stage.lines()), window.stage.rate() > 5)
label, bare = screen()[12:90, 12:200].astype(int), screen()[12:90, -200:-12].astype(int)
print("label", label.mean() < bare.mean() - 40 and label.max() > bare.max() + 20)
pressed("s")
window.press("q")
print("ended", not window.step())
window.close()
"""


def test_window_shows_looks_saves_and_quits(clip, display, tmp_path):
    environment = {**os.environ, "DISPLAY": display}
    environment.pop("WAYLAND_DISPLAY", None)
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(clip)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    said = dict(line.split(" ", 1) for line in result.stdout.splitlines())
    red, plum, before = (np.array(eval(said[name])) for name in ("red", "plum", "before"))
    assert red[0] - red[2] > 1.4 * (before[0] - before[2])
    assert plum[2] > plum[1]
    assert before[1] > red[1]
    assert said["lines"] == "3 True"
    assert said["label"] == said["ended"] == "True"
    assert [path.name for path in tmp_path.iterdir()] == ["prink_before_1.png"]


def test_no_display_is_one_clear_sentence(clip, tmp_path):
    pytest.importorskip("glfw", reason="needs glfw: pip install -c constraints.txt '.[live]'")
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a display")
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    result = subprocess.run(
        [sys.executable, "-m", "prink", "live", "--input", str(clip)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("prink live: no display")
    assert result.stderr.count("\n") == 1


def test_unreadable_video_is_told_before_the_lack_of_a_display(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    (tmp_path / "text.mp4").write_text("no video")
    for name, reason in (("none.mp4", "No such file"), ("text.mp4", "not a video")):
        result = subprocess.run(
            [sys.executable, "-m", "prink", "live", "--input", name],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert result.returncode == 1
        assert reason in result.stderr
        assert result.stderr.count("\n") == 1

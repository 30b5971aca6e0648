"""The flat shaders: valid GLSL ES 3.00, and linked by a desktop and by a true GLES 3 driver."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest
from tests.gles import open_gles

from prink.render import RenderError, open_context
from prink.render import context as context_module
from prink.render.assets import asset
from prink.render.context import compile_program, source
from prink.render.plan import read_plan

FLAT = sorted(
    path.name for path in asset("generated").iterdir() if path.suffix in (".vert", ".frag")
)
PAIRS = sorted(
    {(step.vertex, step.fragment) for step in read_plan(4).passes}
    | {("quad", "present"), ("unwrap", "unwrap")}
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flat shaders as a phone compiles them: version and precision in front."""
    folder = tmp_path_factory.mktemp("flat")
    for name in FLAT:
        (folder / name).write_text(source(name, phone_precision=True))
    return folder


def check(*arguments: str | Path) -> None:
    tool = shutil.which("glslangValidator")
    if tool is None:
        pytest.skip("needs glslangValidator: apt-get install glslang-tools")
    done = subprocess.run(
        [tool, "--quiet", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout, done.stdout


@pytest.mark.parametrize("name", FLAT)
def test_glslang_accepts_each_flat_shader(folder: Path, name: str) -> None:
    check(folder / name)


@pytest.mark.parametrize("name", FLAT)
def test_glslang_accepts_each_flat_shader_as_desktop_glsl(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(source(name, phone_precision=False, language="330"))
    check(tmp_path / name)


@pytest.mark.parametrize(("vertex", "fragment"), PAIRS)
def test_glslang_links_each_pair(folder: Path, vertex: str, fragment: str) -> None:
    check("-l", folder / f"{vertex}.vert", folder / f"{fragment}.frag")


def test_every_flat_shader_is_used() -> None:
    used = {f"{v}.vert" for v, _ in PAIRS} | {f"{f}.frag" for _, f in PAIRS}
    assert used == set(FLAT)


@pytest.fixture(scope="module", params=["desktop", "GLES"])
def driver(request: pytest.FixtureRequest) -> Iterator[moderngl.Context]:
    if request.param == "desktop":
        context = open_context()
    else:
        try:
            context = open_gles()
        except OSError as error:
            pytest.skip(str(error))
    assert ("OpenGL ES 3" in context.info["GL_VERSION"]) == (request.param == "GLES")
    yield context
    context.release()


@pytest.mark.parametrize("phone_precision", [False, True])
def test_the_driver_links_each_pair(driver: moderngl.Context, phone_precision: bool) -> None:
    for vertex, fragment in PAIRS:
        compile_program(driver, vertex, fragment, phone_precision=phone_precision).release()


def test_the_host_precision_has_no_mediump_left() -> None:
    for name in FLAT:
        assert "mediump" not in source(name, phone_precision=False)
        assert source(name, phone_precision=True).startswith("#version 300 es\nprecision mediump")


def test_a_refused_shader_is_named_with_the_drivers_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(asset("generated"), tmp_path / "generated")
    (tmp_path / "generated/lips.frag").write_text("void main() { gl_FragColor = lipstick; }")
    monkeypatch.setattr(context_module, "asset", lambda name: tmp_path / name)
    context = open_context()
    with pytest.raises(RenderError, match=r"refuses shader lips.vert \+ lips.frag: ") as caught:
        compile_program(context, "lips", "lips")
    context.release()
    assert "lipstick" in str(caught.value)


def test_no_driver_is_answered_with_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise Exception("(create_context) libGL.so not loaded")

    monkeypatch.setattr(moderngl, "create_context", none)
    with pytest.raises(RenderError, match=re.escape("apt-get install libegl1 libgl1 ")) as caught:
        open_context()
    assert "libGL.so not loaded" in str(caught.value)
    assert "\n" not in str(caught.value)

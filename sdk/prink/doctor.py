"""What prink needs, what is here of it and how to get the rest; imports no MediaPipe, no torch."""

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from prink.weights import ModelError, cache_folder, find_model, models

__all__ = ["Finding", "Report", "examine"]

State = Literal["ok", "missing", "optional"]

GL_FIX = "Debian, Ubuntu: sudo apt-get install libegl1 libgl1 libgl1-mesa-dri"
TASK = "face_landmarker.task"  # the one model that is used at run time
BUNDLED = "modules/face_landmark/face_landmark_with_attention.tflite"
OPTIONAL = {
    "glfw": ("the window of `prink live`", "live"),
    "torch": ("training and the torch reference", "learn"),
}
NEEDED = (
    *("numpy", "moderngl", "mediapipe", "opencv-contrib-python", "onnxruntime"),
    *("pillow", "pillow-heif", "av", "rich"),
)


@dataclass(frozen=True)
class Finding:
    """One line of the report; `missing` keeps prink from drawing, `optional` does not."""

    part: str
    state: State
    detail: str
    fix: str = ""


@dataclass(frozen=True)
class Report:
    """All findings; prink can draw if nothing that it needs is missing."""

    findings: tuple[Finding, ...]

    @property
    def can_draw(self) -> bool:
        """Whether nothing that drawing needs is missing."""
        return all(finding.state != "missing" for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Returns the report as JSON data."""
        return {"can_draw": self.can_draw, "findings": [asdict(each) for each in self.findings]}


def examine() -> Report:
    """Returns what was found on this machine; opens an OpenGL context for a moment."""
    findings = (*packages(), opengl(), tracker(), model_file(), parsing(), encoder(), cameras())
    return Report(findings)


def packages() -> Iterator[Finding]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("python", "ok", f"{python} ({sys.platform})")
    yield Finding("prink", "ok", installed("prink") or "from a source folder")
    for name in NEEDED:
        found = installed(name)
        fix = "" if found else f"pip install {name}"
        yield Finding(name, "ok" if found else "missing", found or "not installed", fix)
    for name, (purpose, extra) in OPTIONAL.items():
        found = installed(name)
        fix = f"in the checkout of prink: pip install -c constraints.txt '.[{extra}]'"
        detail = f"{found or 'not installed'}; for {purpose}"
        yield Finding(name, "ok" if found else "optional", detail, "" if found else fix)


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def opengl() -> Finding:
    """Opens a context and compiles prink's shaders, which is what drawing needs."""
    try:
        from prink.render import Renderer

        with Renderer() as renderer:
            info = renderer.context.info
    except Exception as error:  # whatever keeps OpenGL from running is the finding
        return Finding("OpenGL", "missing", " ".join(str(error).split()), GL_FIX)
    vendor, name, number = info["GL_VENDOR"], info["GL_RENDERER"], info["GL_VERSION"]
    return Finding("OpenGL", "ok", f"{name}; {vendor}; {number}")


def tracker() -> Finding:
    """Says which landmark source will be used, without importing MediaPipe."""
    spec = find_spec("mediapipe")
    homes = list(spec.submodule_search_locations or []) if spec else []
    bundled = any((Path(home) / BUNDLED).is_file() for home in homes)
    try:
        task = find_model(TASK)
    except ModelError as error:
        return Finding("face tracker", "missing", str(error), "replace or remove that file")
    if spec is None:
        return Finding("face tracker", "missing", "no mediapipe", "pip install mediapipe==0.10.21")
    if task is not None:
        return Finding("face tracker", "ok", "FaceLandmarker, 478 points")
    if bundled:
        return Finding("face tracker", "ok", "FaceMesh, bundled in mediapipe")
    detail = f"mediapipe {installed('mediapipe')} bundles no face model, {TASK} is absent"
    return Finding("face tracker", "missing", detail, "pip install mediapipe==0.10.21")


def model_file() -> Finding:
    """Says where the better landmark model is, or where it can be put."""
    model = models()[TASK]
    about = f"{model.licence}; {model.used_by}"
    try:
        path = find_model(TASK)
    except ModelError as error:
        return Finding(
            TASK, "missing", str(error), "replace or remove that file, or unset PRINK_ASSETS"
        )
    if path is not None:
        return Finding(TASK, "ok", f"{path}, size and hash verified; {about}")
    cache = cache_folder()
    place = (
        f"put it into {cache}" if cache.is_dir() else f"make the folder {cache} and put it there"
    )
    fix = f"{model.bytes:,} bytes from {model.origin}; {place}, or set PRINK_ASSETS to its folder"
    return Finding(TASK, "optional", about, fix)


def parsing() -> Finding:
    """Says whether the network that parses heads is there and runs."""
    from prink.parse import ParseError, Parser

    try:
        Parser()
    except (ParseError, ImportError) as error:
        return Finding("parse network", "missing", str(error), "install prink anew")
    return Finding("parse network", "ok", "prink's own, in the package")


def encoder() -> Finding:
    """Says whether the encoder that reads looks off photos came with this prink and runs."""
    from prink.reading.encoder import ReadingError, is_shipped, shipped_encoder

    if not is_shipped():
        detail = "not in this package; looks are read by measuring colours"
        return Finding("look encoder", "optional", detail, "install a newer prink")
    try:
        shipped_encoder()
    except (ReadingError, ImportError) as error:
        return Finding("look encoder", "optional", str(error), "install prink anew")
    return Finding("look encoder", "ok", "prink's own, in the package")


def cameras() -> Finding:
    """Lists capture devices where the system has a list; does not switch a camera on."""
    if not sys.platform.startswith("linux"):
        return Finding(
            "camera", "ok", "not listed on this system; `prink live --camera 0` tries it"
        )
    found = sorted(Path("/dev").glob("video*"))
    if found:
        return Finding("camera", "ok", ", ".join(str(path) for path in found))
    return Finding("camera", "optional", "none found", "prink live --input FILE plays a video")

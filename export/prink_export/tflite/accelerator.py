"""Which operations of a TFLite file would leave an accelerator, with the reason.

For the GPU the accelerator of the LiteRT wheel itself decides, on a software Vulkan driver: its
static analyser says yes to everything, so it is not asked. Where no driver is found, or the
accelerator does not answer, rules decide, and the answer says so in its name.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from prink_export.network import WHOLE
from prink_export.tflite.file import Op
from prink_export.tflite.gpu_run import ALL, NOT_ALL
from prink_export.tflite.rules import by_rules

__all__ = ["GPU", "Driver", "NotRun", "driver", "leaving", "on_gpu"]

GPU: Final = "GPU delegate"
PLACES: Final = tuple(
    Path(folder) / "vk_swiftshader_icd.json"
    for folder in (
        "/usr/lib/chromium",
        "/usr/lib64/chromium-browser",
        "/usr/lib/chromium-browser",
        "/snap/chromium/current/usr/lib/chromium-browser",
    )
)
TIMEOUT: Final = 300.0  # seconds; compiling takes a few on an idle machine
LISTED: Final = re.compile(
    r"Following operations are not supported by GPU delegate:\n(.*?)\n\d+ operations will run", re.S
)
NO_ADAPTER: Final = "No adapters found"


class NotRun(Exception):
    """The GPU accelerator gave no answer, told in a few words."""


@dataclass(frozen=True)
class Driver:
    """A Vulkan driver: its description for the loader, and the folder of its libraries."""

    description: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to use it."""
        folder = str(self.description.parent)  # Chromium brings a Vulkan loader as well
        before = os.environ.get("LD_LIBRARY_PATH")
        return {
            "VK_ICD_FILENAMES": str(self.description),
            "LD_LIBRARY_PATH": f"{folder}{os.pathsep}{before}" if before else folder,
        }


def driver() -> Driver | None:
    """Returns the Vulkan driver of VK_ICD_FILENAMES, or Chromium's software one, or None."""
    told = os.environ.get("VK_ICD_FILENAMES", "").split(os.pathsep)
    named = [Path(each) for each in told if each]
    return next((Driver(each) for each in (*named, *PLACES) if each.is_file()), None)


def leaving(path: Path, operations: Sequence[Op]) -> dict[str, Mapping[str, str]]:
    """Returns for each accelerator the operations of a file that would leave it, and why."""
    found: dict[str, Mapping[str, str]] = {}
    try:
        found[GPU] = on_gpu(path)
    except NotRun as cause:
        found[f"{GPU}, by rules (not run: {cause})"] = by_rules(GPU, operations)
    return found | {each: by_rules(each, operations) for each in ("NNAPI", "QNN")}


def on_gpu(path: Path, *, timeout: float = TIMEOUT) -> dict[str, str]:
    """Returns which operations the GPU accelerator refuses, and why; empty if it takes all.

    Raises:
        NotRun: There is no driver, or the accelerator ended without an answer.
    """
    found = driver()
    if found is None:
        raise NotRun("no Vulkan driver")
    with TemporaryDirectory() as folder:
        environment = os.environ | found.environment | {"XDG_RUNTIME_DIR": folder}
        try:
            # -P, as the folder the command is given in may hold an onnx.py that is another.
            done = subprocess.run(
                [sys.executable, "-P", "-m", "prink_export.tflite.gpu_run", str(path)],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
                env=environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotRun(f"no answer in {timeout:g} s") from None
    return answer(done.returncode, done.stdout + done.stderr)


def answer(code: int, printed: str) -> dict[str, str]:
    """Returns what the child process found out, of its exit code and what it printed."""
    if NO_ADAPTER in printed:
        raise NotRun("no Vulkan device")
    if listed := LISTED.search(printed):
        lines = (line.partition(": ") for line in listed[1].splitlines())
        return {op.strip(): reason.strip() or "refused" for op, _, reason in lines if op.strip()}
    if code == ALL:
        return {}
    if code == NOT_ALL:
        return {WHOLE: last_error(printed)}
    raise NotRun(f"the accelerator ended with code {code}")


def last_error(printed: str) -> str:
    """Returns why a file was refused as a whole: the library's log says more than its error."""
    if logged := re.findall(r"^E\d{4} .*?\] (.+)$", printed, re.M):
        return str(logged[0])[:200]
    lines = [line for line in printed.splitlines() if "ERROR" in line or line.startswith("└")]
    return lines[-1].strip("└ ")[:200] if lines else "refused without a reason"

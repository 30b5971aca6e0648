"""Names what a fragment shader reads from pictures, and lets it note the values.

A read is called `FUNCTION.WHAT`: the function that asks, such as `highlight`, and what it asks,
such as `glitter`, a function that returns what a picture holds, or `near`, the picture itself
without its `u_`. Another read in one function leaves the names in all others alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from prink.arrays import Floats
from prink.render.context import RenderError

__all__ = ["THEIR_TWINS_READ", "noting", "one_read", "ran_once"]

# Functions whose twins take the camera's frame and the grain picture themselves.
THEIR_TWINS_READ = frozenset({"camera", "lashRow"})
FUNCTION = re.compile(
    r"^(?:(?:highp|mediump|lowp) )?(?P<type>\w+) (?P<name>\w+)\([^;{}]*\) \{", re.MULTILINE
)
PICTURE = re.compile(r"\btex(?:ture|elFetch)\w*\(\s*u_(\w+)")
WIDTHS = {"float": 1, "vec2": 2, "vec3": 3, "vec4": 4}
KINDS = {"float": "value, 0.0, 0.0, 0.0", "vec2": "value, 0.0, 0.0", "vec3": "value, 0.0"}
Value = TypeVar("Value")


@dataclass(frozen=True)
class Read:
    """One read in a shader's text: its function, what it asks, how many numbers, from where to."""

    function: str
    what: str
    width: int
    start: int
    end: int


def noting(fragment: str) -> tuple[str, dict[str, int]]:
    """Returns a fragment shader that notes its reads, and how many numbers each read gives.

    The values stand in `n_values` and how often each read ran in `n_times`, both in the order of
    the names; `clear_notes()` empties them.
    """
    text = re.sub(r"//.*", "", fragment)
    found, count, reads, edits = (
        sorted(reads_of(text), key=lambda r: r.start),
        Counter[str](),
        {},
        [],
    )
    for place, read in enumerate(found):
        name = f"{read.function}.{read.what}"
        count[name] += 1
        reads[name if count[name] == 1 else f"{name}_{count[name]}"] = read.width
        edits += [(read.start, f"noted({place}, "), (read.end, ")")]
    for at, added in sorted(edits, reverse=True):  # from the end: earlier places stay true
        text = text[:at] + added + text[at:]
    return text.replace("out vec4 o_color;", f"vec4 o_color;\n{notebook(len(reads))}"), reads


def notebook(size: int) -> str:
    """Returns the GLSL that notes so many reads, of any type."""
    lines = [f"highp vec4 n_values[{max(size, 1)}];", f"int n_times[{max(size, 1)}];"]
    for kind in WIDTHS:
        wide = f"vec4({KINDS[kind]})" if kind in KINDS else "value"
        lines.append(
            f"highp {kind} noted(int read, highp {kind} value) "
            f"{{ n_values[read] = {wide}; n_times[read]++; return value; }}"
        )
    cleared = "".join(f" n_values[{i}] = vec4(0.0); n_times[{i}] = 0;" for i in range(size))
    return "\n".join([*lines, f"void clear_notes() {{{cleared} }}", ""])


def reads_of(text: str) -> Iterator[Read]:
    """Yields the reads in a shader without comments, in any order."""
    functions = list(FUNCTION.finditer(text))

    def around(at: int) -> re.Match[str]:
        return [each for each in functions if each.start() < at][-1]

    readers: dict[str, int] = {}
    for found in PICTURE.finditer(text):
        function = around(found.start())
        if function["name"] in THEIR_TWINS_READ:
            continue
        returned = text[: found.start()].endswith("return ")
        if returned and function["type"] in WIDTHS:  # for others, who give the read their name
            readers[function["name"]] = WIDTHS[function["type"]]
        else:
            start, end = found.start(), closed(text, found.start())
            yield Read(function["name"], found[1], WIDTHS["vec4"], start, end)
    defined = {each.start("name") for each in functions}
    for name, width in readers.items():
        for found in re.finditer(rf"\b{name}\(", text):
            if found.start() not in defined:
                start, end = found.start(), closed(text, found.start())
                yield Read(around(start)["name"], name, width, start, end)


def closed(text: str, start: int) -> int:
    """Returns where the first bracket after `start` is closed: the place behind it."""
    depth = 0
    for mark in re.compile(r"[()]").finditer(text, start):
        depth += 1 if mark[0] == "(" else -1
        if depth == 0:
            return mark.end()
    raise RenderError(f"a bracket is never closed in the shader: {text[start : start + 60]!r}")


def ran_once(times: Floats, names: tuple[str, ...], *, step: str) -> list[str]:
    """Returns the names of the reads that ran; those of functions a pass leaves out did not.

    Args:
        times: how often each read ran on each pixel, `(N, reads)`.
        names: the reads.
        step: the pass, for the error.

    Raises:
        RenderError: if a read ran more than once on a pixel, or on some pixels only.
    """
    found = {name: np.unique(each) for name, each in zip(names, times.T, strict=True)}
    for name, counts in found.items():
        if len(counts) > 1 or counts.max(initial=0) > 1:
            function, what = name.split(".")
            raise RenderError(
                f"pass {step} reads {name} {' or '.join(f'{n:.0f}' for n in counts)} times a "
                f"pixel, expected 1: read {what} outside branches and loops, in the function that "
                f"uses it, or, if the twin of {function}() reads the picture itself, name "
                f"{function} in THEIR_TWINS_READ of prink.render.shader_reads"
            )
    return [name for name, counts in found.items() if 0 not in counts]


def one_read(reads: Mapping[str, Value], name: str) -> Value:
    """Returns a read by name, `(N, k)`.

    Raises:
        RenderError: if the pass has none of that name.
    """
    if name not in reads:
        raise RenderError(
            f"no read of the pass is called {name!r} and ran: it has {', '.join(reads)}; a read is "
            "called after the function of the shader that asks, a dot, and what it asks"
        )
    return reads[name]

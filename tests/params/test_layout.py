"""The packed look: what Python packs is what the generated GLSL accessors read."""

import moderngl
import numpy as np
import pytest

from prink.color import srgb_to_linear
from prink.params import LOOK_VEC4S, Look, LookError, Rgba, from_vector, pack, parameters, to_vector
from prink.params.schema import Blush, Lips
from prink.render import open_context
from prink.render.assets import asset

VERTEX = """#version 330
void main() { gl_Position = vec4(4 * (gl_VertexID & 1) - 1, 2 * (gl_VertexID & 2) - 1, 0, 1); }
"""


def read_accessors(packed: np.ndarray) -> np.ndarray:
    """Returns what each generated accessor gives, one pixel of a float picture each, (N, 4)."""
    accessors = asset("generated/look.glsl").read_text()
    lines = [
        f"if (int(gl_FragCoord.x) == {place}) o = vec4({p.group}_{p.name});"
        for place, p in enumerate(parameters())
    ]
    fragment = f"#version 330\n{accessors}out vec4 o;\nvoid main() {{\n{chr(10).join(lines)}\n}}\n"
    context = open_context()
    program = context.program(vertex_shader=VERTEX, fragment_shader=fragment)
    program["u_look"].write(packed.tobytes())
    target = context.framebuffer([context.texture((len(lines), 1), 4, dtype="f4")])
    target.use()
    context.vertex_array(program, []).render(moderngl.TRIANGLES, vertices=3)
    found = np.frombuffer(target.read(components=4, dtype="f4"), np.float32).reshape(-1, 4)
    context.release()
    return found


def test_each_accessor_reads_its_own_parameter() -> None:
    look = from_vector(np.linspace(0.01, 0.99, len(to_vector(Look()))))  # no number twice
    found = read_accessors(pack(look))
    for parameter, pixel in zip(parameters(), found, strict=True):
        value = parameter.get(look)
        if isinstance(value, Rgba):
            assert np.allclose(pixel, [*srgb_to_linear(value[:3]), value.a], atol=1e-7), parameter
        else:
            assert np.allclose(pixel, value, atol=1e-7), parameter


def test_slots_do_not_overlap_and_colours_are_aligned() -> None:
    taken: list[int] = []
    for parameter in parameters():
        assert not parameter.is_color or parameter.offset % 4 == 0
        taken += range(parameter.offset, parameter.offset + parameter.width)
    assert len(set(taken)) == len(taken)
    assert max(taken) // 4 + 1 == LOOK_VEC4S
    assert pack(Look()).shape == (LOOK_VEC4S, 4)


def test_a_packed_colour_is_linear_light() -> None:
    look = from_vector(np.full(len(to_vector(Look())), 0.5))
    assert np.allclose(pack(look)[0], [0.21404, 0.21404, 0.21404, 0.5], atol=1e-5)


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look(lips=Lips(gloss=1.2)), "lips.gloss is 1.2; its range is 0 to 1"),
        (Look(lips=Lips(gloss=float("nan"))), "lips.gloss is nan; expected a number 0 to 1"),
        (Look(lips=Lips(gloss="0.5")), "lips.gloss is '0.5'; expected a number 0 to 1"),
        (Look(lips=Lips(gloss=None)), "lips.gloss is None; expected a number 0 to 1"),
        (Look(lips=Lips(gloss=[1])), r"lips.gloss is \[1\]; expected a number 0 to 1"),
        (Look(blush=Blush(color=Rgba(1, 0, -0.1))), "blush.color.b is -0.1; its range is 0 to 1"),
        (Look(blush=Blush(color=Rgba(1, 0, 0, 7))), "blush.color.a is 7; its range is 0 to 1"),
        (Look(blush=Blush(color="#fff")), "blush.color is '#fff'; expected a prink.Rgba"),
        (Look(blush=Blush(color=(1, 0, 0, 1))), r"blush.color is \(1, 0, 0, 1\); expected a pri"),
    ],
)
def test_a_field_that_is_no_number_of_its_range_is_named(look: Look, said: str) -> None:
    with pytest.raises(LookError, match=said):
        pack(look)


def test_numbers_of_other_types_and_a_last_bit_too_much_are_packed() -> None:
    for gloss in (1, np.float32(1.0), np.nextafter(1.0, 2.0)):
        assert np.array_equal(pack(Look(lips=Lips(gloss=gloss))), pack(Look(lips=Lips(gloss=1.0))))


def test_what_is_no_look_is_named() -> None:
    with pytest.raises(TypeError, match=r"the look is 'classic_red'; expected a prink.Look"):
        pack("classic_red")

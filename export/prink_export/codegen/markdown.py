"""Writes the parameter table for people."""

from prink.params import LOOK_NUMBERS, LOOK_VEC4S, Rgba, parameters

__all__ = ["parameter_table"]


def default_text(value: float | Rgba) -> str:
    if isinstance(value, Rgba):
        return (
            "#"
            + "".join(f"{round(255 * part):02x}" for part in value[:3])
            + f", coverage {value.a:g}"
        )
    return f"{value:g}"


def parameter_table() -> str:
    """Returns PARAMS.md: every parameter's range, default, meaning and place in the packed look."""
    lines = [
        "<!-- Generated from sdk/prink/params/schema.py by prink_export.codegen; do not edit. -->",
        "# The parameters of a look",
        "",
        f"{LOOK_NUMBERS} numbers in {LOOK_VEC4S} vec4s. A colour is sRGB plus coverage, written "
        "`#rrggbb`, `#rrggbbaa` or `[r, g, b, coverage]`.",
    ]
    group = ""
    for parameter in parameters():
        if parameter.group != group:
            group = parameter.group
            lines += [
                "",
                f"## {group}",
                "",
                "| parameter | range | default | slot | meaning |",
                "|---|---|---|---|---|",
            ]
        spec = parameter.spec
        kind = "colour" if parameter.is_color else f"{spec.lo:g}..{spec.hi:g}"
        lines.append(
            f"| `{parameter.path}` | {kind} | {default_text(parameter.default)} "
            f"| {parameter.offset} | {spec.label}: {spec.doc} |"
        )
    return "\n".join(lines) + "\n"

"""Writes the look and the shared names in Kotlin."""

import json

from prink_export.hosts.groups import Group, Placed, groups, number_count, placed
from prink_export.hosts.names import Names, camel

__all__ = ["kotlin_files"]

NOTE = "// Generated from {source} by prink_export.codegen; do not edit.\npackage prink\n"
RGBA = """
/** A colour in sRGB, 0..1, as it looks on a swatch; [a] is how much of it is applied. */
data class Rgba(val r: Float, val g: Float, val b: Float, val a: Float = 0f)

/**
 * What a parameter means and where it lies.
 *
 * @property path the name in look files, such as `lips.gloss`
 * @property first its first place among a look's numbers in schema order
 * @property offset its first place in the packed look, in floats
 * @property default one number, or four of a colour
 */
class Parameter(
    val path: String,
    val label: String,
    val unit: String,
    val lo: Float,
    val hi: Float,
    val first: Int,
    val offset: Int,
    vararg val default: Float,
) {
    val isColor: Boolean get() = default.size == 4
}
"""
TAIL = """
    /**
     * Returns the look as the shaders read it: `u_look`, vec4 by vec4; colours become linear light.
     *
     * @throws IllegalArgumentException naming the first number that is out of range
     */
    fun pack(): FloatArray {
        val given = numbers()
        val packed = FloatArray(4 * SchemaNames.VEC4S)
        for (parameter in Parameters.ALL) {
            for (channel in parameter.default.indices) {
                val value = given[parameter.first + channel]
                require(value in parameter.lo..parameter.hi) {
                    "${parameter.path} is $value; expected ${parameter.lo}..${parameter.hi}"
                }
                val isLight = parameter.isColor && channel < 3
                packed[parameter.offset + channel] = if (isLight) linear(value) else value
            }
        }
        return packed
    }

    companion object {
        /** Returns the look of numbers in schema order; colours are sRGB. */
        fun ofNumbers(n: FloatArray): Look {
            checkCount(n)
            return Look(
%s
            )
        }

        /** Returns the look of the encoder's output: numbers 0..1 over each parameter's range. */
        fun ofVector(vector: FloatArray): Look {
            checkCount(vector)
            val numbers = vector.copyOf()
            for (p in Parameters.ALL) {
                for (place in p.first until p.first + p.default.size) {
                    numbers[place] = p.lo + (p.hi - p.lo) * numbers[place].coerceIn(0f, 1f)
                }
            }
            return ofNumbers(numbers)
        }

        private fun checkCount(numbers: FloatArray) =
            require(numbers.size == Parameters.COUNT) {
                "a look has ${Parameters.COUNT} numbers, got ${numbers.size}"
            }

        private fun linear(srgb: Float): Float {
            val s = srgb.toDouble()
            return (if (s <= 0.04045) s / 12.92 else Math.pow((s + 0.055) / 1.055, 2.4)).toFloat()
        }
    }
}
"""


def kotlin_files(names: Names) -> dict[str, str]:
    """Returns `Look.kt` and `Names.kt`."""
    source = NOTE.format(source="sdk/prink/params/schema.py")
    look = source + RGBA + "".join(map(group_class, groups())) + look_class() + table()
    shared = NOTE.format(source="shaders/ and the shipped networks")
    return {"Look.kt": look, "Names.kt": shared + "".join(map(constants, names.items()))}


def number(value: float) -> str:
    return f"{value:g}f"


def value(each: Placed) -> str:
    if each.parameter.is_color:
        return f"Rgba({', '.join(number(part) for part in each.numbers)})"
    return number(each.numbers[0])


def group_class(group: Group) -> str:
    lines = [f"\n/** {group.doc} */", f"data class {group.type}("]
    for each in group.placed:
        kind = "Rgba" if each.parameter.is_color else "Float"
        lines.append(f"    /** {each.parameter.spec.doc} */")
        lines.append(f"    val {camel(each.parameter.name)}: {kind} = {value(each)},")
    return "\n".join([*lines, ")"]) + "\n"


def look_class() -> str:
    lines = ["\n/** A whole look; `Look()` is a bare face. */", "data class Look("]
    lines += [f"    val {camel(g.name)}: {g.type} = {g.type}()," for g in groups()]
    lines += [
        ") {",
        "    /** Returns the look's numbers in schema order; colours are sRGB. */",
        "    fun numbers(): FloatArray = floatArrayOf(",
    ]
    made = []
    for group in groups():
        parts = []
        for each in group.placed:
            path = f"{camel(group.name)}.{camel(each.parameter.name)}"
            channels = [f"{path}.{c}" for c in "rgba"] if each.parameter.is_color else [path]
            lines.append(f"        {', '.join(channels)},")
            places = [f"n[{each.first + place}]" for place in range(len(each.numbers))]
            parts.append(f"Rgba({', '.join(places)})" if len(places) == 4 else places[0])
        inside = "\n".join(f"                    {part}," for part in parts)
        made.append(f"                {group.type}(\n{inside}\n                ),")
    return "\n".join([*lines, "    )"]) + "\n" + TAIL % "\n".join(made)


def table() -> str:
    lines = ["\n/** Every parameter in schema order. */", "object Parameters {"]
    lines += [f"    const val COUNT = {number_count()}", "    val ALL: List<Parameter> = listOf("]
    for each in placed():
        p, spec = each.parameter, each.parameter.spec
        words = ", ".join(json.dumps(text) for text in (p.path, spec.label, spec.unit))
        places = f"{number(spec.lo)}, {number(spec.hi)}, {each.first}, {p.offset}"
        lines.append(
            f"        Parameter({words}, {places}, {', '.join(map(number, each.numbers))}),"
        )
    return "\n".join([*lines, "    )", "}"]) + "\n"


def constants(entry: tuple[str, dict[str, int | str | list[str] | list[int]]]) -> str:
    name, table = entry
    lines = [f"\nobject {camel(name, upper=True)}Names {{"]
    for constant, given in table.items():
        if isinstance(given, list):
            inside = ", ".join(json.dumps(item) for item in given)
            lines.append(f"    val {constant.upper()} = listOf({inside})")
        else:
            lines.append(f"    const val {constant.upper()} = {json.dumps(given)}")
    return "\n".join([*lines, "}"]) + "\n"

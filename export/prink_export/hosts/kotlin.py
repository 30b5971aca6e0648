"""Kotlin: the look and the shared names of the Android host."""

from typing import Final

from prink_export.hosts.emitter import Language

__all__ = ["KOTLIN"]

LOOK: Final = """package prink

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

/** A field of a network's numbers: a path such as `lips.gloss`, and how many numbers it has. */
data class Field(val path: String, val width: Int)
«for group»

/** «group_doc» */
data class «type»(
«for parameter»
    /** «doc» */
    val «name»: «kind» = «value»,
«end parameter»
)
«end group»

/** A whole look; `Look()` is a bare face. */
data class Look(
    val «group»: «type» = «type»(), «for group»
) {
    /** Returns the look's numbers in schema order; colours are sRGB. */
    fun numbers(): FloatArray = floatArrayOf(
        «channels», «for parameter»
    )

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
            require(n.size == Parameters.COUNT) {
                "a look has ${Parameters.COUNT} numbers, got ${n.size}"
            }
            return Look(
«for group»
                «type»(
                    «taken», «for parameter»
                ),
«end group»
            )
        }

        /**
         * Returns the look of a network's numbers 0..1, by path; what it does not know is bare.
         *
         * @throws IllegalArgumentException naming each field that looks do not have, or the number
         *   that is NaN, or if there are more or fewer numbers
         */
        fun ofFields(fields: List<Field>, numbers: FloatArray): Look {
            val ours = Parameters.ALL.associateBy { it.path }
            val unknown = fields.filter { it.width != ours[it.path]?.default?.size }
            require(unknown.isEmpty()) {
                val named = unknown.joinToString { (path, width) ->
                    val here = ours[path]?.default?.size
                    if (here == null) "no $path here" else "$path has $width numbers, here $here"
                }
                "the network was made for other looks than this prink's: $named"
            }
            checkGiven(numbers, fields.flatMap { (path, width) -> List(width) { path } }, "numbers")
            val found = Look().numbers()
            var next = 0
            for (p in fields.map { ours.getValue(it.path) }) {
                for (place in p.first until p.first + p.default.size) {
                    found[place] = p.lo + (p.hi - p.lo) * numbers[next++].coerceIn(0f, 1f)
                }
            }
            return ofNumbers(found)
        }

        /**
         * Returns the confidence 0..1 of each group by its name in look files; 0 of those that a
         * network does not know.
         *
         * @param shares of the groups of its fields, in order of first appearance
         */
        fun confidence(fields: List<Field>, shares: FloatArray): Map<String, Float> {
            val groups = fields.map { it.path.substringBefore('.') }.distinct()
            checkGiven(shares, groups.map { "the confidence of $it" }, "groups")
            val told = groups.zip(shares.asList()).toMap()
            return Parameters.ALL.map { it.path.substringBefore('.') }.associateWith {
                (told[it] ?: 0f).coerceIn(0f, 1f)
            }
        }

        private fun checkGiven(given: FloatArray, owners: List<String>, what: String) {
            require(given.size == owners.size) {
                "the fields have ${owners.size} $what, got ${given.size}"
            }
            for ((place, owner) in owners.withIndex()) {
                require(!given[place].isNaN()) { "$owner is NaN; expected 0 to 1" }
            }
        }

        private fun linear(srgb: Float): Float {
            val s = srgb.toDouble()
            return (if (s <= 0.04045) s / 12.92 else Math.pow((s + 0.055) / 1.055, 2.4)).toFloat()
        }
    }
}

/** Every parameter in schema order. */
object Parameters {
    const val COUNT = «count»
    val ALL: List<Parameter> = listOf(
        Parameter("«path»", «label», «unit», \
«lo», «hi», «first», «offset», «numbers»), «for parameter»
    )
}
"""
NAMES: Final = """package prink
«for table»

object «Table»Names {
    «fixed»val «constant» = «literal» «for constant»
}
«end table»
"""
KOTLIN: Final = Language(
    look=("Look.kt", LOOK),
    names=("Names.kt", NAMES),
    constant=str.upper,
    number="{:g}f",
    list="listOf({})",
    fixed="const ",
)

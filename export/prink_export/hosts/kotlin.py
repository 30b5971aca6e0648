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
            checkCount(n)
            return Look(
«for group»
                «type»(
                    «taken», «for parameter»
                ),
«end group»
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

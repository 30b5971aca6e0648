// Generated from sdk/prink/params/schema.py by prink_export.codegen; do not edit.
package prink

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

/** Lipstick. Matte, satin, gloss, sheer, shimmer and metallic are points in these numbers. */
data class Lips(
    /** Lipstick colour and its coverage; low coverage is sheer. */
    val color: Rgba = Rgba(0.6f, 0.1f, 0.15f, 0f),
    /** Second colour from the middle of the mouth; its coverage mixes it in. */
    val inner: Rgba = Rgba(0.45f, 0.05f, 0.1f, 0f),
    /** 0 is matte, 0.3 satin like bare lips, 1 wet. */
    val gloss: Float = 0.3f,
    /** Size of the highlights: 0 broad and soft, 1 small and crisp. */
    val glossSharpness: Float = 0.5f,
    /** Fine sparkles that stay put on the lips. */
    val shimmer: Float = 0f,
    /** Foil finish: the highlight takes the colour and follows the curve. */
    val metallic: Float = 0f,
    /** 0 is pencil sharp, 1 a blurred edge. */
    val softness: Float = 0.25f,
    /** How far the inner colour reaches from the mouth's opening to the outer edge. */
    val innerRatio: Float = 0.5f,
)

/** A pencil line along the outer edge of the lips. */
data class LipLiner(
    /** Liner colour and its coverage. */
    val color: Rgba = Rgba(0.4f, 0.12f, 0.14f, 0f),
    /** 0 is a hairline, 1 about a fifth of a full lip. */
    val width: Float = 0.4f,
)

/** Three colours that melt into each other, strongest at the lash line. */
data class Eyeshadow(
    /** Colour on the moving lid. */
    val lid: Rgba = Rgba(0.62f, 0.45f, 0.38f, 0f),
    /** Colour in and just above the fold of the lid. */
    val crease: Rgba = Rgba(0.42f, 0.28f, 0.22f, 0f),
    /** Colour of the outer corner, wrapping a little under the eye. */
    val outer: Rgba = Rgba(0.25f, 0.16f, 0.14f, 0f),
    /** Sparkle and sheen of the lid colour. */
    val shimmer: Float = 0f,
    /** How far the shadow climbs toward the brow. */
    val height: Float = 0.5f,
    /** 0 has graphic borders, 1 is a haze. */
    val blend: Float = 0.6f,
)

/** A line along the lashes with an optional wing. */
data class Eyeliner(
    /** Liner colour and its coverage. */
    val color: Rgba = Rgba(0.05f, 0.04f, 0.05f, 0f),
    /** Height of the line at its thickest point. */
    val thickness: Float = 0.35f,
    /** Length of the flick toward the tail of the brow. */
    val wing: Float = 0f,
    /** 0 is a liquid line, 1 a smoked pencil. */
    val smudge: Float = 0.1f,
    /** How much of the line runs along the lower lashes. */
    val lower: Float = 0f,
)

/** Mascara and false lashes, hair by hair. */
data class Lashes(
    /** Lash colour and its coverage. */
    val color: Rgba = Rgba(0.04f, 0.03f, 0.03f, 0f),
    /** Length of the longest lashes. */
    val length: Float = 0.45f,
    /** How many lashes, and how thick. */
    val density: Float = 0.5f,
)

/** Brow colour and shape; hair is added where hair is. */
data class Brows(
    /** Brow colour and its coverage. */
    val color: Rgba = Rgba(0.24f, 0.16f, 0.11f, 0f),
    /** Fills sparse places with fine strokes. */
    val definition: Float = 0.3f,
)

/** Colour on the cheeks. */
data class Blush(
    /** Blush colour and its coverage. */
    val color: Rgba = Rgba(0.86f, 0.38f, 0.38f, 0f),
    /** 0 on the apple of the cheek, 1 high on the cheekbone. */
    val placement: Float = 0.5f,
    /** Extent of the blush. */
    val size: Float = 0.5f,
)

/** Shading under the cheekbones, along jaw, temples and nose. */
data class Contour(
    /** Contour shade, laid on like a filter; its coverage is the strength. */
    val color: Rgba = Rgba(0.56f, 0.4f, 0.3f, 0f),
    /** How much of it shades the sides of the nose. */
    val nose: Float = 0.4f,
)

/** Light on cheekbones, nose, brow bone, cupid's bow and chin. */
data class Highlight(
    /** Highlighter colour; its coverage is the strength. */
    val color: Rgba = Rgba(1f, 0.9f, 0.78f, 0f),
    /** Sparkle of the powder. */
    val shimmer: Float = 0.2f,
)

/** Even skin that keeps its pores. */
data class Foundation(
    /** Foundation shade and its coverage. */
    val color: Rgba = Rgba(0.8f, 0.62f, 0.51f, 0f),
    /** 1 takes the wearer's own shade, 0 the given one. */
    val match: Float = 1f,
    /** Evens blotches and lines; pores stay. */
    val smoothing: Float = 0f,
    /** 0 leaves the skin's shine, 1 adds a wet glow. */
    val dewiness: Float = 0f,
)

/** Iris colour and the white of the eye. */
data class Eyes(
    /** Lens colour and its coverage; pupil, ring and catchlight stay. */
    val iris: Rgba = Rgba(0.3f, 0.45f, 0.55f, 0f),
    /** Clears the white of the eye, veins stay a little. */
    val whitening: Float = 0f,
)

/** Teeth. */
data class Teeth(
    /** Takes the yellow off and brightens a little. */
    val whitening: Float = 0f,
)

/** Hair colour, from one tone to an ombre. */
data class Hair(
    /** Hair colour and its coverage, over the whole length. */
    val root: Rgba = Rgba(0.3f, 0.18f, 0.11f, 0f),
    /** Colour of the ends and its coverage, laid over the first. */
    val tip: Rgba = Rgba(0.82f, 0.66f, 0.44f, 0f),
    /** Where the tip colour begins: 0 at the roots, 1 at the ends. */
    val line: Float = 0.55f,
    /** How gradual the line is: 0 dipped, 1 melted. */
    val softness: Float = 0.6f,
    /** 0 is dye alone, 1 bleaches dark hair first. */
    val lightening: Float = 0f,
    /** How much light the strands throw back. */
    val shine: Float = 0.5f,
    /** 1 colours grey strands like the others, 0 leaves them. */
    val grey: Float = 1f,
    /** How much of the natural root stays, and how far it reaches. */
    val rootShadow: Float = 0f,
)

/** A whole look; `Look()` is a bare face. */
data class Look(
    val lips: Lips = Lips(),
    val lipLiner: LipLiner = LipLiner(),
    val eyeshadow: Eyeshadow = Eyeshadow(),
    val eyeliner: Eyeliner = Eyeliner(),
    val lashes: Lashes = Lashes(),
    val brows: Brows = Brows(),
    val blush: Blush = Blush(),
    val contour: Contour = Contour(),
    val highlight: Highlight = Highlight(),
    val foundation: Foundation = Foundation(),
    val eyes: Eyes = Eyes(),
    val teeth: Teeth = Teeth(),
    val hair: Hair = Hair(),
) {
    /** Returns the look's numbers in schema order; colours are sRGB. */
    fun numbers(): FloatArray = floatArrayOf(
        lips.color.r, lips.color.g, lips.color.b, lips.color.a,
        lips.inner.r, lips.inner.g, lips.inner.b, lips.inner.a,
        lips.gloss,
        lips.glossSharpness,
        lips.shimmer,
        lips.metallic,
        lips.softness,
        lips.innerRatio,
        lipLiner.color.r, lipLiner.color.g, lipLiner.color.b, lipLiner.color.a,
        lipLiner.width,
        eyeshadow.lid.r, eyeshadow.lid.g, eyeshadow.lid.b, eyeshadow.lid.a,
        eyeshadow.crease.r, eyeshadow.crease.g, eyeshadow.crease.b, eyeshadow.crease.a,
        eyeshadow.outer.r, eyeshadow.outer.g, eyeshadow.outer.b, eyeshadow.outer.a,
        eyeshadow.shimmer,
        eyeshadow.height,
        eyeshadow.blend,
        eyeliner.color.r, eyeliner.color.g, eyeliner.color.b, eyeliner.color.a,
        eyeliner.thickness,
        eyeliner.wing,
        eyeliner.smudge,
        eyeliner.lower,
        lashes.color.r, lashes.color.g, lashes.color.b, lashes.color.a,
        lashes.length,
        lashes.density,
        brows.color.r, brows.color.g, brows.color.b, brows.color.a,
        brows.definition,
        blush.color.r, blush.color.g, blush.color.b, blush.color.a,
        blush.placement,
        blush.size,
        contour.color.r, contour.color.g, contour.color.b, contour.color.a,
        contour.nose,
        highlight.color.r, highlight.color.g, highlight.color.b, highlight.color.a,
        highlight.shimmer,
        foundation.color.r, foundation.color.g, foundation.color.b, foundation.color.a,
        foundation.match,
        foundation.smoothing,
        foundation.dewiness,
        eyes.iris.r, eyes.iris.g, eyes.iris.b, eyes.iris.a,
        eyes.whitening,
        teeth.whitening,
        hair.root.r, hair.root.g, hair.root.b, hair.root.a,
        hair.tip.r, hair.tip.g, hair.tip.b, hair.tip.a,
        hair.line,
        hair.softness,
        hair.lightening,
        hair.shine,
        hair.grey,
        hair.rootShadow,
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
                Lips(
                    Rgba(n[0], n[1], n[2], n[3]),
                    Rgba(n[4], n[5], n[6], n[7]),
                    n[8],
                    n[9],
                    n[10],
                    n[11],
                    n[12],
                    n[13],
                ),
                LipLiner(
                    Rgba(n[14], n[15], n[16], n[17]),
                    n[18],
                ),
                Eyeshadow(
                    Rgba(n[19], n[20], n[21], n[22]),
                    Rgba(n[23], n[24], n[25], n[26]),
                    Rgba(n[27], n[28], n[29], n[30]),
                    n[31],
                    n[32],
                    n[33],
                ),
                Eyeliner(
                    Rgba(n[34], n[35], n[36], n[37]),
                    n[38],
                    n[39],
                    n[40],
                    n[41],
                ),
                Lashes(
                    Rgba(n[42], n[43], n[44], n[45]),
                    n[46],
                    n[47],
                ),
                Brows(
                    Rgba(n[48], n[49], n[50], n[51]),
                    n[52],
                ),
                Blush(
                    Rgba(n[53], n[54], n[55], n[56]),
                    n[57],
                    n[58],
                ),
                Contour(
                    Rgba(n[59], n[60], n[61], n[62]),
                    n[63],
                ),
                Highlight(
                    Rgba(n[64], n[65], n[66], n[67]),
                    n[68],
                ),
                Foundation(
                    Rgba(n[69], n[70], n[71], n[72]),
                    n[73],
                    n[74],
                    n[75],
                ),
                Eyes(
                    Rgba(n[76], n[77], n[78], n[79]),
                    n[80],
                ),
                Teeth(
                    n[81],
                ),
                Hair(
                    Rgba(n[82], n[83], n[84], n[85]),
                    Rgba(n[86], n[87], n[88], n[89]),
                    n[90],
                    n[91],
                    n[92],
                    n[93],
                    n[94],
                    n[95],
                ),
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
    const val COUNT = 96
    val ALL: List<Parameter> = listOf(
        Parameter("lips.color", "Colour", "share", 0f, 1f, 0, 0, 0.6f, 0.1f, 0.15f, 0f),
        Parameter("lips.inner", "Inner colour", "share", 0f, 1f, 4, 4, 0.45f, 0.05f, 0.1f, 0f),
        Parameter("lips.gloss", "Gloss", "share", 0f, 1f, 8, 8, 0.3f),
        Parameter("lips.gloss_sharpness", "Gloss sharpness", "share", 0f, 1f, 9, 9, 0.5f),
        Parameter("lips.shimmer", "Shimmer", "share", 0f, 1f, 10, 10, 0f),
        Parameter("lips.metallic", "Metallic", "share", 0f, 1f, 11, 11, 0f),
        Parameter("lips.softness", "Edge softness", "share", 0f, 1f, 12, 12, 0.25f),
        Parameter("lips.inner_ratio", "Inner ratio", "share", 0f, 1f, 13, 13, 0.5f),
        Parameter("lip_liner.color", "Colour", "share", 0f, 1f, 14, 16, 0.4f, 0.12f, 0.14f, 0f),
        Parameter("lip_liner.width", "Width", "share", 0f, 1f, 18, 20, 0.4f),
        Parameter("eyeshadow.lid", "Lid", "share", 0f, 1f, 19, 24, 0.62f, 0.45f, 0.38f, 0f),
        Parameter("eyeshadow.crease", "Crease", "share", 0f, 1f, 23, 28, 0.42f, 0.28f, 0.22f, 0f),
        Parameter("eyeshadow.outer", "Outer corner", "share", 0f, 1f, 27, 32, 0.25f, 0.16f, 0.14f, 0f),
        Parameter("eyeshadow.shimmer", "Shimmer", "share", 0f, 1f, 31, 36, 0f),
        Parameter("eyeshadow.height", "Height", "share", 0f, 1f, 32, 37, 0.5f),
        Parameter("eyeshadow.blend", "Blend", "share", 0f, 1f, 33, 38, 0.6f),
        Parameter("eyeliner.color", "Colour", "share", 0f, 1f, 34, 40, 0.05f, 0.04f, 0.05f, 0f),
        Parameter("eyeliner.thickness", "Thickness", "share", 0f, 1f, 38, 44, 0.35f),
        Parameter("eyeliner.wing", "Wing", "share", 0f, 1f, 39, 45, 0f),
        Parameter("eyeliner.smudge", "Smudge", "share", 0f, 1f, 40, 46, 0.1f),
        Parameter("eyeliner.lower", "Lower line", "share", 0f, 1f, 41, 47, 0f),
        Parameter("lashes.color", "Colour", "share", 0f, 1f, 42, 48, 0.04f, 0.03f, 0.03f, 0f),
        Parameter("lashes.length", "Length", "share", 0f, 1f, 46, 52, 0.45f),
        Parameter("lashes.density", "Density", "share", 0f, 1f, 47, 53, 0.5f),
        Parameter("brows.color", "Colour", "share", 0f, 1f, 48, 56, 0.24f, 0.16f, 0.11f, 0f),
        Parameter("brows.definition", "Definition", "share", 0f, 1f, 52, 60, 0.3f),
        Parameter("blush.color", "Colour", "share", 0f, 1f, 53, 64, 0.86f, 0.38f, 0.38f, 0f),
        Parameter("blush.placement", "Placement", "share", 0f, 1f, 57, 68, 0.5f),
        Parameter("blush.size", "Size", "share", 0f, 1f, 58, 69, 0.5f),
        Parameter("contour.color", "Colour", "share", 0f, 1f, 59, 72, 0.56f, 0.4f, 0.3f, 0f),
        Parameter("contour.nose", "Nose", "share", 0f, 1f, 63, 76, 0.4f),
        Parameter("highlight.color", "Colour", "share", 0f, 1f, 64, 80, 1f, 0.9f, 0.78f, 0f),
        Parameter("highlight.shimmer", "Shimmer", "share", 0f, 1f, 68, 84, 0.2f),
        Parameter("foundation.color", "Shade", "share", 0f, 1f, 69, 88, 0.8f, 0.62f, 0.51f, 0f),
        Parameter("foundation.match", "Skin match", "share", 0f, 1f, 73, 92, 1f),
        Parameter("foundation.smoothing", "Smoothing", "share", 0f, 1f, 74, 93, 0f),
        Parameter("foundation.dewiness", "Dewiness", "share", 0f, 1f, 75, 94, 0f),
        Parameter("eyes.iris", "Iris", "share", 0f, 1f, 76, 96, 0.3f, 0.45f, 0.55f, 0f),
        Parameter("eyes.whitening", "Whitening", "share", 0f, 1f, 80, 100, 0f),
        Parameter("teeth.whitening", "Whitening", "share", 0f, 1f, 81, 104, 0f),
        Parameter("hair.root", "Root colour", "share", 0f, 1f, 82, 108, 0.3f, 0.18f, 0.11f, 0f),
        Parameter("hair.tip", "Tip colour", "share", 0f, 1f, 86, 112, 0.82f, 0.66f, 0.44f, 0f),
        Parameter("hair.line", "Line", "share", 0f, 1f, 90, 116, 0.55f),
        Parameter("hair.softness", "Softness", "share", 0f, 1f, 91, 117, 0.6f),
        Parameter("hair.lightening", "Lightening", "share", 0f, 1f, 92, 118, 0f),
        Parameter("hair.shine", "Shine", "share", 0f, 1f, 93, 119, 0.5f),
        Parameter("hair.grey", "Grey coverage", "share", 0f, 1f, 94, 120, 1f),
        Parameter("hair.root_shadow", "Root shadow", "share", 0f, 1f, 95, 121, 0f),
    )
}

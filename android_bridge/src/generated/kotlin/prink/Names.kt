// Generated from sdk/prink, shaders/ and the shipped networks by prink_export.codegen; do not edit.
package prink

object SchemaNames {
    const val VERSION = 1
    const val VEC4S = 31
}

object PlanNames {
    const val VERSION = 2
    val PASSES = listOf("near", "parts", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair")
    val TARGETS = listOf("near", "parts", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe")
    val TEXTURES = listOf("mask", "grain")
    val LAYERS = listOf("frame", "hair", "face")
    val FROM_HOST = listOf("drawn", "face", "frame", "hair")
    val PATCHES = listOf("skin", "eyes", "brows", "lips")
    val ATTRIBUTES = listOf("index", "near", "far", "weight", "near_weight", "far_weight", "face", "region")
}

object AtlasNames {
    const val VERSION = 1
    const val SIZE = 256
    val TILES = listOf("right_eye", "left_eye", "lips", "face")
}

object RowNames {
    const val TEXELS = 512
    const val POINTS = 0
    const val PRESENCE = 1912
    const val LIPS_SEEN = 1913
    const val RIGHT_EYE_SEEN = 1914
    const val LEFT_EYE_SEEN = 1915
    const val RIGHT_CHEEK_SEEN = 1916
    const val LEFT_CHEEK_SEEN = 1917
    const val RIGHT_OPEN = 1918
    const val LEFT_OPEN = 1919
    const val CENTRE = 1920
    const val HALF = 1922
    const val SCALE = 1923
    const val HAIR_TO_FRAME = 1924
    const val HAIR_BOUNDS = 1932
    const val DRAWN_BOX = 1936
    const val FACE_FROM_FRAME = 1940
    const val PARSED = 1948
    const val HAIR_REACH = 1952
}

object EncoderNames {
    const val INPUT = "atlas"
    val SHAPE = listOf(1, 4, 256, 256)
    val OUTPUTS = listOf("look", "confidence")
    val FIELDS = listOf(Field("lips.color", 4), Field("lips.inner", 4), Field("lips.gloss", 1), Field("lips.gloss_sharpness", 1), Field("lips.shimmer", 1), Field("lips.metallic", 1), Field("lips.softness", 1), Field("lips.inner_ratio", 1), Field("lip_liner.color", 4), Field("lip_liner.width", 1), Field("eyeshadow.lid", 4), Field("eyeshadow.crease", 4), Field("eyeshadow.outer", 4), Field("eyeshadow.shimmer", 1), Field("eyeshadow.height", 1), Field("eyeshadow.blend", 1), Field("eyeliner.color", 4), Field("eyeliner.thickness", 1), Field("eyeliner.wing", 1), Field("eyeliner.smudge", 1), Field("eyeliner.lower", 1), Field("lashes.color", 4), Field("lashes.length", 1), Field("lashes.density", 1), Field("brows.color", 4), Field("brows.definition", 1), Field("blush.color", 4), Field("blush.placement", 1), Field("blush.size", 1), Field("contour.color", 4), Field("contour.nose", 1), Field("highlight.color", 4), Field("highlight.shimmer", 1), Field("foundation.color", 4), Field("foundation.match", 1), Field("foundation.smoothing", 1), Field("foundation.dewiness", 1), Field("eyes.iris", 4), Field("eyes.whitening", 1), Field("teeth.whitening", 1), Field("hair.root", 4), Field("hair.tip", 4), Field("hair.line", 1), Field("hair.softness", 1), Field("hair.lightening", 1), Field("hair.shine", 1), Field("hair.grey", 1))
    val GROUPS = listOf("lips", "lip_liner", "eyeshadow", "eyeliner", "lashes", "brows", "blush", "contour", "highlight", "foundation", "eyes", "teeth", "hair")
}

object ParseNames {
    const val INPUT = "rgb_and_previous"
    val SHAPE = listOf(1, 8, 192, 192)
    val OUTPUTS = listOf("answer", "classes")
    val CHANNELS = listOf("hair", "lips", "face", "eye", "teeth")
}

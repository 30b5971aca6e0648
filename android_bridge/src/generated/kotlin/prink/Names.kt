// Generated from shaders/ and the shipped networks by prink_export.codegen; do not edit.
package prink

object SchemaNames {
    const val VERSION = 1
    const val VEC4S = 31
}

object PlanNames {
    const val VERSION = 2
    val PASSES = listOf("near", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair")
    val TARGETS = listOf("near", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe")
    val TEXTURES = listOf("mask", "grain")
    val FROM_HOST = listOf("drawn", "frame", "hair")
    val PATCHES = listOf("skin", "eyes", "brows", "lips")
    val ATTRIBUTES = listOf("index", "near", "far", "weight", "near_weight", "far_weight", "face", "region")
}

object AtlasNames {
    const val VERSION = 1
    const val SIZE = 256
    val TILES = listOf("right_eye", "left_eye", "lips", "face")
}

object EncoderNames {
    const val INPUT = "atlas"
    val SHAPE = listOf(1, 4, 256, 256)
    val OUTPUTS = listOf("look", "confidence")
    val GROUPS = listOf("lips", "lip_liner", "eyeshadow", "eyeliner", "lashes", "brows", "blush", "contour", "highlight", "foundation", "eyes", "teeth", "hair")
}

object HairNames {
    const val INPUT = "rgb_and_previous"
    val SHAPE = listOf(1, 4, 192, 192)
    val OUTPUTS = listOf("mask")
}

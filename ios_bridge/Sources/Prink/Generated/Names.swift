// Generated from sdk/prink, shaders/ and the shipped networks by prink_export.codegen; do not edit.

public enum SchemaNames {
    public static let version = 1
    public static let vec4s = 31
}

public enum PlanNames {
    public static let version = 2
    public static let passes = ["near", "parts", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair"]
    public static let targets = ["near", "parts", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe"]
    public static let textures = ["mask", "grain"]
    public static let layers = ["frame", "hair", "face"]
    public static let fromHost = ["drawn", "face", "frame", "hair"]
    public static let patches = ["skin", "eyes", "brows", "lips"]
    public static let attributes = ["index", "near", "far", "weight", "near_weight", "far_weight", "face", "region"]
}

public enum AtlasNames {
    public static let version = 1
    public static let size = 256
    public static let tiles = ["right_eye", "left_eye", "lips", "face"]
}

public enum RowNames {
    public static let texels = 512
    public static let points = 0
    public static let presence = 1912
    public static let lipsSeen = 1913
    public static let rightEyeSeen = 1914
    public static let leftEyeSeen = 1915
    public static let rightCheekSeen = 1916
    public static let leftCheekSeen = 1917
    public static let rightOpen = 1918
    public static let leftOpen = 1919
    public static let centre = 1920
    public static let half = 1922
    public static let scale = 1923
    public static let hairToFrame = 1924
    public static let hairBounds = 1932
    public static let drawnBox = 1936
    public static let faceFromFrame = 1940
    public static let parsed = 1948
    public static let hairReach = 1952
}

public enum EncoderNames {
    public static let input = "atlas"
    public static let shape = [1, 4, 256, 256]
    public static let outputs = ["look", "confidence"]
    public static let fields = [Field("lips.color", 4), Field("lips.inner", 4), Field("lips.gloss", 1), Field("lips.gloss_sharpness", 1), Field("lips.shimmer", 1), Field("lips.metallic", 1), Field("lips.softness", 1), Field("lips.inner_ratio", 1), Field("lip_liner.color", 4), Field("lip_liner.width", 1), Field("eyeshadow.lid", 4), Field("eyeshadow.crease", 4), Field("eyeshadow.outer", 4), Field("eyeshadow.shimmer", 1), Field("eyeshadow.height", 1), Field("eyeshadow.blend", 1), Field("eyeliner.color", 4), Field("eyeliner.thickness", 1), Field("eyeliner.wing", 1), Field("eyeliner.smudge", 1), Field("eyeliner.lower", 1), Field("lashes.color", 4), Field("lashes.length", 1), Field("lashes.density", 1), Field("brows.color", 4), Field("brows.definition", 1), Field("blush.color", 4), Field("blush.placement", 1), Field("blush.size", 1), Field("contour.color", 4), Field("contour.nose", 1), Field("highlight.color", 4), Field("highlight.shimmer", 1), Field("foundation.color", 4), Field("foundation.match", 1), Field("foundation.smoothing", 1), Field("foundation.dewiness", 1), Field("eyes.iris", 4), Field("eyes.whitening", 1), Field("teeth.whitening", 1), Field("hair.root", 4), Field("hair.tip", 4), Field("hair.line", 1), Field("hair.softness", 1), Field("hair.lightening", 1), Field("hair.shine", 1), Field("hair.grey", 1)]
    public static let groups = ["lips", "lip_liner", "eyeshadow", "eyeliner", "lashes", "brows", "blush", "contour", "highlight", "foundation", "eyes", "teeth", "hair"]
}

public enum ParseNames {
    public static let input = "rgb_and_previous"
    public static let shape = [1, 8, 192, 192]
    public static let outputs = ["answer", "classes"]
    public static let channels = ["hair", "lips", "face", "eye", "teeth"]
}

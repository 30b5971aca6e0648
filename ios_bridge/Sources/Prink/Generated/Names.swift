// Generated from sdk/prink, shaders/ and the shipped networks by prink_export.codegen; do not edit.

public enum SchemaNames {
    public static let version = 1
    public static let vec4s = 31
}

public enum PlanNames {
    public static let version = 2
    public static let passes = ["near", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair"]
    public static let targets = ["near", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe"]
    public static let textures = ["mask", "grain"]
    public static let layers = ["frame", "hair"]
    public static let fromHost = ["drawn", "frame", "hair"]
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
}

public enum EncoderNames {
    public static let input = "atlas"
    public static let shape = [1, 4, 256, 256]
    public static let outputs = ["look", "confidence"]
    public static let groups = ["lips", "lip_liner", "eyeshadow", "eyeliner", "lashes", "brows", "blush", "contour", "highlight", "foundation", "eyes", "teeth", "hair"]
}

public enum HairNames {
    public static let input = "rgb_and_previous"
    public static let shape = [1, 4, 192, 192]
    public static let outputs = ["mask"]
}

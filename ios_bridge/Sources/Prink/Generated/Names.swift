// Generated from shaders/ and the shipped networks by prink_export.codegen; do not edit.

public enum SchemaNames {
    public static let version = 1
    public static let vec4s = 31
}

public enum PlanNames {
    public static let version = 2
    public static let passes = ["near", "probe", "blur_x", "blur_y", "skin", "eyes", "brows", "lips", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair"]
    public static let targets = ["near", "swap", "wide", "probe", "hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe"]
    public static let textures = ["mask", "grain"]
    public static let fromHost = ["drawn", "frame", "hair"]
    public static let patches = ["skin", "eyes", "brows", "lips"]
    public static let attributes = ["index", "near", "far", "weight", "near_weight", "far_weight", "face", "region"]
}

public enum AtlasNames {
    public static let version = 1
    public static let size = 256
    public static let tiles = ["right_eye", "left_eye", "lips", "face"]
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

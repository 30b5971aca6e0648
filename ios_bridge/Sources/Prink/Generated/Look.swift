// Generated from sdk/prink/params/schema.py by prink_export.codegen; do not edit.
import Foundation

/// A colour in sRGB, 0..1, as it looks on a swatch; `a` is how much of it is applied.
public struct Rgba: Equatable, Sendable {
    public var r, g, b, a: Float

    public init(_ r: Float, _ g: Float, _ b: Float, _ a: Float = 0) {
        (self.r, self.g, self.b, self.a) = (r, g, b, a)
    }
}

/// What a parameter means and where it lies.
public struct Parameter: Sendable {
    /// The name in look files, such as `lips.gloss`.
    public let path, label, unit: String
    public let lo, hi: Float
    /// Its first place among a look's numbers in schema order.
    public let first: Int
    /// Its first place in the packed look, in floats.
    public let offset: Int
    /// One number, or four of a colour.
    public let `default`: [Float]

    public var isColor: Bool { `default`.count == 4 }

    init(
        _ path: String, _ label: String, _ unit: String, _ lo: Float, _ hi: Float, _ first: Int,
        _ offset: Int, _ default: [Float]
    ) {
        (self.path, self.label, self.unit) = (path, label, unit)
        (self.lo, self.hi, self.first, self.offset) = (lo, hi, first, offset)
        self.default = `default`
    }
}

/// A field of a network's numbers: a path such as `lips.gloss`, and how many numbers it has.
public struct Field: Equatable, Sendable {
    public let path: String
    public let width: Int

    public init(_ path: String, _ width: Int) {
        (self.path, self.width) = (path, width)
    }
}

/// Why numbers are no look, in one sentence.
public struct LookError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Lipstick. Matte, satin, gloss, sheer, shimmer and metallic are points in these numbers.
public struct Lips: Equatable, Sendable {
    /// Lipstick colour and its coverage; low coverage is sheer.
    public var color = Rgba(0.6, 0.1, 0.15, 0)
    /// Second colour from the middle of the mouth; its coverage mixes it in.
    public var inner = Rgba(0.45, 0.05, 0.1, 0)
    /// 0 is matte, 0.3 satin like bare lips, 1 wet.
    public var gloss = Float(0.3)
    /// Size of the highlights: 0 broad and soft, 1 small and crisp.
    public var glossSharpness = Float(0.5)
    /// Fine sparkles that stay put on the lips.
    public var shimmer = Float(0)
    /// Foil finish: the highlight takes the colour and follows the curve.
    public var metallic = Float(0)
    /// 0 is pencil sharp, 1 a blurred edge.
    public var softness = Float(0.25)
    /// How far the inner colour reaches from the mouth's opening to the outer edge.
    public var innerRatio = Float(0.5)

    public init() {}
}

/// A pencil line along the outer edge of the lips.
public struct LipLiner: Equatable, Sendable {
    /// Liner colour and its coverage.
    public var color = Rgba(0.4, 0.12, 0.14, 0)
    /// 0 is a hairline, 1 about a fifth of a full lip.
    public var width = Float(0.4)

    public init() {}
}

/// Three colours that melt into each other, strongest at the lash line.
public struct Eyeshadow: Equatable, Sendable {
    /// Colour on the moving lid.
    public var lid = Rgba(0.62, 0.45, 0.38, 0)
    /// Colour in and just above the fold of the lid.
    public var crease = Rgba(0.42, 0.28, 0.22, 0)
    /// Colour of the outer corner, wrapping a little under the eye.
    public var outer = Rgba(0.25, 0.16, 0.14, 0)
    /// Sparkle and sheen of the lid colour.
    public var shimmer = Float(0)
    /// How far the shadow climbs toward the brow.
    public var height = Float(0.5)
    /// 0 has graphic borders, 1 is a haze.
    public var blend = Float(0.6)

    public init() {}
}

/// A line along the lashes with an optional wing.
public struct Eyeliner: Equatable, Sendable {
    /// Liner colour and its coverage.
    public var color = Rgba(0.05, 0.04, 0.05, 0)
    /// Height of the line at its thickest point.
    public var thickness = Float(0.35)
    /// Length of the flick toward the tail of the brow.
    public var wing = Float(0)
    /// 0 is a liquid line, 1 a smoked pencil.
    public var smudge = Float(0.1)
    /// How much of the line runs along the lower lashes.
    public var lower = Float(0)

    public init() {}
}

/// Mascara and false lashes, hair by hair.
public struct Lashes: Equatable, Sendable {
    /// Lash colour and its coverage.
    public var color = Rgba(0.04, 0.03, 0.03, 0)
    /// Length of the longest lashes.
    public var length = Float(0.45)
    /// How many lashes, and how thick.
    public var density = Float(0.5)

    public init() {}
}

/// Brow colour and shape; hair is added where hair is.
public struct Brows: Equatable, Sendable {
    /// Brow colour and its coverage.
    public var color = Rgba(0.24, 0.16, 0.11, 0)
    /// Fills sparse places with fine strokes.
    public var definition = Float(0.3)

    public init() {}
}

/// Colour on the cheeks.
public struct Blush: Equatable, Sendable {
    /// Blush colour and its coverage.
    public var color = Rgba(0.86, 0.38, 0.38, 0)
    /// 0 on the apple of the cheek, 1 high on the cheekbone.
    public var placement = Float(0.5)
    /// Extent of the blush.
    public var size = Float(0.5)

    public init() {}
}

/// Shading under the cheekbones, along jaw, temples and nose.
public struct Contour: Equatable, Sendable {
    /// Contour shade, laid on like a filter; its coverage is the strength.
    public var color = Rgba(0.56, 0.4, 0.3, 0)
    /// How much of it shades the sides of the nose.
    public var nose = Float(0.4)

    public init() {}
}

/// Light on cheekbones, nose, brow bone, cupid's bow and chin.
public struct Highlight: Equatable, Sendable {
    /// Highlighter colour; its coverage is the strength.
    public var color = Rgba(1, 0.9, 0.78, 0)
    /// Sparkle of the powder.
    public var shimmer = Float(0.2)

    public init() {}
}

/// Even skin that keeps its pores.
public struct Foundation: Equatable, Sendable {
    /// Foundation shade and its coverage.
    public var color = Rgba(0.8, 0.62, 0.51, 0)
    /// 1 takes the wearer's own shade, 0 the given one.
    public var match = Float(1)
    /// Evens blotches and lines; pores stay.
    public var smoothing = Float(0)
    /// 0 leaves the skin's shine, 1 adds a wet glow.
    public var dewiness = Float(0)

    public init() {}
}

/// Iris colour and the white of the eye.
public struct Eyes: Equatable, Sendable {
    /// Lens colour and its coverage; pupil, ring and catchlight stay.
    public var iris = Rgba(0.3, 0.45, 0.55, 0)
    /// Clears the white of the eye, veins stay a little.
    public var whitening = Float(0)

    public init() {}
}

/// Teeth.
public struct Teeth: Equatable, Sendable {
    /// Takes the yellow off and brightens a little.
    public var whitening = Float(0)

    public init() {}
}

/// Hair colour, from one tone to an ombre.
public struct Hair: Equatable, Sendable {
    /// Hair colour and its coverage, over the whole length.
    public var root = Rgba(0.3, 0.18, 0.11, 0)
    /// Colour of the ends and its coverage, laid over the first.
    public var tip = Rgba(0.82, 0.66, 0.44, 0)
    /// Where the tip colour begins: 0 at the roots, 1 at the ends.
    public var line = Float(0.55)
    /// How gradual the line is: 0 dipped, 1 melted.
    public var softness = Float(0.6)
    /// 0 is dye alone, 1 bleaches dark hair first.
    public var lightening = Float(0)
    /// How much light the strands throw back.
    public var shine = Float(0.5)
    /// 1 colours grey strands like the others, 0 leaves them.
    public var grey = Float(1)
    /// How much of the natural root stays, and how far it reaches.
    public var rootShadow = Float(0)

    public init() {}
}

/// A whole look; `Look()` is a bare face.
public struct Look: Equatable, Sendable {
    public var lips = Lips()
    public var lipLiner = LipLiner()
    public var eyeshadow = Eyeshadow()
    public var eyeliner = Eyeliner()
    public var lashes = Lashes()
    public var brows = Brows()
    public var blush = Blush()
    public var contour = Contour()
    public var highlight = Highlight()
    public var foundation = Foundation()
    public var eyes = Eyes()
    public var teeth = Teeth()
    public var hair = Hair()

    public init() {}

    /// Returns the look's numbers in schema order; colours are sRGB.
    public func numbers() -> [Float] {
        var n: [Float] = []
        n += [lips.color.r, lips.color.g, lips.color.b, lips.color.a]
        n += [lips.inner.r, lips.inner.g, lips.inner.b, lips.inner.a]
        n += [lips.gloss]
        n += [lips.glossSharpness]
        n += [lips.shimmer]
        n += [lips.metallic]
        n += [lips.softness]
        n += [lips.innerRatio]
        n += [lipLiner.color.r, lipLiner.color.g, lipLiner.color.b, lipLiner.color.a]
        n += [lipLiner.width]
        n += [eyeshadow.lid.r, eyeshadow.lid.g, eyeshadow.lid.b, eyeshadow.lid.a]
        n += [eyeshadow.crease.r, eyeshadow.crease.g, eyeshadow.crease.b, eyeshadow.crease.a]
        n += [eyeshadow.outer.r, eyeshadow.outer.g, eyeshadow.outer.b, eyeshadow.outer.a]
        n += [eyeshadow.shimmer]
        n += [eyeshadow.height]
        n += [eyeshadow.blend]
        n += [eyeliner.color.r, eyeliner.color.g, eyeliner.color.b, eyeliner.color.a]
        n += [eyeliner.thickness]
        n += [eyeliner.wing]
        n += [eyeliner.smudge]
        n += [eyeliner.lower]
        n += [lashes.color.r, lashes.color.g, lashes.color.b, lashes.color.a]
        n += [lashes.length]
        n += [lashes.density]
        n += [brows.color.r, brows.color.g, brows.color.b, brows.color.a]
        n += [brows.definition]
        n += [blush.color.r, blush.color.g, blush.color.b, blush.color.a]
        n += [blush.placement]
        n += [blush.size]
        n += [contour.color.r, contour.color.g, contour.color.b, contour.color.a]
        n += [contour.nose]
        n += [highlight.color.r, highlight.color.g, highlight.color.b, highlight.color.a]
        n += [highlight.shimmer]
        n += [foundation.color.r, foundation.color.g, foundation.color.b, foundation.color.a]
        n += [foundation.match]
        n += [foundation.smoothing]
        n += [foundation.dewiness]
        n += [eyes.iris.r, eyes.iris.g, eyes.iris.b, eyes.iris.a]
        n += [eyes.whitening]
        n += [teeth.whitening]
        n += [hair.root.r, hair.root.g, hair.root.b, hair.root.a]
        n += [hair.tip.r, hair.tip.g, hair.tip.b, hair.tip.a]
        n += [hair.line]
        n += [hair.softness]
        n += [hair.lightening]
        n += [hair.shine]
        n += [hair.grey]
        n += [hair.rootShadow]
        return n
    }

    /// Returns the look of numbers in schema order; colours are sRGB.
    public init(numbers n: [Float]) throws {
        guard n.count == Parameters.count else {
            throw LookError("a look has \(Parameters.count) numbers, got \(n.count)")
        }
        lips.color = Rgba(n[0], n[1], n[2], n[3])
        lips.inner = Rgba(n[4], n[5], n[6], n[7])
        lips.gloss = n[8]
        lips.glossSharpness = n[9]
        lips.shimmer = n[10]
        lips.metallic = n[11]
        lips.softness = n[12]
        lips.innerRatio = n[13]
        lipLiner.color = Rgba(n[14], n[15], n[16], n[17])
        lipLiner.width = n[18]
        eyeshadow.lid = Rgba(n[19], n[20], n[21], n[22])
        eyeshadow.crease = Rgba(n[23], n[24], n[25], n[26])
        eyeshadow.outer = Rgba(n[27], n[28], n[29], n[30])
        eyeshadow.shimmer = n[31]
        eyeshadow.height = n[32]
        eyeshadow.blend = n[33]
        eyeliner.color = Rgba(n[34], n[35], n[36], n[37])
        eyeliner.thickness = n[38]
        eyeliner.wing = n[39]
        eyeliner.smudge = n[40]
        eyeliner.lower = n[41]
        lashes.color = Rgba(n[42], n[43], n[44], n[45])
        lashes.length = n[46]
        lashes.density = n[47]
        brows.color = Rgba(n[48], n[49], n[50], n[51])
        brows.definition = n[52]
        blush.color = Rgba(n[53], n[54], n[55], n[56])
        blush.placement = n[57]
        blush.size = n[58]
        contour.color = Rgba(n[59], n[60], n[61], n[62])
        contour.nose = n[63]
        highlight.color = Rgba(n[64], n[65], n[66], n[67])
        highlight.shimmer = n[68]
        foundation.color = Rgba(n[69], n[70], n[71], n[72])
        foundation.match = n[73]
        foundation.smoothing = n[74]
        foundation.dewiness = n[75]
        eyes.iris = Rgba(n[76], n[77], n[78], n[79])
        eyes.whitening = n[80]
        teeth.whitening = n[81]
        hair.root = Rgba(n[82], n[83], n[84], n[85])
        hair.tip = Rgba(n[86], n[87], n[88], n[89])
        hair.line = n[90]
        hair.softness = n[91]
        hair.lightening = n[92]
        hair.shine = n[93]
        hair.grey = n[94]
        hair.rootShadow = n[95]
    }

    /// Returns the look as the shaders read it: `u_look`, vec4 by vec4, colours in linear light.
    ///
    /// Throws a `LookError` that names the first number out of range.
    public func pack() throws -> [Float] {
        let given = numbers()
        var packed = [Float](repeating: 0, count: 4 * SchemaNames.vec4s)
        for parameter in Parameters.all {
            for channel in parameter.default.indices {
                let value = given[parameter.first + channel]
                guard value >= parameter.lo, value <= parameter.hi else {
                    let range = "\(parameter.lo)..\(parameter.hi)"
                    throw LookError("\(parameter.path) is \(value); expected \(range)")
                }
                let isLight = parameter.isColor && channel < 3
                packed[parameter.offset + channel] = isLight ? Look.linear(value) : value
            }
        }
        return packed
    }

    /// Returns the look of a network's numbers 0..1, by path; what it does not know is bare.
    ///
    /// Throws a `LookError` that names each field that looks do not have, or the number that is
    /// NaN, or tells that there are more or fewer numbers.
    public init(fields: [Field], numbers: [Float]) throws {
        let ours = Dictionary(uniqueKeysWithValues: Parameters.all.map { ($0.path, $0) })
        let unknown = fields.filter { $0.width != ours[$0.path]?.default.count }
        guard unknown.isEmpty else {
            let named = unknown.map { field -> String in
                guard let here = ours[field.path] else { return "no \(field.path) here" }
                return "\(field.path) has \(field.width) numbers, here \(here.default.count)"
            }
            throw LookError(
                "the network was made for other looks than this prink's: "
                    + named.joined(separator: ", "))
        }
        let owners = fields.flatMap { [String](repeating: $0.path, count: $0.width) }
        try Look.checkGiven(numbers, owners, "numbers")
        var found = Look().numbers()
        var next = 0
        for p in fields.compactMap({ ours[$0.path] }) {
            for place in p.first..<(p.first + p.default.count) {
                found[place] = p.lo + (p.hi - p.lo) * min(max(numbers[next], 0), 1)
                next += 1
            }
        }
        try self.init(numbers: found)
    }

    /// Returns the confidence 0..1 of each group by its name in look files; 0 of those that a
    /// network does not know. `shares` are of the groups of its fields, in order of first
    /// appearance.
    public static func confidence(fields: [Field], shares: [Float]) throws -> [String: Float] {
        var groups: [String] = []
        for field in fields where !groups.contains(group(field.path)) {
            groups.append(group(field.path))
        }
        try checkGiven(shares, groups.map { "the confidence of \($0)" }, "groups")
        let told = Dictionary(uniqueKeysWithValues: zip(groups, shares))
        var found: [String: Float] = [:]
        for p in Parameters.all {
            found[group(p.path)] = min(max(told[group(p.path)] ?? 0, 0), 1)
        }
        return found
    }

    static func group(_ path: String) -> String {
        String(path.prefix(while: { $0 != "." }))
    }

    static func checkGiven(_ given: [Float], _ owners: [String], _ what: String) throws {
        guard given.count == owners.count else {
            throw LookError("the fields have \(owners.count) \(what), got \(given.count)")
        }
        for (owner, number) in zip(owners, given) where number.isNaN {
            throw LookError("\(owner) is NaN; expected 0 to 1")
        }
    }

    static func linear(_ srgb: Float) -> Float {
        let s = Double(srgb)
        return Float(s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4))
    }
}

/// Every parameter in schema order.
public enum Parameters {
    public static let count = 96
    public static let all: [Parameter] = [
        Parameter("lips.color", "Colour", "share", 0, 1, 0, 0, [0.6, 0.1, 0.15, 0]),
        Parameter("lips.inner", "Inner colour", "share", 0, 1, 4, 4, [0.45, 0.05, 0.1, 0]),
        Parameter("lips.gloss", "Gloss", "share", 0, 1, 8, 8, [0.3]),
        Parameter("lips.gloss_sharpness", "Gloss sharpness", "share", 0, 1, 9, 9, [0.5]),
        Parameter("lips.shimmer", "Shimmer", "share", 0, 1, 10, 10, [0]),
        Parameter("lips.metallic", "Metallic", "share", 0, 1, 11, 11, [0]),
        Parameter("lips.softness", "Edge softness", "share", 0, 1, 12, 12, [0.25]),
        Parameter("lips.inner_ratio", "Inner ratio", "share", 0, 1, 13, 13, [0.5]),
        Parameter("lip_liner.color", "Colour", "share", 0, 1, 14, 16, [0.4, 0.12, 0.14, 0]),
        Parameter("lip_liner.width", "Width", "share", 0, 1, 18, 20, [0.4]),
        Parameter("eyeshadow.lid", "Lid", "share", 0, 1, 19, 24, [0.62, 0.45, 0.38, 0]),
        Parameter("eyeshadow.crease", "Crease", "share", 0, 1, 23, 28, [0.42, 0.28, 0.22, 0]),
        Parameter("eyeshadow.outer", "Outer corner", "share", 0, 1, 27, 32, [0.25, 0.16, 0.14, 0]),
        Parameter("eyeshadow.shimmer", "Shimmer", "share", 0, 1, 31, 36, [0]),
        Parameter("eyeshadow.height", "Height", "share", 0, 1, 32, 37, [0.5]),
        Parameter("eyeshadow.blend", "Blend", "share", 0, 1, 33, 38, [0.6]),
        Parameter("eyeliner.color", "Colour", "share", 0, 1, 34, 40, [0.05, 0.04, 0.05, 0]),
        Parameter("eyeliner.thickness", "Thickness", "share", 0, 1, 38, 44, [0.35]),
        Parameter("eyeliner.wing", "Wing", "share", 0, 1, 39, 45, [0]),
        Parameter("eyeliner.smudge", "Smudge", "share", 0, 1, 40, 46, [0.1]),
        Parameter("eyeliner.lower", "Lower line", "share", 0, 1, 41, 47, [0]),
        Parameter("lashes.color", "Colour", "share", 0, 1, 42, 48, [0.04, 0.03, 0.03, 0]),
        Parameter("lashes.length", "Length", "share", 0, 1, 46, 52, [0.45]),
        Parameter("lashes.density", "Density", "share", 0, 1, 47, 53, [0.5]),
        Parameter("brows.color", "Colour", "share", 0, 1, 48, 56, [0.24, 0.16, 0.11, 0]),
        Parameter("brows.definition", "Definition", "share", 0, 1, 52, 60, [0.3]),
        Parameter("blush.color", "Colour", "share", 0, 1, 53, 64, [0.86, 0.38, 0.38, 0]),
        Parameter("blush.placement", "Placement", "share", 0, 1, 57, 68, [0.5]),
        Parameter("blush.size", "Size", "share", 0, 1, 58, 69, [0.5]),
        Parameter("contour.color", "Colour", "share", 0, 1, 59, 72, [0.56, 0.4, 0.3, 0]),
        Parameter("contour.nose", "Nose", "share", 0, 1, 63, 76, [0.4]),
        Parameter("highlight.color", "Colour", "share", 0, 1, 64, 80, [1, 0.9, 0.78, 0]),
        Parameter("highlight.shimmer", "Shimmer", "share", 0, 1, 68, 84, [0.2]),
        Parameter("foundation.color", "Shade", "share", 0, 1, 69, 88, [0.8, 0.62, 0.51, 0]),
        Parameter("foundation.match", "Skin match", "share", 0, 1, 73, 92, [1]),
        Parameter("foundation.smoothing", "Smoothing", "share", 0, 1, 74, 93, [0]),
        Parameter("foundation.dewiness", "Dewiness", "share", 0, 1, 75, 94, [0]),
        Parameter("eyes.iris", "Iris", "share", 0, 1, 76, 96, [0.3, 0.45, 0.55, 0]),
        Parameter("eyes.whitening", "Whitening", "share", 0, 1, 80, 100, [0]),
        Parameter("teeth.whitening", "Whitening", "share", 0, 1, 81, 104, [0]),
        Parameter("hair.root", "Root colour", "share", 0, 1, 82, 108, [0.3, 0.18, 0.11, 0]),
        Parameter("hair.tip", "Tip colour", "share", 0, 1, 86, 112, [0.82, 0.66, 0.44, 0]),
        Parameter("hair.line", "Line", "share", 0, 1, 90, 116, [0.55]),
        Parameter("hair.softness", "Softness", "share", 0, 1, 91, 117, [0.6]),
        Parameter("hair.lightening", "Lightening", "share", 0, 1, 92, 118, [0]),
        Parameter("hair.shine", "Shine", "share", 0, 1, 93, 119, [0.5]),
        Parameter("hair.grey", "Grey coverage", "share", 0, 1, 94, 120, [1]),
        Parameter("hair.root_shadow", "Root shadow", "share", 0, 1, 95, 121, [0]),
    ]
}

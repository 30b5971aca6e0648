"""Swift: the look and the shared names of the iOS host."""

from typing import Final

from prink_export.hosts.emitter import Language

__all__ = ["SWIFT"]

LOOK: Final = """import Foundation

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

/// Why numbers are no look.
public enum LookError: Error, Equatable {
    case outOfRange(path: String, value: Float)
    case wrongCount(Int)
}
«for group»

/// «group_doc»
public struct «type»: Equatable, Sendable {
«for parameter»
    /// «doc»
    public var «name» = «value»
«end parameter»

    public init() {}
}
«end group»

/// A whole look; `Look()` is a bare face.
public struct Look: Equatable, Sendable {
    public var «group» = «type»() «for group»

    public init() {}

    /// Returns the look's numbers in schema order; colours are sRGB.
    public func numbers() -> [Float] {
        var n: [Float] = []
        n += [«channels»] «for parameter»
        return n
    }

    /// Returns the look of numbers in schema order; colours are sRGB.
    public init(numbers n: [Float]) throws {
        guard n.count == Parameters.count else { throw LookError.wrongCount(n.count) }
        «at» = «taken» «for parameter»
    }

    /// Returns the look as the shaders read it: `u_look`, vec4 by vec4, colours in linear light.
    ///
    /// Throws `LookError.outOfRange` for the first number that is out of range.
    public func pack() throws -> [Float] {
        let given = numbers()
        var packed = [Float](repeating: 0, count: 4 * SchemaNames.vec4s)
        for parameter in Parameters.all {
            for channel in parameter.default.indices {
                let value = given[parameter.first + channel]
                guard value >= parameter.lo, value <= parameter.hi else {
                    throw LookError.outOfRange(path: parameter.path, value: value)
                }
                let isLight = parameter.isColor && channel < 3
                packed[parameter.offset + channel] = isLight ? Look.linear(value) : value
            }
        }
        return packed
    }

    /// Returns the look of the encoder's output: numbers 0..1 over each parameter's range.
    public init(vector: [Float]) throws {
        guard vector.count == Parameters.count else { throw LookError.wrongCount(vector.count) }
        var numbers = vector
        for parameter in Parameters.all {
            for place in parameter.first..<(parameter.first + parameter.default.count) {
                let share = min(max(numbers[place], 0), 1)
                numbers[place] = parameter.lo + (parameter.hi - parameter.lo) * share
            }
        }
        try self.init(numbers: numbers)
    }

    static func linear(_ srgb: Float) -> Float {
        let s = Double(srgb)
        return Float(s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4))
    }
}

/// Every parameter in schema order.
public enum Parameters {
    public static let count = «count»
    public static let all: [Parameter] = [
        Parameter("«path»", «label», «unit», \
«lo», «hi», «first», «offset», [«numbers»]), «for parameter»
    ]
}
"""
NAMES: Final = """«for table»

public enum «Table»Names {
    public static let «constant» = «literal» «for constant»
}
«end table»
"""
SWIFT: Final = Language(
    look=("Look.swift", LOOK),
    names=("Names.swift", NAMES),
    scalar="Float({})",
)

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
        guard n.count == Parameters.count else {
            throw LookError("a look has \\(Parameters.count) numbers, got \\(n.count)")
        }
        «at» = «taken» «for parameter»
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
                    let range = "\\(parameter.lo)..\\(parameter.hi)"
                    throw LookError("\\(parameter.path) is \\(value); expected \\(range)")
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
                guard let here = ours[field.path] else { return "no \\(field.path) here" }
                return "\\(field.path) has \\(field.width) numbers, here \\(here.default.count)"
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
        try checkGiven(shares, groups.map { "the confidence of \\($0)" }, "groups")
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
            throw LookError("the fields have \\(owners.count) \\(what), got \\(given.count)")
        }
        for (owner, number) in zip(owners, given) where number.isNaN {
            throw LookError("\\(owner) is NaN; expected 0 to 1")
        }
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

"""Writes the look and the shared names in Swift."""

import json

from prink_export.hosts.groups import Group, Placed, groups, number_count, placed
from prink_export.hosts.names import Names, camel

__all__ = ["swift_files"]

NOTE = "// Generated from {source} by prink_export.codegen; do not edit.\n"
HEAD = """import Foundation

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
"""
TAIL = """
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
"""


def swift_files(names: Names) -> dict[str, str]:
    """Returns `Look.swift` and `Names.swift`."""
    source = NOTE.format(source="sdk/prink/params/schema.py")
    look = source + HEAD + "".join(map(group_struct, groups())) + look_struct() + table()
    shared = NOTE.format(source="shaders/ and the shipped networks")
    return {"Look.swift": look, "Names.swift": shared + "".join(map(constants, names.items()))}


def number(value: float) -> str:
    return f"{value:g}"


def value(each: Placed) -> str:
    inside = ", ".join(map(number, each.numbers))
    return f"Rgba({inside})" if each.parameter.is_color else f"Float({inside})"


def group_struct(group: Group) -> str:
    lines = [f"\n/// {group.doc}", f"public struct {group.type}: Equatable, Sendable {{"]
    for each in group.placed:
        lines.append(f"    /// {each.parameter.spec.doc}")
        lines.append(f"    public var {camel(each.parameter.name)} = {value(each)}")
    return "\n".join([*lines, "", "    public init() {}", "}"]) + "\n"


def look_struct() -> str:
    lines = ["\n/// A whole look; `Look()` is a bare face."]
    lines.append("public struct Look: Equatable, Sendable {")
    lines += [f"    public var {camel(group.name)} = {group.type}()" for group in groups()]
    lines += ["", "    public init() {}", ""]
    lines.append("    /// Returns the look's numbers in schema order; colours are sRGB.")
    lines += ["    public func numbers() -> [Float] {", "        var n: [Float] = []"]
    taken = []
    for group in groups():
        for each in group.placed:
            path = f"{camel(group.name)}.{camel(each.parameter.name)}"
            color = each.parameter.is_color
            channels = [f"{path}.{c}" for c in "rgba"] if color else [path]
            lines.append(f"        n += [{', '.join(channels)}]")
            places = [f"n[{each.first + place}]" for place in range(len(each.numbers))]
            given = f"Rgba({', '.join(places)})" if color else places[0]
            taken.append(f"        {path} = {given}")
    lines += ["        return n", "    }", ""]
    lines.append("    /// Returns the look of numbers in schema order; colours are sRGB.")
    lines.append("    public init(numbers n: [Float]) throws {")
    lines.append(
        "        guard n.count == Parameters.count else { throw LookError.wrongCount(n.count) }"
    )
    return "\n".join([*lines, *taken, "    }"]) + "\n" + TAIL


def table() -> str:
    lines = ["\n/// Every parameter in schema order.", "public enum Parameters {"]
    lines += [f"    public static let count = {number_count()}"]
    lines += ["    public static let all: [Parameter] = ["]
    for each in placed():
        p, spec = each.parameter, each.parameter.spec
        words = ", ".join(json.dumps(text) for text in (p.path, spec.label, spec.unit))
        places = f"{number(spec.lo)}, {number(spec.hi)}, {each.first}, {p.offset}"
        defaults = ", ".join(map(number, each.numbers))
        lines.append(f"        Parameter({words}, {places}, [{defaults}]),")
    return "\n".join([*lines, "    ]", "}"]) + "\n"


def constants(entry: tuple[str, dict[str, int | str | list[str] | list[int]]]) -> str:
    name, table = entry
    lines = [f"\npublic enum {camel(name, upper=True)}Names {{"]
    lines += [
        f"    public static let {camel(constant)} = {json.dumps(given)}"
        for constant, given in table.items()
    ]
    return "\n".join([*lines, "}"]) + "\n"

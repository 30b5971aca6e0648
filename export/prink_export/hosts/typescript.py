"""Writes the look and the shared names in TypeScript; names are those of look files."""

import json

from prink_export.hosts.groups import Group, Placed, groups, number_count, placed
from prink_export.hosts.names import Names, camel

__all__ = ["typescript_files"]

NOTE = "// Generated from {source} by prink_export.codegen; do not edit.\n"
HEAD = """import { schemaNames } from "./names.js";

/** A colour in sRGB, 0..1, as it looks on a swatch, and how much of it is applied. */
export type Rgba = readonly [number, number, number, number];

/** What a parameter means and where it lies. */
export interface Parameter {
  readonly group: keyof Look;
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly lo: number;
  readonly hi: number;
  /** Its first place among a look's numbers in schema order. */
  readonly first: number;
  /** Its first place in the packed look, in floats. */
  readonly offset: number;
  /** One number, or four of a colour. */
  readonly default: readonly number[];
}
"""
TAIL = """
type Groups = Record<string, Record<string, number | Rgba>>;

/** Returns the look's numbers in schema order; colours are sRGB. */
export function numbersOf(look: Look): number[] {
  const groups = look as unknown as Groups;
  return parameters.flatMap((p) => {
    const value = groups[p.group]?.[p.name];
    if (value === undefined) throw new RangeError(`the look lacks ${p.group}.${p.name}`);
    return typeof value === "number" ? [value] : [...value];
  });
}

/** Returns the look of numbers in schema order; colours are sRGB. */
export function lookOfNumbers(numbers: ArrayLike<number>): Look {
  if (numbers.length !== numberCount) {
    throw new RangeError(`a look has ${numberCount} numbers, got ${numbers.length}`);
  }
  const given = Array.from(numbers);
  const groups: Groups = {};
  for (const p of parameters) {
    const part = given.slice(p.first, p.first + p.default.length);
    const group = (groups[p.group] ??= {});
    group[p.name] = part.length === 4 ? (part as unknown as Rgba) : (part[0] as number);
  }
  return groups as unknown as Look;
}

/** Returns the look of the encoder's output: numbers 0..1 over each parameter's range. */
export function lookOfVector(vector: ArrayLike<number>): Look {
  if (vector.length !== numberCount) {
    throw new RangeError(`a look has ${numberCount} numbers, got ${vector.length}`);
  }
  const numbers = Array.from(vector);
  for (const p of parameters) {
    for (let place = p.first; place < p.first + p.default.length; place++) {
      const share = Math.min(Math.max(numbers[place] ?? 0, 0), 1);
      numbers[place] = p.lo + (p.hi - p.lo) * share;
    }
  }
  return lookOfNumbers(numbers);
}

/**
 * Returns the look as the shaders read it: `u_look`, vec4 by vec4; colours become linear light.
 * Throws a RangeError that names the first number out of range.
 */
export function pack(look: Look): Float32Array {
  const given = numbersOf(look);
  const packed = new Float32Array(4 * schemaNames.vec4s);
  for (const p of parameters) {
    for (let channel = 0; channel < p.default.length; channel++) {
      const value = given[p.first + channel] as number;
      if (!(value >= p.lo && value <= p.hi)) {
        throw new RangeError(`${p.group}.${p.name} is ${value}; expected ${p.lo}..${p.hi}`);
      }
      const isLight = p.default.length === 4 && channel < 3;
      packed[p.offset + channel] = isLight ? linear(value) : value;
    }
  }
  return packed;
}

function linear(srgb: number): number {
  return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4;
}
"""


def typescript_files(names: Names) -> dict[str, str]:
    """Returns `look.ts` and `names.ts`."""
    source = NOTE.format(source="sdk/prink/params/schema.py")
    look = source + HEAD + "".join(map(group_interface, groups())) + look_interface() + table()
    shared = NOTE.format(source="shaders/ and the shipped networks")
    return {"look.ts": look + TAIL, "names.ts": shared + "".join(map(constants, names.items()))}


def value(each: Placed) -> str:
    inside = ", ".join(f"{part:g}" for part in each.numbers)
    return f"[{inside}]" if each.parameter.is_color else inside


def group_interface(group: Group) -> str:
    lines = [f"\n/** {group.doc} */", f"export interface {group.type} {{"]
    for each in group.placed:
        kind = "Rgba" if each.parameter.is_color else "number"
        lines.append(f"  /** {each.parameter.spec.doc} */")
        lines.append(f"  readonly {each.parameter.name}: {kind};")
    return "\n".join([*lines, "}"]) + "\n"


def look_interface() -> str:
    lines = ["\n/** A whole look, in the form of look files. */", "export interface Look {"]
    lines += [f"  readonly {group.name}: {group.type};" for group in groups()]
    lines += ["}", "", "/** A bare face. */", "export const bareLook: Look = {"]
    for group in groups():
        inside = ", ".join(f"{each.parameter.name}: {value(each)}" for each in group.placed)
        lines.append(f"  {group.name}: {{ {inside} }},")
    return "\n".join([*lines, "};"]) + "\n"


def table() -> str:
    lines = [f"\nexport const numberCount = {number_count()};", ""]
    lines += ["/** Every parameter in schema order. */"]
    lines.append("export const parameters: readonly Parameter[] = [")
    for each in placed():
        p, spec = each.parameter, each.parameter.spec
        words = {"group": p.group, "name": p.name, "label": spec.label, "unit": spec.unit}
        told = "".join(f"{key}: {json.dumps(text)}, " for key, text in words.items())
        places = f"lo: {spec.lo:g}, hi: {spec.hi:g}, first: {each.first}, offset: {p.offset}"
        defaults = ", ".join(f"{part:g}" for part in each.numbers)
        lines.append(f"  {{ {told}{places}, default: [{defaults}] }},")
    return "\n".join([*lines, "];"]) + "\n"


def constants(entry: tuple[str, dict[str, int | str | list[str] | list[int]]]) -> str:
    name, table = entry
    lines = [f"\nexport const {camel(name)}Names = {{"]
    lines += [f"  {camel(constant)}: {json.dumps(given)}," for constant, given in table.items()]
    return "\n".join([*lines, "} as const;"]) + "\n"

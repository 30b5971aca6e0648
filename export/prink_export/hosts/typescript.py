"""TypeScript: the look and the shared names of the web host, names as in look files."""

from typing import Final

from prink_export.hosts.emitter import Language

__all__ = ["TYPESCRIPT"]

LOOK: Final = """import { schemaNames } from "./names.js";

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
«for group»

/** «group_doc» */
export interface «type» {
«for parameter»
  /** «doc» */
  readonly «name»: «kind»;
«end parameter»
}
«end group»

/** A whole look, in the form of look files. */
export interface Look {
  readonly «group»: «type»; «for group»
}

/** A bare face. */
export const bareLook: Look = {
  «group»: { «bare» }, «for group»
};

export const numberCount = «count»;

/** Every parameter in schema order. */
export const parameters: readonly Parameter[] = [
  { group: "«group»", name: "«name»", label: «label», unit: «unit», \
lo: «lo», hi: «hi», first: «first», offset: «offset», default: [«numbers»] }, «for parameter»
];

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
NAMES: Final = """«for table»

export const «table»Names = {
  «constant»: «literal», «for constant»
} as const;
«end table»
"""
TYPESCRIPT: Final = Language(
    look=("look.ts", LOOK),
    names=("names.ts", NAMES),
    field=str,
    kinds=("number", "Rgba"),
    color="[{}]",
)

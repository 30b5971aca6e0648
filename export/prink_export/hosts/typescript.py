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

/** A field of a network's numbers: a path such as `lips.gloss`, and how many numbers it has. */
export type Field = readonly [path: string, width: number];
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

/**
 * Returns the look of a network's numbers 0..1, by path; what it does not know is bare.
 * Throws a RangeError that names each field that looks do not have, or the number that is NaN, or
 * tells that there are more or fewer numbers.
 */
export function lookOfFields(fields: readonly Field[], numbers: ArrayLike<number>): Look {
  const ours = new Map(parameters.map((p) => [`${p.group}.${p.name}`, p]));
  const unknown = fields.filter(([path, width]) => ours.get(path)?.default.length !== width);
  if (unknown.length > 0) {
    const named = unknown.map(([path, width]) => {
      const here = ours.get(path)?.default.length;
      return here ? `${path} has ${width} numbers, here ${here}` : `no ${path} here`;
    });
    const told = named.join(", ");
    throw new RangeError(`the network was made for other looks than this prink's: ${told}`);
  }
  const owners = fields.flatMap(([path, width]) => Array<string>(width).fill(path));
  checkGiven(numbers, owners, "numbers");
  const found = numbersOf(bareLook);
  let next = 0;
  for (const [path] of fields) {
    const p = ours.get(path) as Parameter;
    for (let place = p.first; place < p.first + p.default.length; place++) {
      found[place] = p.lo + (p.hi - p.lo) * clipped(numbers[next++] as number);
    }
  }
  return lookOfNumbers(found);
}

/**
 * Returns the confidence 0..1 of each group; 0 of those that a network does not know. `shares` are
 * of the groups of its fields, in order of first appearance.
 */
export function confidenceOfFields(
  fields: readonly Field[],
  shares: ArrayLike<number>,
): Record<keyof Look, number> {
  const groups = [...new Set(fields.map(([path]) => path.split(".")[0] as string))];
  checkGiven(shares, groups.map((group) => `the confidence of ${group}`), "groups");
  const told = new Map(groups.map((group, place) => [group, clipped(shares[place] as number)]));
  const found = parameters.map((p) => [p.group, told.get(p.group) ?? 0]);
  return Object.fromEntries(found) as Record<keyof Look, number>;
}

function checkGiven(given: ArrayLike<number>, owners: readonly string[], what: string): void {
  if (given.length !== owners.length) {
    throw new RangeError(`the fields have ${owners.length} ${what}, got ${given.length}`);
  }
  owners.forEach((owner, place) => {
    if (Number.isNaN(given[place])) throw new RangeError(`${owner} is NaN; expected 0 to 1`);
  });
}

function clipped(share: number): number {
  return Math.min(Math.max(share, 0), 1);
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
    field_of="[{}, {}]",
)

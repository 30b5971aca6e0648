// Generated from sdk/prink/params/schema.py by prink_export.codegen; do not edit.
import { schemaNames } from "./names.js";

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

/** Lipstick. Matte, satin, gloss, sheer, shimmer and metallic are points in these numbers. */
export interface Lips {
  /** Lipstick colour and its coverage; low coverage is sheer. */
  readonly color: Rgba;
  /** Second colour from the middle of the mouth; its coverage mixes it in. */
  readonly inner: Rgba;
  /** 0 is matte, 0.3 satin like bare lips, 1 wet. */
  readonly gloss: number;
  /** Size of the highlights: 0 broad and soft, 1 small and crisp. */
  readonly gloss_sharpness: number;
  /** Fine sparkles that stay put on the lips. */
  readonly shimmer: number;
  /** Foil finish: the highlight takes the colour and follows the curve. */
  readonly metallic: number;
  /** 0 is pencil sharp, 1 a blurred edge. */
  readonly softness: number;
  /** How far the inner colour reaches from the mouth's opening to the outer edge. */
  readonly inner_ratio: number;
}

/** A pencil line along the outer edge of the lips. */
export interface LipLiner {
  /** Liner colour and its coverage. */
  readonly color: Rgba;
  /** 0 is a hairline, 1 about a fifth of a full lip. */
  readonly width: number;
}

/** Three colours that melt into each other, strongest at the lash line. */
export interface Eyeshadow {
  /** Colour on the moving lid. */
  readonly lid: Rgba;
  /** Colour in and just above the fold of the lid. */
  readonly crease: Rgba;
  /** Colour of the outer corner, wrapping a little under the eye. */
  readonly outer: Rgba;
  /** Sparkle and sheen of the lid colour. */
  readonly shimmer: number;
  /** How far the shadow climbs toward the brow. */
  readonly height: number;
  /** 0 has graphic borders, 1 is a haze. */
  readonly blend: number;
}

/** A line along the lashes with an optional wing. */
export interface Eyeliner {
  /** Liner colour and its coverage. */
  readonly color: Rgba;
  /** Height of the line at its thickest point. */
  readonly thickness: number;
  /** Length of the flick toward the tail of the brow. */
  readonly wing: number;
  /** 0 is a liquid line, 1 a smoked pencil. */
  readonly smudge: number;
  /** How much of the line runs along the lower lashes. */
  readonly lower: number;
}

/** Mascara and false lashes, hair by hair. */
export interface Lashes {
  /** Lash colour and its coverage. */
  readonly color: Rgba;
  /** Length of the longest lashes. */
  readonly length: number;
  /** How many lashes, and how thick. */
  readonly density: number;
}

/** Brow colour and shape; hair is added where hair is. */
export interface Brows {
  /** Brow colour and its coverage. */
  readonly color: Rgba;
  /** Fills sparse places with fine strokes. */
  readonly definition: number;
}

/** Colour on the cheeks. */
export interface Blush {
  /** Blush colour and its coverage. */
  readonly color: Rgba;
  /** 0 on the apple of the cheek, 1 high on the cheekbone. */
  readonly placement: number;
  /** Extent of the blush. */
  readonly size: number;
}

/** Shading under the cheekbones, along jaw, temples and nose. */
export interface Contour {
  /** Contour shade, laid on like a filter; its coverage is the strength. */
  readonly color: Rgba;
  /** How much of it shades the sides of the nose. */
  readonly nose: number;
}

/** Light on cheekbones, nose, brow bone, cupid's bow and chin. */
export interface Highlight {
  /** Highlighter colour; its coverage is the strength. */
  readonly color: Rgba;
  /** Sparkle of the powder. */
  readonly shimmer: number;
}

/** Even skin that keeps its pores. */
export interface Foundation {
  /** Foundation shade and its coverage. */
  readonly color: Rgba;
  /** 1 takes the wearer's own shade, 0 the given one. */
  readonly match: number;
  /** Evens blotches and lines; pores stay. */
  readonly smoothing: number;
  /** 0 leaves the skin's shine, 1 adds a wet glow. */
  readonly dewiness: number;
}

/** Iris colour and the white of the eye. */
export interface Eyes {
  /** Lens colour and its coverage; pupil, ring and catchlight stay. */
  readonly iris: Rgba;
  /** Clears the white of the eye, veins stay a little. */
  readonly whitening: number;
}

/** Teeth. */
export interface Teeth {
  /** Takes the yellow off and brightens a little. */
  readonly whitening: number;
}

/** Hair colour, from one tone to an ombre. */
export interface Hair {
  /** Hair colour and its coverage, over the whole length. */
  readonly root: Rgba;
  /** Colour of the ends and its coverage, laid over the first. */
  readonly tip: Rgba;
  /** Where the tip colour begins: 0 at the roots, 1 at the ends. */
  readonly line: number;
  /** How gradual the line is: 0 dipped, 1 melted. */
  readonly softness: number;
  /** 0 is dye alone, 1 bleaches dark hair first. */
  readonly lightening: number;
  /** How much light the strands throw back. */
  readonly shine: number;
  /** 1 colours grey strands like the others, 0 leaves them. */
  readonly grey: number;
  /** How much of the natural root stays, and how far it reaches. */
  readonly root_shadow: number;
}

/** A whole look, in the form of look files. */
export interface Look {
  readonly lips: Lips;
  readonly lip_liner: LipLiner;
  readonly eyeshadow: Eyeshadow;
  readonly eyeliner: Eyeliner;
  readonly lashes: Lashes;
  readonly brows: Brows;
  readonly blush: Blush;
  readonly contour: Contour;
  readonly highlight: Highlight;
  readonly foundation: Foundation;
  readonly eyes: Eyes;
  readonly teeth: Teeth;
  readonly hair: Hair;
}

/** A bare face. */
export const bareLook: Look = {
  lips: { color: [0.6, 0.1, 0.15, 0], inner: [0.45, 0.05, 0.1, 0], gloss: 0.3, gloss_sharpness: 0.5, shimmer: 0, metallic: 0, softness: 0.25, inner_ratio: 0.5 },
  lip_liner: { color: [0.4, 0.12, 0.14, 0], width: 0.4 },
  eyeshadow: { lid: [0.62, 0.45, 0.38, 0], crease: [0.42, 0.28, 0.22, 0], outer: [0.25, 0.16, 0.14, 0], shimmer: 0, height: 0.5, blend: 0.6 },
  eyeliner: { color: [0.05, 0.04, 0.05, 0], thickness: 0.35, wing: 0, smudge: 0.1, lower: 0 },
  lashes: { color: [0.04, 0.03, 0.03, 0], length: 0.45, density: 0.5 },
  brows: { color: [0.24, 0.16, 0.11, 0], definition: 0.3 },
  blush: { color: [0.86, 0.38, 0.38, 0], placement: 0.5, size: 0.5 },
  contour: { color: [0.56, 0.4, 0.3, 0], nose: 0.4 },
  highlight: { color: [1, 0.9, 0.78, 0], shimmer: 0.2 },
  foundation: { color: [0.8, 0.62, 0.51, 0], match: 1, smoothing: 0, dewiness: 0 },
  eyes: { iris: [0.3, 0.45, 0.55, 0], whitening: 0 },
  teeth: { whitening: 0 },
  hair: { root: [0.3, 0.18, 0.11, 0], tip: [0.82, 0.66, 0.44, 0], line: 0.55, softness: 0.6, lightening: 0, shine: 0.5, grey: 1, root_shadow: 0 },
};

export const numberCount = 96;

/** Every parameter in schema order. */
export const parameters: readonly Parameter[] = [
  { group: "lips", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 0, offset: 0, default: [0.6, 0.1, 0.15, 0] },
  { group: "lips", name: "inner", label: "Inner colour", unit: "share", lo: 0, hi: 1, first: 4, offset: 4, default: [0.45, 0.05, 0.1, 0] },
  { group: "lips", name: "gloss", label: "Gloss", unit: "share", lo: 0, hi: 1, first: 8, offset: 8, default: [0.3] },
  { group: "lips", name: "gloss_sharpness", label: "Gloss sharpness", unit: "share", lo: 0, hi: 1, first: 9, offset: 9, default: [0.5] },
  { group: "lips", name: "shimmer", label: "Shimmer", unit: "share", lo: 0, hi: 1, first: 10, offset: 10, default: [0] },
  { group: "lips", name: "metallic", label: "Metallic", unit: "share", lo: 0, hi: 1, first: 11, offset: 11, default: [0] },
  { group: "lips", name: "softness", label: "Edge softness", unit: "share", lo: 0, hi: 1, first: 12, offset: 12, default: [0.25] },
  { group: "lips", name: "inner_ratio", label: "Inner ratio", unit: "share", lo: 0, hi: 1, first: 13, offset: 13, default: [0.5] },
  { group: "lip_liner", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 14, offset: 16, default: [0.4, 0.12, 0.14, 0] },
  { group: "lip_liner", name: "width", label: "Width", unit: "share", lo: 0, hi: 1, first: 18, offset: 20, default: [0.4] },
  { group: "eyeshadow", name: "lid", label: "Lid", unit: "share", lo: 0, hi: 1, first: 19, offset: 24, default: [0.62, 0.45, 0.38, 0] },
  { group: "eyeshadow", name: "crease", label: "Crease", unit: "share", lo: 0, hi: 1, first: 23, offset: 28, default: [0.42, 0.28, 0.22, 0] },
  { group: "eyeshadow", name: "outer", label: "Outer corner", unit: "share", lo: 0, hi: 1, first: 27, offset: 32, default: [0.25, 0.16, 0.14, 0] },
  { group: "eyeshadow", name: "shimmer", label: "Shimmer", unit: "share", lo: 0, hi: 1, first: 31, offset: 36, default: [0] },
  { group: "eyeshadow", name: "height", label: "Height", unit: "share", lo: 0, hi: 1, first: 32, offset: 37, default: [0.5] },
  { group: "eyeshadow", name: "blend", label: "Blend", unit: "share", lo: 0, hi: 1, first: 33, offset: 38, default: [0.6] },
  { group: "eyeliner", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 34, offset: 40, default: [0.05, 0.04, 0.05, 0] },
  { group: "eyeliner", name: "thickness", label: "Thickness", unit: "share", lo: 0, hi: 1, first: 38, offset: 44, default: [0.35] },
  { group: "eyeliner", name: "wing", label: "Wing", unit: "share", lo: 0, hi: 1, first: 39, offset: 45, default: [0] },
  { group: "eyeliner", name: "smudge", label: "Smudge", unit: "share", lo: 0, hi: 1, first: 40, offset: 46, default: [0.1] },
  { group: "eyeliner", name: "lower", label: "Lower line", unit: "share", lo: 0, hi: 1, first: 41, offset: 47, default: [0] },
  { group: "lashes", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 42, offset: 48, default: [0.04, 0.03, 0.03, 0] },
  { group: "lashes", name: "length", label: "Length", unit: "share", lo: 0, hi: 1, first: 46, offset: 52, default: [0.45] },
  { group: "lashes", name: "density", label: "Density", unit: "share", lo: 0, hi: 1, first: 47, offset: 53, default: [0.5] },
  { group: "brows", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 48, offset: 56, default: [0.24, 0.16, 0.11, 0] },
  { group: "brows", name: "definition", label: "Definition", unit: "share", lo: 0, hi: 1, first: 52, offset: 60, default: [0.3] },
  { group: "blush", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 53, offset: 64, default: [0.86, 0.38, 0.38, 0] },
  { group: "blush", name: "placement", label: "Placement", unit: "share", lo: 0, hi: 1, first: 57, offset: 68, default: [0.5] },
  { group: "blush", name: "size", label: "Size", unit: "share", lo: 0, hi: 1, first: 58, offset: 69, default: [0.5] },
  { group: "contour", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 59, offset: 72, default: [0.56, 0.4, 0.3, 0] },
  { group: "contour", name: "nose", label: "Nose", unit: "share", lo: 0, hi: 1, first: 63, offset: 76, default: [0.4] },
  { group: "highlight", name: "color", label: "Colour", unit: "share", lo: 0, hi: 1, first: 64, offset: 80, default: [1, 0.9, 0.78, 0] },
  { group: "highlight", name: "shimmer", label: "Shimmer", unit: "share", lo: 0, hi: 1, first: 68, offset: 84, default: [0.2] },
  { group: "foundation", name: "color", label: "Shade", unit: "share", lo: 0, hi: 1, first: 69, offset: 88, default: [0.8, 0.62, 0.51, 0] },
  { group: "foundation", name: "match", label: "Skin match", unit: "share", lo: 0, hi: 1, first: 73, offset: 92, default: [1] },
  { group: "foundation", name: "smoothing", label: "Smoothing", unit: "share", lo: 0, hi: 1, first: 74, offset: 93, default: [0] },
  { group: "foundation", name: "dewiness", label: "Dewiness", unit: "share", lo: 0, hi: 1, first: 75, offset: 94, default: [0] },
  { group: "eyes", name: "iris", label: "Iris", unit: "share", lo: 0, hi: 1, first: 76, offset: 96, default: [0.3, 0.45, 0.55, 0] },
  { group: "eyes", name: "whitening", label: "Whitening", unit: "share", lo: 0, hi: 1, first: 80, offset: 100, default: [0] },
  { group: "teeth", name: "whitening", label: "Whitening", unit: "share", lo: 0, hi: 1, first: 81, offset: 104, default: [0] },
  { group: "hair", name: "root", label: "Root colour", unit: "share", lo: 0, hi: 1, first: 82, offset: 108, default: [0.3, 0.18, 0.11, 0] },
  { group: "hair", name: "tip", label: "Tip colour", unit: "share", lo: 0, hi: 1, first: 86, offset: 112, default: [0.82, 0.66, 0.44, 0] },
  { group: "hair", name: "line", label: "Line", unit: "share", lo: 0, hi: 1, first: 90, offset: 116, default: [0.55] },
  { group: "hair", name: "softness", label: "Softness", unit: "share", lo: 0, hi: 1, first: 91, offset: 117, default: [0.6] },
  { group: "hair", name: "lightening", label: "Lightening", unit: "share", lo: 0, hi: 1, first: 92, offset: 118, default: [0] },
  { group: "hair", name: "shine", label: "Shine", unit: "share", lo: 0, hi: 1, first: 93, offset: 119, default: [0.5] },
  { group: "hair", name: "grey", label: "Grey coverage", unit: "share", lo: 0, hi: 1, first: 94, offset: 120, default: [1] },
  { group: "hair", name: "root_shadow", label: "Root shadow", unit: "share", lo: 0, hi: 1, first: 95, offset: 121, default: [0] },
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

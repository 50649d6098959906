/** A colour as red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** "#1b7837" → [27, 120, 55]. */
export function parseHexColour(hex: string): Rgb {
  const digits = hex.trim().replace('#', '');
  const full = digits.length === 3 ? Array.from(digits, (d) => d + d).join('') : digits;
  const value = parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Steps on each side of zero in a table of signed colours. */
export const COLOUR_STEPS = 255;

/** Colours of −end … +end as RGBA words (little endian, as in ImageData): negative → zero → positive, 2·SIDE + 1 of them. */
export function signedColours(negative: Rgb, zero: Rgb, positive: Rgb): Uint32Array {
  const table = new Uint32Array(2 * COLOUR_STEPS + 1);
  for (let i = -COLOUR_STEPS; i <= COLOUR_STEPS; i++) {
    const end = i < 0 ? negative : positive;
    const t = Math.abs(i) / COLOUR_STEPS;
    const [r, g, b] = zero.map((from, c) => Math.round(from + t * (end[c] - from)));
    table[i + COLOUR_STEPS] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return table;
}

/** Place of a value in a table of signed colours. */
export function colourIndex(value: number, end: number): number {
  const t = value / end;
  return COLOUR_STEPS + Math.round(COLOUR_STEPS * (t > 1 ? 1 : t < -1 ? -1 : t));
}

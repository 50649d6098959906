import { describe, expect, it } from 'vitest';
import { colourIndex, COLOUR_STEPS, parseHexColour, signedColours } from './signedColours';

describe('signed colours', () => {
  const table = signedColours(
    parseHexColour('#762a83'),
    parseHexColour('#fbfaf7'),
    parseHexColour('#1b7837'),
  );
  const bytes = (i: number): number[] => Array.from(new Uint8Array(table.buffer, 4 * i, 4));
  it('go from negative over the ground to positive', () => {
    expect(bytes(0)).toEqual([0x76, 0x2a, 0x83, 255]);
    expect(bytes(COLOUR_STEPS)).toEqual([0xfb, 0xfa, 0xf7, 255]);
    expect(bytes(2 * COLOUR_STEPS)).toEqual([0x1b, 0x78, 0x37, 255]);
  });
  it('are symmetric and clip at the ends', () => {
    expect(colourIndex(0, 2)).toBe(COLOUR_STEPS);
    expect(colourIndex(1, 2) - COLOUR_STEPS).toBe(COLOUR_STEPS - colourIndex(-1, 2) + (COLOUR_STEPS % 2));
    expect([colourIndex(9, 2), colourIndex(-9, 2)]).toEqual([2 * COLOUR_STEPS, 0]);
  });
});

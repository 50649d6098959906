import type { UnitAxis } from '../geometry/unitAxis';
import { slotCount } from '../geometry/unitAxis';
import { colourIndex } from '../paint/signedColours';

/** A matrix as drawn: one pixel per slot, row-major RGBA words. */
export interface Raster {
  width: number;
  height: number;
  pixels: Uint32Array<ArrayBuffer>;
}

/**
 * Paints weights [outputs, inputs] with one pixel per slot. `down` and `across` are the axes of picture rows and columns;
 * transposed, inputs run down and outputs across. A slot of several units shows the weight of largest magnitude. `first` is the
 * unit each axis begins with (a block of a matrix).
 */
export function rasterise(
  weights: Float32Array,
  inputs: number,
  transposed: boolean,
  down: UnitAxis,
  across: UnitAxis,
  end: number,
  colours: Uint32Array,
  first = { down: 0, across: 0 },
): Raster {
  const height = slotCount(down);
  const width = slotCount(across);
  const pixels = new Uint32Array(width * height);
  const byRow = transposed ? 1 : inputs;
  const byColumn = transposed ? inputs : 1;
  const origin = first.down * byRow + first.across * byColumn;
  for (let y = 0; y < height; y++) {
    const rowEnd = Math.min(down.n, (y + 1) * down.perSlot);
    for (let x = 0; x < width; x++) {
      const columnEnd = Math.min(across.n, (x + 1) * across.perSlot);
      let value = 0;
      for (let i = y * down.perSlot; i < rowEnd; i++) {
        for (let j = x * across.perSlot; j < columnEnd; j++) {
          const w = weights[origin + i * byRow + j * byColumn];
          if (Math.abs(w) > Math.abs(value)) value = w;
        }
      }
      pixels[y * width + x] = colours[colourIndex(value, end)];
    }
  }
  return { width, height, pixels };
}

/** Paints a picture of values (a tile) with one pixel per value. */
export function rasterTile(
  values: ArrayLike<number>,
  width: number,
  end: number,
  colours: Uint32Array,
): Raster {
  const height = Math.ceil(values.length / width);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < values.length; i++) pixels[i] = colours[colourIndex(values[i], end)];
  return { width, height, pixels };
}

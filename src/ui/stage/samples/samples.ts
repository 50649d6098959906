import type { DatasetId } from '../../../data/ids';
import { DATASETS, type SampleKind } from '../../../data/registry';
import { columnOf, textTokens } from '../../../data/text/hash';
import type { Gallery } from '../../../store/state';
import { POLARITIES } from '../geometry/valueForms';
import type { Raster } from './raster';
import type { Rgb } from '../paint/signedColours';

export const sampleKindOf = (dataset: string): SampleKind => DATASETS[dataset as DatasetId].sample;

/** Planes, rows and columns of a gallery's samples, as the registry has them; a row of values where they are of another size. */
export function galleryPlanes(gallery: Gallery): { channels: number; height: number; width: number } {
  const { channels, height, width } = DATASETS[gallery.dataset as DatasetId];
  if (channels * height * width === gallery.size) return { channels, height, width };
  return { channels: 1, height: 1, width: gallery.size };
}

/** Values of a sample as stored, 0 … 1 for most. */
export function rawValues(gallery: Gallery, index: number): Float64Array {
  const { images, size, byteScale } = gallery;
  return Float64Array.from(images.subarray(index * size, (index + 1) * size), (byte) => byte * byteScale);
}

const word = (r: number, g: number, b: number): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
const byteOf = (value: number): number => Math.round(255 * Math.max(0, Math.min(1, value)));

/** A picture in grey, or its three planes as red, green and blue; of other numbers of planes the mean of all, in grey. */
export function rasterPicture(gallery: Gallery, index: number): Raster {
  const { channels, height, width } = galleryPlanes(gallery);
  const values = rawValues(gallery, index);
  const size = width * height;
  const pixels = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const planes = Array.from({ length: channels }, (_, c) => values[c * size + i]);
    if (channels === 3) pixels[i] = word(byteOf(planes[0]), byteOf(planes[1]), byteOf(planes[2]));
    else {
      const grey = byteOf(planes.reduce((sum, v) => sum + v, 0) / channels);
      pixels[i] = word(grey, grey, grey);
    }
  }
  return { width, height, pixels };
}

/** Frames of a recording of events. */
export const eventBins = (gallery: Gallery): number =>
  Math.max(1, galleryPlanes(gallery).channels / POLARITIES);

/** The frame of a recording with the most events. */
export function fullestBin(gallery: Gallery, index: number): number {
  const { height, width } = galleryPlanes(gallery);
  const each = POLARITIES * height * width;
  const at = index * gallery.size;
  const counts = Array.from({ length: eventBins(gallery) }, (_, bin) =>
    gallery.images.subarray(at + bin * each, at + (bin + 1) * each).reduce((sum, n) => sum + n, 0),
  );
  return counts.indexOf(Math.max(...counts));
}

/** Events of some bins of a recording: ON and OFF, each from the ground towards its colour by its count. */
export function rasterEvents(
  gallery: Gallery,
  index: number,
  bins: readonly number[],
  colours: { ground: Rgb; on: Rgb; off: Rgb },
): Raster {
  const { height, width } = galleryPlanes(gallery);
  const values = rawValues(gallery, index);
  const size = width * height;
  const pixels = new Uint32Array(size);
  // Four events of a cell in one frame are full colour; more frames together take more.
  const full = 0.25 * Math.sqrt(bins.length);
  for (let i = 0; i < size; i++) {
    const [on, off] = [0, 1].map((polarity) =>
      Math.min(
        1,
        bins.reduce((sum, bin) => sum + values[(bin * POLARITIES + polarity) * size + i], 0) / full,
      ),
    );
    const share = Math.max(1, on + off);
    const [r, g, b] = colours.ground.map((from, c) =>
      Math.round(from + ((colours.on[c] - from) * on + (colours.off[c] - from) * off) / share),
    );
    pixels[i] = word(r, g, b);
  }
  return { width, height, pixels };
}

/** Values to a line of a trace, where all in one would be a blur. */
const LINE = 128;

/** Lines a trace of n values is drawn in. */
export const traceLines = (n: number): number => (n > 1.5 * LINE ? Math.ceil(n / LINE) : 1);

/** The words of some texts by the column they are hashed to, the most frequent first. */
export function wordsByColumn(texts: readonly string[]): ReadonlyMap<number, string[]> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of textTokens(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const columns = new Map<number, string[]>();
  for (const [word] of [...counts].sort((a, b) => b[1] - a[1])) {
    const column = columnOf(word);
    columns.set(column, [...(columns.get(column) ?? []), word]);
  }
  return columns;
}

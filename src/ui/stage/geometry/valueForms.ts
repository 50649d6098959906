import type { ConvolutionSpec } from '../../../network/spec';
import type { DatasetEntry } from '../../../data/registry';
import { largestIndices } from '../model/bars';

/** How values that belong to one unit are drawn: a pattern in the input, a kernel, or weights on maps. */
export type ValueForm =
  /** Planes [channel][y][x], one picture each, `across` of them to a row, in the order of `cells`. */
  | { kind: 'planes'; height: number; width: number; across: number; cells: readonly number[] }
  /** Three planes as the red, green and blue of one picture. */
  | { kind: 'colour'; height: number; width: number }
  /** One value per time step. */
  | { kind: 'line' }
  /** Values without a place: the largest by name. */
  | { kind: 'list' };

/** Frames of an event set: [bin][polarity], polarity 0 first (ON). */
export const POLARITIES = 2;

/** A mosaic of `channels` planes, as square as it goes. */
export function mosaic(channels: number, height: number, width: number): ValueForm {
  const across = Math.ceil(Math.sqrt((channels * height) / width));
  return { kind: 'planes', height, width, across, cells: Array.from({ length: channels }, (_, k) => k) };
}

/** Frames of events: the ON planes of half the bins over their OFF planes, then the other half's. */
function frames(channels: number, height: number, width: number): ValueForm {
  const bins = channels / POLARITIES;
  const across = Math.ceil(bins / 2);
  const cells = [0, 1].flatMap((half) =>
    [0, 1].flatMap((polarity) =>
      Array.from({ length: across }, (_, k) => {
        const bin = half * across + k;
        return bin < bins ? bin * POLARITIES + polarity : -1;
      }),
    ),
  );
  return { kind: 'planes', height, width, across, cells };
}

/** The form of values in the input space of a data set; one block of it where inputs are divided into blocks. */
export function inputForm({ sample, channels, width, height }: DatasetEntry): ValueForm {
  switch (sample) {
    case 'picture':
      return channels === 3 ? { kind: 'colour', height, width } : mosaic(channels, height, width);
    case 'events':
      return frames(channels, height, width);
    case 'trace':
      return { kind: 'line' };
    case 'text':
    case 'features':
    case 'point':
      return { kind: 'list' };
  }
}

/** The form of a kernel: its 3×3 planes; of the first stage as the input's own channels are shown. */
export function kernelForm(stage: ConvolutionSpec, input: ValueForm | null): ValueForm {
  if (input?.kind === 'colour' && stage.inChannels === 3) return { kind: 'colour', height: 3, width: 3 };
  if (input?.kind === 'planes' && input.cells.length >= stage.inChannels && stage.inChannels > 1)
    return { ...input, height: 3, width: 3 };
  return mosaic(stage.inChannels, 3, 3);
}

/** Pixels across and down of a form drawn with one pixel a value. */
export function pixelsOf(form: Extract<ValueForm, { kind: 'planes' | 'colour' }>): {
  width: number;
  height: number;
} {
  if (form.kind === 'colour') return { width: form.width, height: form.height };
  return {
    width: form.across * form.width,
    height: Math.ceil(form.cells.length / form.across) * form.height,
  };
}

/** Entries of a list that are named: the largest in magnitude. */
export function largestEntries(values: ArrayLike<number>, count: number): number[] {
  return largestIndices(
    Float64Array.from(values, (v) => Math.abs(v)),
    count,
  );
}

/** What the colours of a tile stand for, in a few words. */
export function colourLegend(form: ValueForm, of: 'input' | 'kernel' | 'maps', channels: number): string {
  switch (form.kind) {
    case 'colour':
      return 'grey is 0; colours are ±';
    case 'line':
      return 'over time';
    case 'list':
      return 'the largest, by name';
    case 'planes':
      if (of === 'maps') return `${channels} maps side by side`;
      if (form.cells.length === 1) return '';
      return of === 'kernel' ? `${channels} planes side by side` : 'frames: ON above OFF';
  }
}

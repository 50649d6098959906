import type { ColumnCodes, ImportedSamples } from '../types';

/** Beyond this a value is no measurement, and sums of squares overflow on the way. */
export const LARGEST = 1e300;

/** ColumnRange of a column, and whether all of it is whole numbers. */
export interface ColumnRange {
  low: number;
  high: number;
  whole: boolean;
}

/** The range of nothing yet. */
export const noRange = (): ColumnRange => ({ low: Infinity, high: -Infinity, whole: true });

/** Widens a range by a finite value. */
export function widenRange(range: ColumnRange, value: number): void {
  if (value < range.low) range.low = value;
  if (value > range.high) range.high = value;
  if (range.whole && !Number.isInteger(value)) range.whole = false;
}

/** A range, and the part of it that values are cut to. */
export interface CodedRange extends ColumnRange {
  /** Values beyond it dwarf all others: what rounding costs is measured without them. */
  core?: { low: number; high: number };
}

/**
 * Feature values as bytes: 256 even levels from the smallest to the largest value of each column; whole numbers at most 255
 * apart keep a level each and lose nothing; values beyond the range are cut to it. It measures what rounding costs as it goes.
 */
export class FeatureCoder {
  readonly columns: ColumnCodes;
  /** Values cut to the range, per column. */
  readonly cut: Uint32Array;
  private readonly squaredError: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly counted: Uint32Array;
  private readonly core: (CodedRange['core'] | undefined)[];

  constructor(names: string[], ranges: readonly CodedRange[]) {
    const n = ranges.length;
    this.columns = {
      names,
      low: Float64Array.from(ranges, ({ low }) => (Number.isFinite(low) ? low : 0)),
      span: Float64Array.from(ranges, ({ low, high, whole }) =>
        high <= low || (whole && high - low <= 255) ? 255 : high - low,
      ),
    };
    this.core = ranges.map(({ core }) => core);
    [this.squaredError, this.sum, this.squares] = [0, 0, 0].map(() => new Float64Array(n));
    [this.counted, this.cut] = [new Uint32Array(n), new Uint32Array(n)];
  }

  /** Writes one row of values as bytes to out[at …]. Errors are summed in shares of the span: it may be anything up to 1e300. */
  row(values: ArrayLike<number>, out: Uint8Array, at: number): void {
    const { low, span } = this.columns;
    for (let j = 0; j < low.length; j++) {
      const above = (values[j] - low[j]) / span[j];
      const level = Math.round(255 * above);
      const byte = level < 0 ? 0 : level > 255 ? 255 : level;
      out[at + j] = byte;
      const core = this.core[j];
      if (byte !== level) this.cut[j]++;
      if (byte !== level || (core && (values[j] < core.low || values[j] > core.high))) continue;
      const error = byte / 255 - above;
      this.counted[j]++;
      this.squaredError[j] += error * error;
      this.sum[j] += above;
      this.squares[j] += above * above;
    }
  }

  /** What the rounding cost, in a sentence: the root mean square error of the column it hit most, in its standard deviations. */
  get loss(): string {
    let [worst, at] = [0, -1];
    for (let j = 0; j < this.sum.length; j++) {
      const rows = Math.max(1, this.counted[j]);
      const mean = this.sum[j] / rows;
      const variance = this.squares[j] / rows - mean * mean;
      const error = Math.sqrt(this.squaredError[j] / rows);
      // Below this the "error" is the rounding of the arithmetic itself.
      if (variance <= 0 || error < 1e-9) continue;
      const share = error / Math.sqrt(variance);
      if (share > worst) [worst, at] = [share, j];
    }
    if (at < 0) return 'Features are kept as 256 levels per column; here nothing is lost by it.';
    return `Features are kept as 256 levels per column. Rounding costs most in “${this.columns.names[at]}”: ${(100 * worst).toPrecision(2)} % of its standard deviation (root mean square).`;
  }
}

/** Whether rows of whole numbers 0 … 255 may be square grey pictures; the side, or null. */
export function squareSide(size: number, range: ColumnRange): number | null {
  const side = Math.round(Math.sqrt(size));
  return side * side === size && side >= 6 && range.whole && range.low >= 0 && range.high <= 255
    ? side
    : null;
}

/** How pixels of any numbers become bytes, and the sentence that says so (none for bytes). */
export function pixelMap(range: ColumnRange): { offset: number; factor: number; note: string | null } {
  const { low, high, whole } = range;
  if (whole && low >= 0 && high <= 255) {
    // Pictures of few levels (0 … 16, say) are stretched, so that they are seen and the first step is not lost in the dark.
    if (high >= 64 || high <= 0) return { offset: 0, factor: 1, note: null };
    return {
      offset: 0,
      factor: 255 / high,
      note: `Pixels are 0 to ${high} and are shown on a scale to 255.`,
    };
  }
  if (low >= 0 && high <= 1)
    return { offset: 0, factor: 255, note: 'Pixels from 0 to 1 are kept as 256 levels.' };
  const span = high - low || 1;
  return {
    offset: low,
    factor: 255 / span,
    note: `Pixels from ${low.toPrecision(3)} to ${high.toPrecision(3)} are kept as 256 levels.`,
  };
}

/** Interleaved pixels [row][column][channel] as planes [channel][row][column], of the first `kept` channels. */
export function deinterleave(
  pixels: ArrayLike<number>,
  from: number,
  area: number,
  channels: number,
  kept: number,
  out: Uint8Array,
  at: number,
): void {
  for (let c = 0; c < kept; c++)
    for (let i = 0; i < area; i++) out[at + c * area + i] = pixels[from + i * channels + c];
}

/** The value a feature byte stands for. */
export const decodedValue = ({ low, span }: ColumnCodes, j: number, byte: number): number =>
  low[j] + (byte / 255) * span[j];

/** Feature rows of bytes read as square pictures. */
export function asPictures(samples: ImportedSamples, side: number): ImportedSamples {
  return { ...samples, sample: 'picture', width: side, height: side, columns: null };
}

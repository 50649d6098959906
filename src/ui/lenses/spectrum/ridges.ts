import type { RidgeSample } from '../../../store/series/ridgeSamples';
import { type AxisScale, linearAxis, logAxis, toShare } from '../../../drawing/scale';
import type { Pin } from '../../../worker/protocol';

/** The distribution of the values of one sample along the axis (0 … 1). */
export interface Ridge {
  step: number;
  /**
   * Heights at RESOLUTION + 1 even places of the axis. A height is √(values under the kernel), so that a single value is
   * visible beside a hundred.
   */
  heights: Float64Array;
  /** Whether classes were ticked or unticked since the moment before. */
  classes: boolean;
}

/** The axis ridges stand on: where a value lies along it, 0 … 1, and its ticks. */
export interface RidgeAxis {
  scale: AxisScale;
  share: (value: number) => number;
}

export const RIDGE_RESOLUTION = 160;
/** Standard deviation of the kernel, as a share of the axis. */
const KERNEL = 0.008;
/** Ticks there is room for, also where two networks stand side by side. */
const TICKS = 5;

/** √ of the number of values under a kernel of height 1, along the axis. */
export function ridgeHeights(values: ArrayLike<number>, share: (value: number) => number): Float64Array {
  const sums = new Float64Array(RIDGE_RESOLUTION + 1);
  const reach = Math.ceil(4 * KERNEL * RIDGE_RESOLUTION);
  for (let i = 0; i < values.length; i++) {
    const at = share(values[i]) * RIDGE_RESOLUTION;
    if (!(at >= -reach && at <= RIDGE_RESOLUTION + reach)) continue;
    const from = Math.max(0, Math.floor(at) - reach);
    const to = Math.min(RIDGE_RESOLUTION, Math.ceil(at) + reach);
    for (let k = from; k <= to; k++)
      sums[k] += Math.exp(-0.5 * ((k - at) / (KERNEL * RIDGE_RESOLUTION)) ** 2);
  }
  return sums.map(Math.sqrt);
}

/** A log axis around 1 that holds all σ but those below a hundredth of the largest, which stand at its foot. */
export function sigmaAxis(moments: readonly RidgeSample[], layer: number): RidgeAxis {
  let most = 1;
  let least = 1;
  for (const { layers } of moments) {
    const sigma = layers.at(layer)?.sigma ?? [];
    for (const value of sigma) {
      if (value > most) most = value;
      if (value > 0 && value < least) least = value;
    }
  }
  const high = Math.max(2, most) * 1.25;
  const low = Math.min(0.5, Math.max(least, most / 100)) / 1.25;
  const scale = logAxis(low, high, { count: TICKS });
  return { scale, share: toShare(scale) };
}

/** A linear axis symmetric about 0 that holds all but one in two hundred of the biases. */
export function biasAxis(moments: readonly RidgeSample[], layer: number): RidgeAxis {
  const sizes = moments
    .flatMap(({ layers }) => Array.from(layers.at(layer)?.bias ?? [], Math.abs))
    .sort((a, b) => a - b);
  const most = sizes.at(Math.min(sizes.length - 1, Math.floor(0.995 * sizes.length))) ?? 0;
  const high = most > 0 ? 1.1 * most : 0.01;
  const scale = linearAxis(-high, high, { count: 3 });
  // The few biases beyond are not drawn at the ends, where there are none.
  return { scale, share: toShare(scale, false) };
}

/** One ridge for each moment, oldest first; marks those before which the classes in training changed. */
export function ridgesOf(
  moments: readonly RidgeSample[],
  values: (moment: RidgeSample) => ArrayLike<number>,
  axis: RidgeAxis,
  pins: readonly Pin[],
): Ridge[] {
  const changes = pins.filter(({ kind }) => kind === 'classes').map(({ step }) => step);
  return moments.map((moment, i) => ({
    step: moment.step,
    heights: ridgeHeights(values(moment), axis.share),
    classes: i > 0 && changes.some((step) => step >= moments[i - 1].step && step < moment.step),
  }));
}

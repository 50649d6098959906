import type { RidgeSample } from '../../../store/series/ridgeSamples';
import type { Pin } from '../../../worker/protocol';

/** Values of one moment on a ridge's axis, 0 … 1, with their height there. */
export interface Ridge {
  step: number;
  /** Heights at RESOLUTION + 1 even places of the axis: √(values per kernel), so that one value stays visible beside a hundred. */
  heights: Float64Array;
  /** Whether classes were ticked or unticked since the moment before. */
  classes: boolean;
}

/** An axis of values: their place, 0 … 1, and round ticks. */
export interface RidgeAxis {
  low: number;
  high: number;
  share: (value: number) => number;
  ticks: number[];
}

export const RIDGE_RESOLUTION = 160;
/** Standard deviation of the kernel, as a share of the axis. */
const KERNEL = 0.008;

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
  const span = Math.log(high / low);
  const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter(
    (v) => v >= low && v <= high,
  );
  const few =
    ticks.length > 5
      ? ticks.filter((v) => v === 1 || /^(0\.0?)?1|^10+$/.test(String(v)) || v === 2 || v === 5)
      : ticks;
  return {
    low,
    high,
    share: (value) => (value > low ? Math.log(value / low) / span : 0),
    ticks: few,
  };
}

/** A linear axis symmetric about 0 that holds all but one in two hundred of the biases. */
export function biasAxis(moments: readonly RidgeSample[], layer: number): RidgeAxis {
  const sizes = moments
    .flatMap(({ layers }) => Array.from(layers.at(layer)?.bias ?? [], Math.abs))
    .sort((a, b) => a - b);
  const most = sizes.at(Math.min(sizes.length - 1, Math.floor(0.995 * sizes.length))) ?? 0;
  const high = most > 0 ? 1.1 * most : 0.01;
  const power = 10 ** Math.floor(Math.log10(high));
  const step = [5, 2, 1].map((m) => m * power).find((s) => s <= high) ?? power;
  return { low: -high, high, share: (value) => (value + high) / (2 * high), ticks: [-step, 0, step] };
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

import { TYPED_RANGE } from '../../../network/settings';
import { isOnShell } from '../../../activations/shell';
import type { IsotropicActivation } from '../../../activations/types';

/** The part of a logarithmic scale that a slider shows. */
export interface TrackWindow {
  low: number;
  high: number;
}

const clamp = (value: number): number => Math.min(TYPED_RANGE.max, Math.max(TYPED_RANGE.min, value));

/** The window of λ's slider: λ·E from 0.1 % to 3000 % of the data loss. Null while one of them is not known. */
export function lambdaWindow(dataLoss: number, energy: number): TrackWindow | null {
  if (!(dataLoss > 0) || !(energy > 0)) return null;
  return { low: clamp((0.001 * dataLoss) / energy), high: clamp((30 * dataLoss) / energy) };
}

/** The window of o's slider: from a hundredth to a hundred times the median ‖z‖². Null without norms. */
export function lengthWindow(squaredNorms: Float32Array): TrackWindow | null {
  const median = Float32Array.from(squaredNorms).sort()[squaredNorms.length >> 1];
  return median > 0 ? { low: clamp(median / 100), high: clamp(median * 100) } : null;
}

/**
 * Whether a target has moved so far from the window shown (a quarter of a decade at either end) that the slider should
 * follow.
 */
export function hasDrifted(shown: TrackWindow, target: TrackWindow): boolean {
  const quarter = 10 ** 0.25;
  const far = (a: number, b: number): boolean => a / b > quarter || b / a > quarter;
  return far(shown.low, target.low) || far(shown.high, target.high);
}

/** Shares of samples in `bins` equal steps of log ‖z‖² across a window. */
export function logHistogram(squaredNorms: Float32Array, { low, high }: TrackWindow, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = bins / Math.log(high / low);
  for (const value of squaredNorms) {
    const bin = Math.floor(Math.log(value / low) * scale);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  return counts.map((c) => c / Math.max(1, squaredNorms.length));
}

/** Share of samples on the shell of an isotropic layer (see isOnShell), from ‖z‖² of each; 0 without samples. */
export function shellShare(squaredNorms: Float32Array, o: number, activation: IsotropicActivation): number {
  let on = 0;
  for (const norm of squaredNorms) if (isOnShell(activation, o, norm)) on++;
  return on / Math.max(1, squaredNorms.length);
}

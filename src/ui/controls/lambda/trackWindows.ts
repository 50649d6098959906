import { TYPED_RANGE } from '../../../network/settings';

/** A window of a log track. */
export interface TrackWindow {
  low: number;
  high: number;
}

const clamp = (value: number): number => Math.min(TYPED_RANGE.max, Math.max(TYPED_RANGE.min, value));

/** λ's window: where λ·E is 0.1 % … 3000 % of the data loss. Null while there is nothing to measure it by. */
export function lambdaWindow(dataLoss: number, energy: number): TrackWindow | null {
  if (!(dataLoss > 0) || !(energy > 0)) return null;
  return { low: clamp((0.001 * dataLoss) / energy), high: clamp((30 * dataLoss) / energy) };
}

/** o's window: a hundredth to a hundred times the median ‖z‖². */
export function lengthWindow(squaredNorms: Float32Array): TrackWindow | null {
  const median = Float32Array.from(squaredNorms).sort()[squaredNorms.length >> 1];
  return median > 0 ? { low: clamp(median / 100), high: clamp(median * 100) } : null;
}

/** Whether a window has drifted so far (a quarter of a decade at either end) that the track should follow. */
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

/** ‖h‖ above which a sample counts as on the shell. */
const SHELL = 0.995;

/**
 * Share of samples on the shell of an isotropic layer: ‖h‖ = ‖z‖·tanh(m)/m > 0.995 with m = √(o + ‖z‖²). At o ≈ 0 this
 * is tanh m > 0.995; with a large o the length of h answers to z again, and the layer has left the shell.
 */
export function shellShare(squaredNorms: Float32Array, o: number): number {
  if (squaredNorms.length === 0) return 0;
  let on = 0;
  for (const norm of squaredNorms) {
    const m = Math.sqrt(o + norm);
    if (m > 0 && (Math.sqrt(norm) * Math.tanh(m)) / m > SHELL) on++;
  }
  return on / squaredNorms.length;
}

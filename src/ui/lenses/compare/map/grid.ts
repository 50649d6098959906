import { lambdaWindow, lengthWindow, type TrackWindow } from '../../../controls/lambda/trackWindows';

/** Copies along each side of the map. */
export const MAP_SIDE = 5;

export interface SweepGrid {
  lambdas: number[];
  os: number[];
}

/** `n` values from low to high, evenly spaced in log, to two significant digits. */
export function evenlySpaced({ low, high }: TrackWindow, n: number): number[] {
  return Array.from({ length: n }, (_, k) => Number((low * (high / low) ** (k / (n - 1))).toPrecision(2)));
}

/**
 * The map where λ and o bite: λ·E from 0.1 % to 3000 % of the data loss, o from a hundredth to a hundred times the median
 * ‖z‖² of the layer in focus. Null while there is nothing to measure them by.
 */
export function gridFor(loss: number, energy: number, squaredNorms: Float32Array): SweepGrid | null {
  const lambda = lambdaWindow(loss, energy);
  const o = lengthWindow(squaredNorms);
  // At the ends of what may be typed a window can shrink to a point.
  if (!lambda || !o || lambda.high / lambda.low < 10 || o.high / o.low < 10) return null;
  return { lambdas: evenlySpaced(lambda, MAP_SIDE), os: evenlySpaced(o, MAP_SIDE) };
}

/** Beyond the outermost values an axis goes on for half a cell. */
const HALF = 0.5;

/**
 * Where a value stands on an axis of cells, as a share of it (cell k of n is centred on (k + ½)/n), log-linear between the
 * values. `inside` is false where it lies off the axis, at whose end it then stands.
 */
export function shareAt(value: number, values: readonly number[]): { share: number; inside: boolean } {
  const last = values.length - 1;
  if (!(value > 0)) return { share: 0, inside: false };
  const upper = values.findIndex((v) => v > value);
  const k = Math.min(last - 1, Math.max(0, (upper < 0 ? last : upper) - 1));
  const place = k + Math.log(value / values[k]) / Math.log(values[k + 1] / values[k]);
  const held = Math.min(last + HALF, Math.max(-HALF, place));
  return { share: (held + HALF) / values.length, inside: Math.abs(held - place) < 1e-9 };
}

/** The value at a share of an axis of cells, to three significant digits. */
export function cellAxisValue(share: number, values: readonly number[]): number {
  const last = values.length - 1;
  const place = Math.min(1, Math.max(0, share)) * values.length - HALF;
  const k = Math.min(last - 1, Math.max(0, Math.floor(place)));
  return Number((values[k] * (values[k + 1] / values[k]) ** (place - k)).toPrecision(3));
}

/** How far up a range of positive values one lies, in log: the colour of E. */
export function logShare(value: number, [low, high]: [number, number]): number {
  if (!(value > 0)) return 0;
  if (!(high > low)) return 1;
  return Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low)));
}

/** Smallest and largest positive value; null without any. */
export function positiveRange(values: readonly number[]): [number, number] | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  return positive.length ? [Math.min(...positive), Math.max(...positive)] : null;
}

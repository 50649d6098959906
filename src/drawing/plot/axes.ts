import { linearAxis, logAxis, toShare } from '../scale';
import type { PlotAxis } from './types';

/** Share of an axis kept for 0 at the foot of a logarithmic one. */
const ZERO = 0.1;

/** An axis laid out: values to shares 0 … 1 of its length, and what is written along it. */
export interface PlotScale {
  /** Where a value stands; at the edge where it lies beyond, null where the axis has no place for it. */
  share: (value: number | string) => number | null;
  ticks: { share: number; label: string }[];
  /** Where a log axis is broken between 0 and the rest; null where it is not. */
  gap: number | null;
}

/** Lays out an axis for the values drawn on it; `count` is how many ticks there is room for. */
export function plotScale(axis: PlotAxis, values: readonly number[], count: number): PlotScale {
  if (axis.scale === 'category') {
    const { categories } = axis;
    const place = (i: number): number => (i + 0.5) / categories.length;
    return {
      share: (value) => {
        const i = categories.indexOf(String(value));
        return i < 0 ? null : place(i);
      },
      ticks: categories.map((label, i) => ({ share: place(i), label })),
      gap: null,
    };
  }
  const { format } = axis;
  const known = values.filter(Number.isFinite);
  if (axis.scale === 'linear') {
    const [from, to] = padded(Math.min(...known), Math.max(...known), 0.06);
    const laid = linearAxis(from, to, { count, format, whole: format === 'count' });
    const share = toShare(laid);
    return {
      share: (value) => (Number.isNaN(Number(value)) ? null : share(Number(value))),
      ticks: laid.ticks.map(({ value, label }) => ({ share: share(value), label })),
      gap: null,
    };
  }
  const positive = known.filter((value) => value > 0);
  const foot = positive.length < known.length ? ZERO : 0;
  const decades = positive.map(Math.log10);
  const [low, high] = padded(Math.min(...decades), Math.max(...decades), 0.08, 0.5);
  const laid = logAxis(10 ** low, 10 ** high, { count, format });
  const along = toShare(laid);
  const share = (value: number): number => foot + (1 - foot) * along(value);
  const zero = foot / 2.5;
  return {
    share: (value) => (Number(value) > 0 ? share(Number(value)) : foot > 0 ? zero : null),
    ticks: [
      ...(foot > 0 ? [{ share: zero, label: '0' }] : []),
      ...laid.ticks.map(({ value, label }) => ({ share: share(value), label })),
    ],
    gap: foot > 0 ? foot * 0.8 : null,
  };
}

/** A range with room around it, and around a single value at least `least`; 0 … 1 where there is nothing at all. */
function padded(low: number, high: number, room: number, least = 0): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const span = high - low;
  const around = span > 0 ? room * span : least || Math.abs(high) * 0.1 || 1;
  return [low - around, high + around];
}

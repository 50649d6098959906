import { axisTick, linearTicks, logTicks } from '../../ui/charts/scale';
import { formatNumber } from '../format';
import type { PlotAxis } from './types';

/** Share of an axis kept for 0 at the foot of a logarithmic one. */
const ZERO = 0.1;

/** An axis laid out: values to shares 0 … 1 of its length, and what is written along it. */
export interface PlotScale {
  share: (value: number | string) => number | null;
  ticks: { share: number; label: string }[];
  /** Where a log axis is broken between 0 and the rest; null where it is not. */
  gap: number | null;
}

const tickLabel = (value: number, axis: Exclude<PlotAxis, { scale: 'category' }>): string => {
  if (axis.format === 'share') return `${Number((100 * value).toPrecision(4))} %`;
  return axis.format === 'seconds' ? formatNumber(value, 'seconds') : axisTick(value);
};

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
  const known = values.filter(Number.isFinite);
  if (axis.scale === 'log') return layLog(axis, known, count);
  const [low, high] = padded(Math.min(...known), Math.max(...known), 0.06);
  const share = (value: number): number => (value - low) / (high - low);
  return {
    share: (value) => inside(share(Number(value))),
    ticks: linearTicks(low, high, count).map((tick) => ({
      share: share(tick),
      label: tickLabel(tick, axis),
    })),
    gap: null,
  };
}

function layLog(
  axis: Exclude<PlotAxis, { scale: 'category' }>,
  values: readonly number[],
  count: number,
): PlotScale {
  const positive = values.filter((value) => value > 0);
  const foot = positive.length < values.length ? ZERO : 0;
  const [a, b] = padded(Math.log10(Math.min(...positive)), Math.log10(Math.max(...positive)), 0.08, 0.5);
  const share = (value: number): number => foot + ((1 - foot) * (Math.log10(value) - a)) / (b - a);
  const zero = foot > 0 ? [{ share: foot / 2.5, label: '0' }] : [];
  return {
    share: (value) => (Number(value) > 0 ? inside(share(Number(value))) : foot > 0 ? foot / 2.5 : null),
    ticks: [
      ...zero,
      ...logTicks(10 ** a, 10 ** b, count).map((tick) => ({
        share: share(tick),
        label: tickLabel(tick, axis),
      })),
    ],
    gap: foot > 0 ? foot * 0.8 : null,
  };
}

/** A share drawn at the edge of the plot rather than outside it; null for none. */
const inside = (share: number): number | null =>
  Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null;

/** A range with room around it, and around a single value at least `least`; 0 … 1 where there is nothing at all. */
function padded(low: number, high: number, room: number, least = 0): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const span = high - low;
  const around = span > 0 ? room * span : least || Math.abs(high) * 0.1 || 1;
  return [low - around, high + around];
}

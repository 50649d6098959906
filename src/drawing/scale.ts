import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber, groupedInteger, type NumberFormat, roundedNumber } from './format';

/** A mark along an axis: where it stands and what is written there. */
export interface AxisTick {
  value: number;
  label: string;
}

/**
 * An axis of numbers as plain data: two axes that are equal draw the same. `domain` holds the values at the near and the far end of
 * the axis; its first value is the larger one where the axis runs backwards. A logarithmic axis has positive values only.
 */
export interface AxisScale {
  log: boolean;
  domain: [number, number];
  ticks: AxisTick[];
}

/** How numbers along an axis are written: as their format asks, or `percent`: shares times 100, without the sign. */
export type TickFormat = NumberFormat | 'percent';

interface AxisOptions {
  /** About how many ticks there is room for; at most one more is drawn. */
  count?: number;
  format?: TickFormat;
}

/** Rounding noise of binary fractions taken off: 0.30000000000000004 becomes 0.3. */
const clean = (value: number): number => Number(value.toPrecision(12));

/** d3 treats a number of ticks as a hint and may give twice as many; this asks for fewer until at most `most` come. */
function atMost(count: number, ticksFor: (hint: number) => number[], most = count + 1): number[] {
  for (let hint = Math.max(1, Math.round(count)); hint > 1; hint--) {
    const ticks = ticksFor(hint);
    if (ticks.length <= most) return ticks;
  }
  return ticksFor(1);
}

/** Round numbers from `low` to `high`, at most `count` + 1 of them; only whole ones where `whole` is set. */
export function linearTicks(low: number, high: number, count: number, whole = false): number[] {
  if (!(high > low)) return [low];
  const scale = scaleLinear().domain([low, high]);
  return atMost(count, (hint) => {
    const ticks = scale.ticks(hint);
    return whole ? ticks.filter(Number.isInteger) : ticks;
  });
}

/** Round numbers for a logarithmic axis: powers of ten where it spans three or more, else 2 and 5 times them too, or all multiples. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const exponents = scaleLinear().domain([Math.log10(low), Math.log10(high)]);
  const powers = atMost(count, (hint) => exponents.ticks(hint).filter(Number.isInteger));
  if (powers.length >= 3) return powers.map((power) => clean(10 ** power));
  const multiples = scaleLog().domain([low, high]).ticks(count);
  const few = multiples.filter((value) => /^[125]/.test(value.toExponential(0)));
  for (const [shown, least] of [
    [few, 3],
    [multiples, 2],
    [few, 2],
  ] as const)
    if (shown.length >= least && shown.length <= count + 1) return shown.map(clean);
  return powers.length >= 2 ? powers.map((power) => clean(10 ** power)) : linearTicks(low, high, 3);
}

/** What is written at ticks. Round numbers are written exactly; along a linear axis all have as many decimals as the finest needs. */
export function tickLabels(ticks: readonly number[], format: TickFormat, log = false): string[] {
  if (format === 'seconds') return ticks.map((tick) => formatNumber(tick, format));
  if (format === 'count') return ticks.map(groupedInteger);
  const hundred = format === 'share' || format === 'percent';
  const values = ticks.map((tick) => clean(hundred ? 100 * tick : tick));
  const unit = format === 'share' ? ' %' : '';
  const labels = values.map((value) => roundedNumber(value, 12));
  if (log || labels.some((label) => label.includes('×') || label.includes('10⁻')))
    return labels.map((label) => label + unit);
  const decimals = Math.max(0, ...values.map((value) => (String(value).split('.').at(1) ?? '').length));
  return values.map((value) => value.toFixed(value === 0 ? 0 : decimals).replace('-', '−') + unit);
}

const labelled = (ticks: readonly number[], format: TickFormat, log: boolean): AxisTick[] => {
  const labels = tickLabels(ticks, format, log);
  return ticks.map((value, i) => ({ value, label: labels[i] }));
};

/** A linear axis from `low` to `high`, with given ticks or round ones. */
export function linearAxis(
  low: number,
  high: number,
  {
    count = 4,
    format = 'number',
    whole = false,
    ticks,
  }: AxisOptions & { whole?: boolean; ticks?: readonly number[] } = {},
): AxisScale {
  return {
    log: false,
    domain: [low, high],
    ticks: labelled(ticks ?? linearTicks(low, high, count, whole), format, false),
  };
}

/** A logarithmic axis over positive values. */
export function logAxis(
  low: number,
  high: number,
  { count = 4, format = 'number' }: AxisOptions = {},
): AxisScale {
  return { log: true, domain: [low, high], ticks: labelled(logTicks(low, high, count), format, true) };
}

/** The same axis running from the other end. */
export function reversedAxis(axis: AxisScale): AxisScale {
  return { ...axis, domain: [axis.domain[1], axis.domain[0]] };
}

/** How an axis finds its ends: from zero, or around the data. */
export type AxisFit = 'zero' | 'data';

/** The y axis of data that span `range` (null where there are none yet), with room around them and ends on round numbers. */
export function fittedAxis(
  range: readonly [number, number] | null,
  { log, fit, count, format = 'number' }: { log: boolean; fit: AxisFit; count: number; format?: TickFormat },
): AxisScale {
  if (log) {
    const [low, high] = range && range[1] > 0 ? range : [0.1, 1];
    const positive = low > 0 ? low : high / 1e3;
    // At least a third of a decade, so that noise does not fill the chart.
    const middle = Math.sqrt(positive * high);
    const half = Math.max(Math.sqrt(high / positive) * 1.08, 10 ** (1 / 6));
    return logAxis(middle / half, middle * half, { count, format });
  }
  const [low, high] = range ?? [0, 1];
  const base = fit === 'zero' ? Math.min(0, low) : low;
  // Noise in the sixth digit is not worth an axis.
  const span = Math.max(high - base, Math.abs(high) * 1e-6) || 1;
  const scale = scaleLinear().domain([base, base + span]);
  const ticks = atMost(
    count,
    (hint) => {
      // Rounding the ends may make the range so much wider that a coarser step suits it: once more, then it stands.
      const [from, to] = scale.copy().nice(hint).nice(hint).domain();
      return scaleLinear().domain([from, to]).ticks(hint);
      // The two ends are among the ticks here: one more than along an axis whose ends are not round.
    },
    count + 2,
  );
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const step = ticks.length > 1 ? ticks[1] - first : span;
  const ends = [Math.min(base, first), Math.max(high, last > first ? last : first + step)] as const;
  return linearAxis(clean(ends[0]), clean(ends[1]), { ticks: ticks.map(clean), format });
}

/**
 * Values to shares of the axis: 0 at its near end, 1 at its far end. Values beyond stand at the end, unless `clamp` is false; what a log
 * axis cannot show stands at its small end.
 */
export function toShare({ log, domain }: AxisScale, clamp = true): (value: number) => number {
  const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range([0, 1]).clamp(clamp);
  const smallest = domain[0] <= domain[1] ? 0 : 1;
  return (value) => (log && !(value > 0) ? smallest : scale(value));
}

/** Shares of the axis back to values. */
export function fromShare({ log, domain }: AxisScale): (share: number) => number {
  const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range([0, 1]);
  return (share) => scale.invert(share);
}

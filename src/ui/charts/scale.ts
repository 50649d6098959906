/** A map from data to pixels with round ticks. */
export interface ChartScale {
  log: boolean;
  domain: [number, number];
  ticks: number[];
  /** Data → share of the axis, 0 at the low end; clamped to the axis. */
  share: (value: number) => number;
  /** Share of the axis → data. */
  invert: (share: number) => number;
}

const ROUND = [1, 2, 2.5, 5, 10];

/** The round step that cuts `span` into at most `count` pieces. */
function roundStep(span: number, count: number, whole: boolean): number {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (ROUND.find((r) => r * power >= raw * (1 - 1e-9)) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

const clean = (value: number): number => Number(value.toPrecision(12));

/** Round numbers in [low, high]. */
export function linearTicks(low: number, high: number, count: number, whole = false): number[] {
  if (!(high > low)) return [low];
  const step = roundStep(high - low, count, whole);
  const first = Math.ceil(low / step - 1e-9);
  const number = Math.min(count + 2, Math.floor(high / step + 1e-9) - first + 1);
  return Array.from({ length: Math.max(0, number) }, (_, k) => clean((first + k) * step));
}

/** Powers of ten in [low, high], thinned to `count`; within less than two decades also 2 and 5 times them. */
export function logTicks(low: number, high: number, count: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const every = Math.max(1, Math.ceil((last - first) / Math.max(1, count)));
  const within = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const powers: number[] = [];
  for (let e = Math.ceil(first / every) * every; e <= last; e += every) powers.push(clean(10 ** e));
  const shown = powers.filter(within);
  if (shown.length >= 3 || Math.log10(high / low) > 3) return shown;
  const finer: number[] = [];
  for (let e = first; e <= last; e++) for (const m of [1, 2, 5]) finer.push(clean(m * 10 ** e));
  const kept = finer.filter(within);
  if (kept.length >= 2 && kept.length <= count + 1) return kept;
  return shown.length >= 2 ? shown : linearTicks(low, high, 3);
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number on an axis, at most seven characters: 0.005, 25, 10⁻⁴, 5·10⁻⁴. */
export function axisTick(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e4)) return String(Number(value.toPrecision(3)));
  const power = Math.floor(Math.log10(size) + 1e-9);
  const raised = `10${power < 0 ? '⁻' : ''}${String(Math.abs(power)).replace(/\d/g, (d) => SUPERSCRIPT[Number(d)])}`;
  const mantissa = Number((value / 10 ** power).toPrecision(2));
  return mantissa === 1 ? raised : `${mantissa}·${raised}`;
}

export function linearScale(low: number, high: number, ticks: number[]): ChartScale {
  const span = high - low || 1;
  return {
    log: false,
    domain: [low, high],
    ticks,
    share: (value) => Math.min(1, Math.max(0, (value - low) / span)),
    invert: (share) => low + share * span,
  };
}

/** A log axis over positive values; what is zero or less sits at its foot. */
export function logScale(low: number, high: number, count: number): ChartScale {
  const a = Math.log10(low);
  const span = Math.log10(high) - a || 1;
  return {
    log: true,
    domain: [low, high],
    ticks: logTicks(low, high, count),
    share: (value) => (value > 0 ? Math.min(1, Math.max(0, (Math.log10(value) - a) / span)) : 0),
    invert: (share) => 10 ** (a + share * span),
  };
}

/** How an axis finds its ends: from zero, or around the data. */
export type AxisFit = 'zero' | 'data';

/** The y axis of data spanning `range` (null: none yet). */
export function yScale(
  range: [number, number] | null,
  log: boolean,
  fit: AxisFit,
  count: number,
): ChartScale {
  if (log) {
    const [low, high] = range && range[1] > 0 ? range : [0.1, 1];
    const a = low > 0 ? low : high / 1e3;
    // At least a third of a decade, so that noise does not fill the chart.
    const middle = Math.sqrt(a * high);
    const half = Math.max(Math.sqrt(high / a) * 1.08, 10 ** (1 / 6));
    return logScale(middle / half, middle * half, count);
  }
  const [low, high] = range ?? [0, 1];
  const base = fit === 'zero' ? Math.min(0, low) : low;
  // Noise in the sixth digit is not worth an axis.
  const span = Math.max(high - base, Math.abs(high) * 1e-6) || 1;
  const step = roundStep(span, count, false);
  const bottom = clean(Math.floor(base / step + 1e-9) * step);
  const top = clean(Math.ceil(high / step - 1e-9) * step);
  const end = top > bottom ? top : bottom + step;
  return linearScale(bottom, end, linearTicks(bottom, end, count + 1));
}

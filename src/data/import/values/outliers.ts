import { groupedCount } from '../limits';

/** A range without the few values that dwarf all others, and what lies outside it. */
export interface Core {
  low: number;
  high: number;
  /** Values beyond the core, the outermost first. */
  beyond: number[];
}

/** So many times the spread of all others a value must stand off to dwarf them; less where it is one that is used for "missing". */
const DWARFS = 20;
const SENTINEL_GAP = 2;
const SENTINELS = new Set([
  -99, -999, -9999, -99999, -999999, -9999999, -32768, -2147483648, -1e20, -1e30, 99, 999, 9999, 99999,
  999999, 9999999, 99999999, 999999999, 9999999999, 32767, 65535, 2147483647, 4294967295, 1e20, 1e30, 1e37,
  1e38,
]);
/** Scattered extremes: the range is so many times what 95 % of the values span. */
const SCATTERED = 50;

interface Extremes {
  low: number;
  high: number;
  /** Different values, outermost first. */
  highs: readonly number[];
  lows: readonly number[];
  /** Some values in order of size. */
  sample: ArrayLike<number>;
}

/** How many of the outermost values at one end dwarf the rest, which ends at `other`. */
function dwarfing(ends: readonly number[], other: number): number {
  for (let k = 1; k < ends.length; k++) {
    const spread = Math.abs(ends[k] - other);
    if (spread === 0) continue;
    const gap = Math.abs(ends[k - 1] - ends[k]);
    const least = SENTINELS.has(ends[k - 1]) ? SENTINEL_GAP : DWARFS;
    if (gap > least * spread) return k;
  }
  return 0;
}

/**
 * The range of a column without what dwarfs it: single values (or one that stands for "missing", like −999) far off from all others,
 * or some that make the range many times what nearly all values span. Null where nothing does.
 */
export function coreOf({ low, high, highs, lows, sample }: Extremes): Core | null {
  if (!(high > low)) return null;
  const above = dwarfing(highs, low);
  const below = dwarfing(lows, above > 0 ? highs[above] : high);
  // With what is too low gone, what is too high may be seen.
  const again = above === 0 && below > 0 ? dwarfing(highs, lows[below]) : above;
  const core: Core = {
    low: below > 0 ? lows[below] : low,
    high: again > 0 ? highs[again] : high,
    beyond: [...highs.slice(0, again), ...lows.slice(0, below)],
  };
  const n = sample.length;
  if (n >= 40) {
    const [from, to] = [sample[Math.floor(0.025 * n)], sample[Math.ceil(0.975 * n) - 1]];
    const spread = to - from;
    if (spread > 0 && core.high - core.low > SCATTERED * spread) {
      core.low = Math.max(core.low, from - spread);
      core.high = Math.min(core.high, to + spread);
      core.beyond = [...highs.filter((v) => v > core.high), ...lows.filter((v) => v < core.low)];
    }
  }
  return core.beyond.length > 0 && core.high > core.low ? core : null;
}

/** A number as people read it. */
export function plain(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return groupedCount(value).replace('-', '−');
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

/** What is said of a column whose extreme values are cut, or could be. */
export function coreNote(name: string, { low, high, beyond }: Core, cut: number, isCut: boolean): string {
  const what = beyond.length > 3 ? 'some values' : beyond.map(plain).join(', ');
  const others = `${plain(low)} … ${plain(high)}`;
  return isCut
    ? `“${name}”: ${groupedCount(cut)} ${cut === 1 ? 'value' : 'values'} far beyond all others (${what}) ${cut === 1 ? 'is' : 'are'} cut to ${others}.`
    : `“${name}”: ${what} dwarf all other values (${others}), which share the few levels that are left.`;
}

/**
 * A logarithmic track: positions 0 … 1 along it stand for the values of its window. A stretch at its left end (the
 * detent) may stand for an exact 0.
 */
export interface LogTrack {
  /** Window of the track, both > 0. */
  low: number;
  high: number;
  /** Whether position 0 is an exact zero; the window then starts after the detent. */
  zero: boolean;
}

/** Share of the track that belongs to the exact zero. */
export const DETENT = 0.07;

const start = ({ zero }: LogTrack): number => (zero ? DETENT : 0);

/** Position of a value on the track, 0…1; values outside the window stand at its ends. */
export function positionOf(value: number, track: LogTrack): number {
  if (value <= 0) return 0;
  const { low, high } = track;
  const share = Math.log(value / low) / Math.log(high / low);
  return start(track) + (1 - start(track)) * Math.min(1, Math.max(0, share));
}

/** Value at a position, to three significant digits; exactly 0 inside the detent. */
export function trackValueAt(position: number, track: LogTrack): number {
  const from = start(track);
  if (track.zero && position < DETENT / 2) return 0;
  const share = Math.min(1, Math.max(0, (position - from) / (1 - from)));
  return Number((track.low * (track.high / track.low) ** share).toPrecision(3));
}

/**
 * The value after pressing an arrow key: `steps` twentieths of a decade further. Below `min` comes 0 where the track has
 * it, and nothing lies above `max`.
 */
export function stepValue(value: number, steps: number, min: number, max: number, track: LogTrack): number {
  if (value === 0) return steps > 0 ? Math.min(max, Math.max(min, track.low)) : 0;
  const next = value * 10 ** (steps / 20);
  if (track.zero && steps < 0 && next < Math.min(track.low, value) * 0.999) return 0;
  return Number(Math.min(max, Math.max(min, next)).toPrecision(3));
}

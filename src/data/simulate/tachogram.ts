import type { RandomSource } from '../../network/random';

/** A state of the heart: its rate and how its intervals vary, as powers of bands of the spectrum of RR. */
export interface HeartState {
  name: string;
  /** Beats a minute, and how they differ from trace to trace (deviation). */
  rate: { mean: number; deviation: number };
  /** Breaths per second. */
  breath: number;
  /**
   * Power of RR in ms²: 1/f below 0.04 Hz; at 0.1 Hz (baroreflex) and at the breath, Gaussians. Null where the rhythm does not come from
   * the sinus node: intervals are then independent.
   */
  bands: { slow: number; low: number; breath: number } | null;
}

/** Atrial fibrillation: the coefficient of variation of RR, about constant in one patient (Tateno and Glass 2001), its value ours; the shortest RR in seconds. */
export const FIBRILLATION = { variation: 0.24, shortest: 0.3 } as const;

/**
 * Four states. Rest: the norms of five minutes supine of the Task Force (Circulation 93, 1996): total 3,466 ms², LF 1,170, HF 975; the rest
 * of the total is given to the slow band. Elsewhere only the direction is published and the numbers are ours: breathing at 0.1 Hz brings the
 * breath's power into the low band and multiplies it (Lehrer and Gevirtz 2014); stress raises the rate, lowers HF and raises LF/HF (Castaldo
 * et al. 2015); in atrial fibrillation intervals are independent and P waves are missing.
 */
export const HEART_STATES: readonly HeartState[] = [
  {
    name: 'Rest',
    rate: { mean: 66, deviation: 8 },
    breath: 0.25,
    bands: { slow: 1321, low: 1170, breath: 975 },
  },
  {
    name: 'Slow breathing',
    rate: { mean: 66, deviation: 8 },
    breath: 0.1,
    bands: { slow: 1321, low: 0, breath: 7000 },
  },
  {
    name: 'Stress',
    rate: { mean: 88, deviation: 10 },
    breath: 0.3,
    bands: { slow: 500, low: 600, breath: 120 },
  },
  { name: 'Atrial fibrillation', rate: { mean: 90, deviation: 14 }, breath: 0.25, bands: null },
];

/** Deviations of the two Gaussians, 0.1 Hz and the breath, in Hz: the paper's c₁ and c₂. */
const BREADTH = 0.01;
/** Lines of the spectrum: those of a recording of five minutes. */
const RECORDING = 300;
const HIGHEST = 0.4;
const SLOW = { from: 1 / RECORDING, to: 0.04 } as const;

/** Power spectral density of RR at f, in ms²/Hz: as in the paper two Gaussians, and the 1/f part below them. */
function powerDensity({ bands, breath }: HeartState, f: number): number {
  if (!bands) return 0;
  const gaussian = (centre: number): number =>
    Math.exp(-((f - centre) ** 2) / (2 * BREADTH ** 2)) / (Math.sqrt(2 * Math.PI) * BREADTH);
  const slow = f >= SLOW.from && f <= SLOW.to ? 1 / (f * Math.log(SLOW.to / SLOW.from)) : 0;
  return bands.slow * slow + bands.low * gaussian(0.1) + bands.breath * gaussian(breath);
}

/** RR in seconds as a function of time: the mean and waves of the spectrum with random phases. */
export function tachogram(state: HeartState, mean: number, rng: RandomSource): (seconds: number) => number {
  if (!state.bands) {
    // Log-normal, so that intervals are positive and skewed; the floor is what the AV node lets through.
    const spread = Math.sqrt(Math.log(1 + FIBRILLATION.variation ** 2));
    return () =>
      Math.max(FIBRILLATION.shortest, mean * Math.exp(spread * rng.normal() - (spread * spread) / 2));
  }
  const waves: { turn: number; phase: number; size: number }[] = [];
  for (let k = 1; k <= HIGHEST * RECORDING; k++) {
    const f = k / RECORDING;
    const size = Math.sqrt((2 * powerDensity(state, f)) / RECORDING) / 1000;
    const phase = 2 * Math.PI * rng.uniform();
    if (size > 1e-6) waves.push({ turn: 2 * Math.PI * f, phase, size });
  }
  return (seconds) =>
    Math.max(
      FIBRILLATION.shortest,
      waves.reduce((rr, { turn, phase, size }) => rr + size * Math.cos(turn * seconds + phase), mean),
    );
}

/** Times of R peaks from 0 to the first at or after `seconds`. */
export function beatTimes(rr: (seconds: number) => number, seconds: number): number[] {
  const times = [0];
  while (times[times.length - 1] < seconds) {
    const now = times[times.length - 1];
    times.push(now + rr(now));
  }
  return times;
}

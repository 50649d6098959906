import { type RandomSource, seededRandom } from '../../network/random';
import type { SplitName } from '../load/imageArrivals';
import { beatTimes, type HeartState, HEART_STATES, tachogram } from './tachogram';

/**
 * Traces of a simulated electrocardiogram, one lead, 10.24 s at 50 Hz, by the dynamical model of McSharry, Clifford, Tarassenko
 * and Smith, "A dynamical model for generating synthetic electrocardiogram signals", IEEE Trans. Biomed. Eng. 50(3), 2003:
 * an angle θ runs round a circle once a beat, at ω = 2π/RR, and the voltage z is pulled up and down as it passes P, Q, R, S and T:
 *   ż = −Σᵢ aᵢ Δθᵢ exp(−Δθᵢ²/2bᵢ²) − (z − z₀),   Δθᵢ = (θ − θᵢ) mod 2π,   z₀ the breath.
 * The circle attracts, and what starts on it stays on it: the model's x and y need no integration.
 */
export const ECG_TRACE = { values: 512, hertz: 50 } as const;

/** Angle from R (radians), size and width of P, Q, R, S and T: Table I of the paper. */
export const ECG_WAVES = [
  { angle: -Math.PI / 3, size: 1.2, width: 0.25 },
  { angle: -Math.PI / 12, size: -5, width: 0.1 },
  { angle: 0, size: 30, width: 0.1 },
  { angle: Math.PI / 12, size: -7.5, width: 0.1 },
  { angle: Math.PI / 2, size: 0.75, width: 0.4 },
] as const;
/** How the authors' program (ecgsyn) lets angles of waves follow the rate: powers of √(rate/60); widths follow with power 1. */
const FOLLOWS = [0.5, 1, 0, 1, 0.5] as const;
/** Size of z₀ in the units of z, in the authors' program. */
const BREATH = 0.005;
/** Lowest and highest value of a trace in millivolts, to which the authors' program scales it. */
const MILLIVOLTS = { lowest: -0.4, highest: 1.2 } as const;
/** Steps of integration a value: 250 Hz, a sixth of the narrowest wave's deviation at a minute's 90 beats. */
const SUBSTEPS = 5;
/** Seconds before the trace in which z forgets where it began (time constant 1 s), and from its beginning to the first R peak. */
const BEFORE = 3;
const LEAD = 0.2;
/** White noise of the recording, in millivolts (deviation). */
const NOISE = 0.02;
/** Fibrillatory waves in place of P: 4 to 9 a second, size in millivolts; ours, after Stridh and Sörnmo (2001). */
const FIBRILLATORY = { slowest: 5, fastest: 8, size: 0.06 } as const;
const SEED = 13;

/** Bytes of a trace: (mV + 0.6) · 127.5, so that −0.6 … 1.4 mV fit. */
const MILLIVOLT_BYTES = { zero: 0.6, scale: 127.5 } as const;

/** Δθ: the difference of two angles within −π … π. */
const between = (angle: number, other: number): number => {
  const d = angle - other;
  return d - 2 * Math.PI * Math.round(d / (2 * Math.PI));
};

/** ż + z − z₀ at an angle θ and a rate in beats a minute. */
function wavePull(theta: number, rate: number, withP = true): number {
  const factor = Math.sqrt(rate / 60);
  let sum = 0;
  for (let i = withP ? 0 : 1; i < ECG_WAVES.length; i++) {
    const { angle, size, width } = ECG_WAVES[i];
    const d = between(theta, angle * factor ** FOLLOWS[i]);
    const b = width * factor;
    if (Math.abs(d) < 6 * b) sum -= size * d * Math.exp((-d * d) / (2 * b * b));
  }
  return sum;
}

/**
 * Voltage z of the model (its own units) over a trace's 512 values from `start` seconds on, integrated from 0 with R peaks at `peaks`;
 * `rate` in beats a minute shapes the waves, `phase` is the breath's at 0.
 */
export function modelVoltage(
  state: HeartState,
  peaks: readonly number[],
  start: number,
  rate: number,
  phase: number,
): Float64Array {
  const step = 1 / (ECG_TRACE.hertz * SUBSTEPS);
  const forget = Math.exp(-step);
  const out = new Float64Array(ECG_TRACE.values);
  const first = Math.round(start / step);
  let [z, beat, before] = [0, 0, 0];
  for (let n = 0; n <= first + SUBSTEPS * (ECG_TRACE.values - 1); n++) {
    const t = n * step;
    while (t >= peaks[beat + 1]) beat++;
    const theta = (2 * Math.PI * (t - peaks[beat])) / (peaks[beat + 1] - peaks[beat]);
    const drive =
      wavePull(theta, rate, state.bands !== null) + BREATH * Math.sin(2 * Math.PI * state.breath * t + phase);
    // Trapezoids under the exact decay.
    z = z * forget + (step / 2) * (before * forget + drive);
    before = drive;
    if (n >= first && (n - first) % SUBSTEPS === 0) out[(n - first) / SUBSTEPS] = z;
  }
  return out;
}

/** Fibrillatory waves of a trace in millivolts: a base frequency and its first harmonic, swelling slowly. */
function fibrillatory(rng: RandomSource): (seconds: number) => number {
  const { slowest, fastest, size } = FIBRILLATORY;
  const turn = 2 * Math.PI * (slowest + (fastest - slowest) * rng.uniform());
  const [phase, swell] = [2 * Math.PI * rng.uniform(), 2 * Math.PI * rng.uniform()];
  return (t) =>
    size *
    (1 + 0.3 * Math.sin(2 * Math.PI * 0.2 * t + swell)) *
    (Math.sin(turn * t + phase) + 0.5 * Math.sin(2 * (turn * t + phase)));
}

/** A trace in millivolts; it begins a fifth of a second before an R peak. `peaks`: seconds from its beginning to its R peaks. */
export function ecgTrace(
  state: HeartState,
  rng: RandomSource,
): { millivolts: Float64Array; peaks: number[] } {
  const rate = Math.max(40, state.rate.mean + state.rate.deviation * rng.normal());
  const seconds = ECG_TRACE.values / ECG_TRACE.hertz;
  const rr = tachogram(state, 60 / rate, rng);
  const all = beatTimes(rr, BEFORE + 2 + seconds);
  const start = (all.find((t) => t >= BEFORE) ?? BEFORE) - LEAD;
  const z = modelVoltage(state, all, start, rate, 2 * Math.PI * rng.uniform());
  const [low, high] = [Math.min(...z), Math.max(...z)];
  const scale = (MILLIVOLTS.highest - MILLIVOLTS.lowest) / (high - low);
  const waves = state.bands === null ? fibrillatory(rng) : () => 0;
  const millivolts = z.map(
    (value, i) =>
      MILLIVOLTS.lowest + scale * (value - low) + waves(i / ECG_TRACE.hertz) + NOISE * rng.normal(),
  );
  return { millivolts, peaks: all.map((t) => t - start).filter((t) => t >= 0 && t < seconds) };
}

/** The state of trace i: they take turns, so that every prefix is balanced. */
export const heartStateOf = (i: number): number => i % HEART_STATES.length;

/** Writes trace i of a split to `out` as bytes. */
export function heartbeat(split: SplitName, i: number, out: Uint8Array): void {
  const { millivolts } = ecgTrace(
    HEART_STATES[heartStateOf(i)],
    seededRandom(SEED, `heartbeats ${split} ${i}`),
  );
  const { zero, scale } = MILLIVOLT_BYTES;
  millivolts.forEach((value, j) => {
    out[j] = Math.max(0, Math.min(255, Math.round((value + zero) * scale)));
  });
}

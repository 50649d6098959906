import { describe, expect, it } from 'vitest';
import { random } from '../../network/random';
import { loadDataset } from '../load';
import { heartbeat, trace, TRACE, WAVES } from './heartbeats';
import { beats, FIBRILLATION, STATES, tachogram } from './tachogram';

const [rest, slow, stress, fibrillation] = STATES;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const m = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
};
const RECORDINGS = 12;
/** RR intervals (s) of five minutes, several times. */
const recordings = (state: (typeof STATES)[number]): number[][] =>
  Array.from({ length: RECORDINGS }, (_, k) => {
    const times = beats(tachogram(state, 60 / state.rate.mean, random(k, state.name)), 300);
    return times.slice(1).map((t, i) => t - times[i]);
  });
/** Power in ms² between two frequencies, by a Fourier sum of RR looked at four times a second. */
function power(rr: (seconds: number) => number, from: number, to: number): number {
  const values = Array.from({ length: 1200 }, (_, i) => 1000 * rr(i / 4));
  const middle = mean(values);
  let sum = 0;
  for (let k = Math.ceil(from * 300); k < to * 300; k++) {
    let [re, im] = [0, 0];
    values.forEach((value, i) => {
      re += (value - middle) * Math.cos((2 * Math.PI * k * i) / 1200);
      im += (value - middle) * Math.sin((2 * Math.PI * k * i) / 1200);
    });
    sum += (2 * (re * re + im * im)) / 1200 ** 2;
  }
  return sum;
}

describe('simulated heartbeats', () => {
  it('have the rate and the deviation of RR that their state is given', () => {
    for (const state of STATES) {
      const all = recordings(state);
      const total = state.bands && state.bands.slow + state.bands.low + state.bands.breath;
      const wanted =
        total === null ? (FIBRILLATION.variation * 60) / state.rate.mean : Math.sqrt(total) / 1000;
      expect(60 / mean(all.map(mean))).toBeCloseTo(state.rate.mean, -0.5);
      // Beats are where RR is looked at: long intervals are looked at less often.
      expect(Math.abs(mean(all.map(deviation)) / wanted - 1)).toBeLessThan(0.1);
    }
  });

  it('have the spectra of their states: the norms at rest, the breath in the low band, LF/HF up in stress', () => {
    const bands = (state: (typeof STATES)[number]): [low: number, high: number] => {
      const rr = tachogram(state, 60 / state.rate.mean, random(1, 'spectrum'));
      return [power(rr, 0.04, 0.15), power(rr, 0.15, 0.4)];
    };
    const [low, high] = bands(rest);
    expect(Math.abs(low - 1170)).toBeLessThan(60);
    expect(Math.abs(high - 975)).toBeLessThan(50);
    const [slowLow, slowHigh] = bands(slow);
    expect(Math.abs(slowLow - 7000)).toBeLessThan(350);
    expect(slowHigh).toBeLessThan(1);
    const [stressLow, stressHigh] = bands(stress);
    expect(stressLow / stressHigh).toBeCloseTo(5, 0);
    // Independent intervals: no memory from one to the next.
    const [rr] = recordings(fibrillation);
    const m = mean(rr);
    const lag = mean(rr.slice(1).map((value, i) => (value - m) * (rr[i] - m))) / deviation(rr) ** 2;
    expect(Math.abs(lag)).toBeLessThan(0.15);
  });

  it('follow the model: all three of its equations, integrated by Runge and Kutta', () => {
    const rr = 1;
    const at60 = { ...rest, rate: { mean: 60, deviation: 0 }, bands: { slow: 0, low: 0, breath: 0 } };
    const { millivolts, peaks } = trace(at60, random(3, 'model'));
    expect(peaks[0]).toBeCloseTo(0.2, 6);
    expect(peaks[1] - peaks[0]).toBeCloseTo(rr, 9);
    const derivative = ([x, y, z]: number[]): number[] => {
      const alpha = 1 - Math.hypot(x, y);
      const omega = (2 * Math.PI) / rr;
      const theta = Math.atan2(y, x);
      let dz = -z;
      for (const { angle, size, width } of WAVES) {
        const d = Math.atan2(Math.sin(theta - angle), Math.cos(theta - angle));
        dz -= size * d * Math.exp((-d * d) / (2 * width * width));
      }
      return [alpha * x - omega * y, alpha * y + omega * x, dz];
    };
    const h = 1 / 1000;
    let state = [1, 0, 0];
    const z: number[] = [];
    for (let n = 0; n < 6000; n++) {
      if (n >= 5000) z.push(state[2]);
      const add = (k: number[], by: number): number[] => state.map((value, i) => value + by * k[i]);
      const k1 = derivative(state);
      const k2 = derivative(add(k1, h / 2));
      const k3 = derivative(add(k2, h / 2));
      const k4 = derivative(add(k3, h));
      state = state.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }
    // z[n] is n ms after an R peak. Both scaled to a height of 1.6 mV; the breath (0.14 mV) and noise are left as they are.
    const [low, high] = [Math.min(...z), Math.max(...z)];
    const errors = Array.from({ length: 400 }, (_, i) => {
      const ms = ((Math.round((i / TRACE.hertz - peaks[0]) * 1000) % 1000) + 1000) % 1000;
      return millivolts[i] - ((z[ms] - low) / (high - low)) * 1.6;
    });
    expect(deviation(errors)).toBeLessThan(0.13);
    // The breath is the larger part of what is left: without it, noise.
    const wave = (f: (t: number) => number): number => mean(errors.map((e, i) => e * f(i / TRACE.hertz)));
    const turn = 2 * Math.PI * at60.breath;
    const size =
      2 *
      Math.hypot(
        wave((t) => Math.cos(turn * t)),
        wave((t) => Math.sin(turn * t)),
      );
    expect(Math.sqrt(Math.max(0, deviation(errors) ** 2 - size ** 2 / 2))).toBeLessThan(0.05);
  });

  it('come balanced, whatever is asked first, a slice at a time, and stop when told to', async () => {
    const once = new Uint8Array(TRACE.values);
    heartbeat('test', 5, once);
    const abort = new AbortController();
    const seen: number[] = [];
    const loading = loadDataset('heartbeats', {
      base: 'https://lab.example/',
      standardisation: 'dataset',
      signal: abort.signal,
      onProgress: ({ train }) => seen.push(train),
    });
    await loading.ready('test', 60);
    const { train, test } = loading.source;
    expect(train.ready).toBeLessThan(train.total);
    expect(test.images.subarray(5 * 512, 6 * 512)).toEqual(once);
    expect(Array.from(train.labels.slice(-4))).toEqual([0, 1, 2, 3]);
    expect(seen.length).toBeGreaterThan(1);
    const reason = new Error('another set was chosen');
    abort.abort(reason);
    await expect(loading.done).rejects.toBe(reason);
    await expect(loading.ready('train', 4000)).rejects.toBe(reason);
  });
});

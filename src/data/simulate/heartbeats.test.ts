import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../network/random';
import { loadDataset } from '../load/load';
import { heartbeat, ecgTrace, ECG_TRACE, modelVoltage, ECG_WAVES } from './heartbeats';
import { beatTimes, FIBRILLATION, HEART_STATES, tachogram } from './tachogram';

const [rest, slow, stress, fibrillation] = HEART_STATES;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const m = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
};
const RECORDINGS = 12;
/** RR intervals (s) of five minutes, several times. */
const recordings = (state: (typeof HEART_STATES)[number]): number[][] =>
  Array.from({ length: RECORDINGS }, (_, k) => {
    const times = beatTimes(tachogram(state, 60 / state.rate.mean, seededRandom(k, state.name)), 300);
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
    for (const state of HEART_STATES) {
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
    const bands = (state: (typeof HEART_STATES)[number]): [low: number, high: number] => {
      const rr = tachogram(state, 60 / state.rate.mean, seededRandom(1, 'spectrum'));
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

  it.each([
    ['at rest', rest, ECG_WAVES],
    ['in fibrillation, without P', fibrillation, ECG_WAVES.slice(1)],
  ] as const)(
    'follow the model: all three of its equations, integrated by Runge and Kutta, %s',
    (_, state, waves) => {
      // 60 beats a minute, where angles and widths of waves are those of the table.
      const [start, phase, turn] = [2.8, 0.4, 2 * Math.PI * state.breath];
      const found = modelVoltage(
        state,
        Array.from({ length: 16 }, (__, k) => k),
        start,
        60,
        phase,
      );
      const derivative = (t: number, [x, y, z]: number[]): number[] => {
        const alpha = 1 - Math.hypot(x, y);
        const omega = 2 * Math.PI;
        const theta = Math.atan2(y, x);
        let dz = 0.005 * Math.sin(turn * t + phase) - z;
        for (const { angle, size, width } of waves) {
          const d = Math.atan2(Math.sin(theta - angle), Math.cos(theta - angle));
          dz -= size * d * Math.exp((-d * d) / (2 * width * width));
        }
        return [alpha * x - omega * y, alpha * y + omega * x, dz];
      };
      const h = 1 / 1000;
      let at = [1, 0, 0];
      const z: number[] = [];
      for (let n = 0; z.length < ECG_TRACE.values; n++) {
        if (n >= 1000 * start && (n - 1000 * start) % 20 === 0) z.push(at[2]);
        const add = (k: number[], by: number): number[] => at.map((value, i) => value + by * k[i]);
        const t = n * h;
        const k1 = derivative(t, at);
        const k2 = derivative(t + h / 2, add(k1, h / 2));
        const k3 = derivative(t + h / 2, add(k2, h / 2));
        const k4 = derivative(t + h, add(k3, h));
        at = at.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
      }
      const height = Math.max(...z) - Math.min(...z);
      expect(height).toBeGreaterThan(0.03);
      expect(Math.max(...z.map((value, i) => Math.abs(value - found[i])))).toBeLessThan(5e-3 * height);
    },
  );

  it('lie between −0.4 and 1.2 mV but for noise, a fifth of a second before an R peak', () => {
    const at60 = { ...rest, rate: { mean: 60, deviation: 0 }, bands: { slow: 0, low: 0, breath: 0 } };
    const { millivolts, peaks } = ecgTrace(at60, seededRandom(3, 'model'));
    expect(peaks[0]).toBeCloseTo(0.2, 6);
    expect(peaks[1] - peaks[0]).toBeCloseTo(1, 9);
    const values = Array.from(millivolts);
    expect(Math.max(...values)).toBeCloseTo(1.2, 1);
    expect(Math.min(...values)).toBeCloseTo(-0.4, 1);
    expect(values.indexOf(Math.max(...values)) % ECG_TRACE.hertz).toBe(0.2 * ECG_TRACE.hertz);
  });

  it('come balanced, whatever is asked first, a slice at a time, and stop when told to', async () => {
    const once = new Uint8Array(ECG_TRACE.values);
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

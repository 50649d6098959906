import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../registry';
import {
  EVENT_CAMERA,
  imageDisplacement,
  eventFrames,
  FRAME_VALUES,
  EVENT_FRAMES,
  simulateEvents,
  pixelThresholds,
} from './events';

const file = join(import.meta.dirname, '../../../public/data/mnist/t10k-images-idx3-ubyte.gz');
const images = new Uint8Array(gunzipSync(readFileSync(file))).subarray(16);
const DIGITS = 120;

/** Events per pixel, ON and OFF apart, by the published rule as it stands: a memory of ln I per pixel, light looked up pixel by pixel. */
function reference(image: Uint8Array): { on: Uint32Array; off: Uint32Array } {
  const { side, black, blur, step, duration, origin } = EVENT_CAMERA;
  const weight = (d: number): number => Math.exp((-d * d) / (2 * blur ** 2));
  const whole = [-2, -1, 0, 1, 2].reduce((sum, d) => sum + weight(d), 0) ** 2;
  const pixel = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < 28 && y < 28 ? image[28 * y + x] : 0;
  const light = (x: number, y: number): number => {
    let value = 0;
    for (let v = -2; v <= 2; v++)
      for (let u = -2; u <= 2; u++) value += weight(u) * weight(v) * pixel(x + u, y + v);
    return black + ((255 - black) / 255) * (value / whole);
  };
  const { on: up, off: down } = pixelThresholds();
  const [on, off] = [new Uint32Array(side * side), new Uint32Array(side * side)];
  const memory = new Float64Array(side * side);
  const known = new Map<number, number>();
  const lit = (x: number, y: number): number => {
    const key = 100 * (y + 50) + x + 50;
    return known.get(key) ?? known.set(key, light(x, y)).get(key) ?? 0;
  };
  for (let ms = 0; ms <= duration; ms += step) {
    const at = imageDisplacement(ms);
    for (let i = 0; i < side * side; i++) {
      const x = (i % side) - origin.x - at.x;
      const y = Math.floor(i / side) - origin.y - at.y;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const across = (row: number): number => lit(x0, row) + (x - x0) * (lit(x0 + 1, row) - lit(x0, row));
      const ln = Math.log(across(y0) + (y - y0) * (across(y0 + 1) - across(y0)));
      if (ms === 0) memory[i] = ln;
      for (let n = 0; n < 5 && ln - memory[i] >= up[i]; n++, memory[i] += up[i]) on[i]++;
      for (let n = 0; n < 5 && ln - memory[i] <= -down[i]; n++, memory[i] -= down[i]) off[i]++;
    }
  }
  return { on, off };
}

describe('simulated events', () => {
  it('are those of the published rule, written out', () => {
    for (const digit of [0, 7]) {
      const { on, off } = reference(images.subarray(784 * digit, 784 * (digit + 1)));
      simulateEvents(images, 784 * digit, (_, x, y, up) => (up ? on : off)[EVENT_CAMERA.side * y + x]--);
      // A level met to the last bit may fall either way.
      const differ = [...on, ...off].filter((left) => left !== 0);
      expect(differ.length).toBeLessThanOrEqual(1);
    }
  });

  it('have the statistics of N-MNIST they were fitted to', () => {
    let [events, on, active] = [0, 0, 0];
    const slots = new Array<number>(21).fill(0);
    for (let digit = 0; digit < DIGITS; digit++) {
      const pixels = new Set<number>();
      simulateEvents(images, 784 * digit, (ms, x, y, up) => {
        events++;
        if (up) on++;
        pixels.add(EVENT_CAMERA.side * y + x);
        slots[Math.floor((ms - 1) / 15)]++;
      });
      active += pixels.size;
    }
    // Real: 4,108 events over 1,100 recordings (3,947 over the sixty fitted), .498 ON, 446 active pixels (439).
    expect(events / DIGITS).toBeGreaterThan(3700);
    expect(events / DIGITS).toBeLessThan(4150);
    expect(on / events).toBeGreaterThan(0.5);
    expect(on / events).toBeLessThan(0.52);
    expect(active / DIGITS).toBeGreaterThan(415);
    expect(active / DIGITS).toBeLessThan(450);
    // Three bursts: the middle third of each saccade has most events, its ends next to none.
    for (const saccade of [0, 7, 14]) {
      const middle = slots[saccade + 2] + slots[saccade + 3] + slots[saccade + 4];
      const whole = slots.slice(saccade, saccade + 7).reduce((a, b) => a + b, 0);
      expect(middle / whole).toBeGreaterThan(0.6);
      expect((slots[saccade] + slots[saccade + 6]) / whole).toBeLessThan(0.02);
    }
  });

  it('are counted into frames by time, polarity and place', () => {
    const { channels, width, height } = DATASETS.events;
    expect(channels * width * height).toBe(FRAME_VALUES);
    const frames = new Uint8Array(FRAME_VALUES);
    eventFrames(images, 0, frames);
    const expected = new Uint32Array(FRAME_VALUES);
    const { side } = EVENT_FRAMES;
    simulateEvents(images, 0, (ms, x, y, up) => {
      // Looks are 5 ms apart: of the 63, bin b has those from 26.25·b to 26.25·(b + 1) ms, by the middle of what they saw.
      const bin = Math.floor((ms - 2.5) / 26.25);
      expected[((2 * bin + (up ? 0 : 1)) * side + Math.floor(y / 2)) * side + Math.floor(x / 2)]++;
    });
    expect(Array.from(frames)).toEqual(Array.from(expected));
  });
});

import { seededRandom } from '../network/random';

/** Points as bytes [n, 2] with labels. */
export interface LabelledPoints {
  images: Uint8Array;
  labels: Uint8Array;
}

export const SPIRALS = { arms: 3, trainCount: 3000, testCount: 1002 } as const;

const SEED = 7;
/**
 * How far an arm turns from its inner to its outer end (radians); and the standard deviation of the points across and
 * along it.
 */
const TURN = 5;
const NOISE = 0.025;
const INNER = 0.1;
const OUTER = 0.9;

/**
 * Points on three interleaved spiral arms in the square −1 … 1, with normal noise. Each coordinate is stored as a byte:
 * (byte − 127.5)/127.5. Labels take turns, so that the first points of any number are balanced.
 */
export function spirals(count: number, split: 'train' | 'test'): LabelledPoints {
  const rng = seededRandom(SEED, `spirals ${split}`);
  const images = new Uint8Array(2 * count);
  const labels = new Uint8Array(count);
  const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * value)));
  for (let i = 0; i < count; i++) {
    const arm = i % SPIRALS.arms;
    const along = rng.uniform();
    const radius = INNER + (OUTER - INNER) * along;
    const angle = (2 * Math.PI * arm) / SPIRALS.arms + TURN * along;
    images[2 * i] = byte(radius * Math.cos(angle) + NOISE * rng.normal());
    images[2 * i + 1] = byte(radius * Math.sin(angle) + NOISE * rng.normal());
    labels[i] = arm;
  }
  return { images, labels };
}

import type { DatasetId } from '../../data/ids';
import { DATASETS } from '../../data/registry';
import { eventFrames, FRAME_VALUES } from '../../data/simulate/events';
import { ECG_TRACE, heartbeat, heartStateOf } from '../../data/simulate/heartbeats';
import { spirals } from '../../data/spirals';
import { HASH_COLUMNS, hashText } from '../../data/text/hash';
import type { Gallery } from '../../store/state';
import { drawnDigits } from './digits';

const SAMPLES = 24;
const PIXELS = 28 * 28;

const TEXTS = [
  'a small bird with a short stout bill that sings in hedges',
  'the price that is paid for the use of a sum of money',
  'a ship of war of the largest size',
  'an upright stone with an inscription that marks a grave, or that once marked the border between the lands of two towns',
];

/** Samples as the training thread sends them: bytes, labels, and how they are standardised. */
function galleryOf(dataset: DatasetId, images: Uint8Array, labels: Uint8Array, texts?: string[]): Gallery {
  const size = images.length / labels.length;
  const entry = DATASETS[dataset];
  const [mean, deviation] = 'mean' in entry ? [entry.mean, entry.deviation] : [0.5, 0.29];
  return {
    type: 'gallery',
    dataset,
    images,
    labels,
    size,
    byteScale: 1 / entry.byteMax,
    mean: new Float32Array(size).fill(mean),
    inverseDeviation: new Float32Array(size).fill(1 / deviation),
    clip: 5,
    tasks: null,
    ...(texts && { texts }),
  };
}

/** Samples made by `write`, `size` bytes each, whose labels take turns. */
function madeSamples(size: number, n: number, write: (i: number, out: Uint8Array) => void): Uint8Array {
  const images = new Uint8Array(n * size);
  for (let i = 0; i < n; i++) write(i, images.subarray(i * size, (i + 1) * size));
  return images;
}

/** Samples of each kind, made by code alone. */
export const FIXED_SAMPLES = {
  digits: (): Gallery => {
    const { images, labels } = drawnDigits(SAMPLES);
    return galleryOf('mnist', images, labels);
  },
  points: (): Gallery => {
    const { images, labels } = spirals(150, 'test');
    return galleryOf('spirals', images, labels);
  },
  traces: (): Gallery => {
    const labels = Uint8Array.from({ length: SAMPLES }, (_, i) => heartStateOf(i));
    const images = madeSamples(ECG_TRACE.values, SAMPLES, (i, out) => heartbeat('test', i, out));
    return galleryOf('heartbeats', images, labels);
  },
  events: (): Gallery => {
    const { images, labels } = drawnDigits(9);
    const frames = madeSamples(FRAME_VALUES, 9, (i, out) => eventFrames(images, i * PIXELS, out));
    return galleryOf('events', frames, labels);
  },
  texts: (): Gallery => {
    const labels = Uint8Array.from(TEXTS, (_, i) => i);
    const images = madeSamples(HASH_COLUMNS, TEXTS.length, (i, out) => hashText(TEXTS[i], out));
    return galleryOf('glosses', images, labels, TEXTS);
  },
};

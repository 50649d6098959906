import { seededRandom } from '../../network/random';

/**
 * A simulated event camera looking at a digit on a screen, as N-MNIST was recorded (Orchard et al. 2015): the camera moves in
 * three saccades, and each of its pixels tells of every step its logarithmic intensity goes up (ON) or down (OFF). The event
 * rule is that of ESIM (Rebecq et al. 2018) and v2e (Hu et al. 2021); the numbers below are fitted to 60 real recordings of
 * N-MNIST (3,947 events each, .499 ON, 439 active pixels, three bursts; v2e's own numbers would make three times as many).
 */
export const EVENT_CAMERA = {
  /** Pixels across and down. */
  side: 34,
  /** Milliseconds of a saccade, and of the three of them. */
  saccade: 105,
  duration: 315,
  /** Milliseconds between two looks at the intensity. */
  step: 5,
  /** Light of the screen where an image is black, in grey levels: a screen's black is not dark. */
  black: 60,
  /** Gaussian blur of the optics, in pixels. */
  blur: 0.6,
  /** Step of ln intensity that makes an event, and its relative deviation from pixel to pixel, ON and OFF apart. */
  threshold: 0.28,
  mismatch: 0.15,
  /** Milliseconds a pixel is blind after an event. */
  refractory: 1,
  /** Where the image's corner is before the first saccade, in pixels. */
  origin: { x: -1, y: 1 },
} as const;

/** How events become inputs: counts in frames [bin][polarity][y][x], polarity 0 ON, 1 OFF; 2 × 2 pixels to a cell. */
export const EVENT_FRAMES = { bins: 12, polarities: 2, side: 17 } as const;
/** Values of one sample of frames. */
export const FRAME_VALUES = EVENT_FRAMES.bins * EVENT_FRAMES.polarities * EVENT_FRAMES.side ** 2;

const IMAGE = 28;
/** Black around the image, so that no look falls outside. */
const PAD = 8;
const PADDED = IMAGE + 2 * PAD;
const SEED = 11;

/** Steps of ln intensity at which each pixel of this one camera tells, row by row. */
export function pixelThresholds(): { on: Float64Array; off: Float64Array } {
  const rng = seededRandom(SEED, 'event camera');
  const draw = (): number => EVENT_CAMERA.threshold * Math.max(0.1, 1 + EVENT_CAMERA.mismatch * rng.normal());
  const pixels = EVENT_CAMERA.side ** 2;
  return {
    on: Float64Array.from({ length: pixels }, draw),
    off: Float64Array.from({ length: pixels }, draw),
  };
}

/** The same as factors, as intensity is kept linear. */
function makeCamera(): { on: Float64Array; off: Float64Array } {
  const { on, off } = pixelThresholds();
  return { on: on.map(Math.exp), off: off.map(Math.exp) };
}

/** Weights of the blur over −2 … 2 pixels. */
const KERNEL = ((): number[] => {
  const weights = [-2, -1, 0, 1, 2].map((d) => Math.exp((-d * d) / (2 * EVENT_CAMERA.blur ** 2)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
})();

/**
 * Where the image stands at a time, in pixels from its place before: along the triangle of N-MNIST's saccades (base and height 7
 * pixels), from rest to rest with least jerk within the middle 85 ms of each.
 */
export function imageDisplacement(ms: number): { x: number; y: number } {
  const saccade = Math.min(2, Math.floor(ms / EVENT_CAMERA.saccade));
  const s = Math.max(0, Math.min(1, (ms - saccade * EVENT_CAMERA.saccade - 5) / 85));
  const u = s * s * s * (10 - 15 * s + 6 * s * s);
  if (saccade === 0) return { x: 3.5 * u, y: 7 * u };
  if (saccade === 1) return { x: 3.5 + 3.5 * u, y: 7 - 7 * u };
  return { x: 7 - 7 * u, y: 0 };
}

/** The part of the sensor that ever sees anything but black. */
interface Seen {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Screen light around and of an image of 28 × 28 bytes that starts at images[from], blurred. */
function light(images: Uint8Array, from: number): { grey: Float64Array; seen: Seen } {
  const grey = new Float64Array(PADDED * PADDED).fill(EVENT_CAMERA.black);
  const across = new Float64Array(PADDED * PADDED);
  const { origin, side } = EVENT_CAMERA;
  const seen: Seen = { left: side, right: -1, top: side, bottom: -1 };
  for (let y = 0; y < IMAGE; y++)
    for (let x = 0; x < IMAGE; x++) {
      const byte = images[from + y * IMAGE + x];
      if (byte === 0) continue;
      // The blur reaches 2 pixels, the image moves 0 … 7 pixels from its origin, and a look is spread over 1 pixel more.
      seen.left = Math.min(seen.left, Math.max(0, x + origin.x - 3));
      seen.right = Math.max(seen.right, Math.min(side - 1, x + origin.x + 10));
      seen.top = Math.min(seen.top, Math.max(0, y + origin.y - 3));
      seen.bottom = Math.max(seen.bottom, Math.min(side - 1, y + origin.y + 10));
      const at = (y + PAD) * PADDED + x + PAD;
      for (let d = 0; d < 5; d++) across[at + d - 2] += KERNEL[d] * byte;
    }
  const scale = (255 - EVENT_CAMERA.black) / 255;
  for (let at = 2 * PADDED; at < across.length - 2 * PADDED; at++) {
    if (across[at] === 0) continue;
    for (let d = 0; d < 5; d++) grey[at + (d - 2) * PADDED] += scale * KERNEL[d] * across[at];
  }
  return { grey, seen };
}

let camera: ReturnType<typeof makeCamera> | null = null;
const levels = {
  on: new Float64Array(EVENT_CAMERA.side ** 2),
  off: new Float64Array(EVENT_CAMERA.side ** 2),
};

/**
 * Tells of every event the camera sees while an image of 28 × 28 bytes moves before it, in order of time (looks `step` ms apart).
 * A pixel keeps the two intensities at which it will tell next; both move with each event by the factor of its threshold, which
 * is the published rule without a logarithm in the loop.
 */
export function simulateEvents(
  images: Uint8Array,
  from: number,
  tell: (ms: number, x: number, y: number, on: boolean) => void,
): void {
  camera ??= makeCamera();
  const { side, step, duration, origin } = EVENT_CAMERA;
  const most = Math.floor(step / EVENT_CAMERA.refractory);
  const { grey, seen } = light(images, from);
  for (let ms = 0; ms <= duration; ms += step) {
    const { x: dx, y: dy } = imageDisplacement(ms);
    const [left, up] = [-origin.x - dx, -origin.y - dy];
    const [column, row] = [Math.floor(left), Math.floor(up)];
    const [fx, fy] = [left - column, up - row];
    const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
    for (let y = seen.top; y <= seen.bottom; y++) {
      let at = (y + row + PAD) * PADDED + seen.left + column + PAD;
      for (let pixel = y * side + seen.left; pixel <= y * side + seen.right; pixel++, at++) {
        const now = a * grey[at] + b * grey[at + 1] + c * grey[at + PADDED] + d * grey[at + PADDED + 1];
        if (ms === 0) {
          levels.on[pixel] = now * camera.on[pixel];
          levels.off[pixel] = now / camera.off[pixel];
          continue;
        }
        for (let events = 0; events < most && now >= levels.on[pixel]; events++) {
          levels.on[pixel] *= camera.on[pixel];
          levels.off[pixel] *= camera.on[pixel];
          tell(ms, pixel - y * side, y, true);
        }
        for (let events = 0; events < most && now <= levels.off[pixel]; events++) {
          levels.on[pixel] /= camera.off[pixel];
          levels.off[pixel] /= camera.off[pixel];
          tell(ms, pixel - y * side, y, false);
        }
      }
    }
  }
}

/** Counts the events of an image of 28 × 28 bytes into `out` [bin][polarity][y][x], which holds zeros before. */
export function eventFrames(images: Uint8Array, from: number, out: Uint8Array): void {
  const { bins, polarities, side } = EVENT_FRAMES;
  simulateEvents(images, from, (ms, x, y, on) => {
    const bin = Math.min(bins - 1, Math.floor(((ms - EVENT_CAMERA.step / 2) / EVENT_CAMERA.duration) * bins));
    const at = ((bin * polarities + (on ? 0 : 1)) * side + (y >> 1)) * side + (x >> 1);
    if (out[at] < 255) out[at]++;
  });
}

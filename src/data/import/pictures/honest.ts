/** What is said where a browser does not hand out what was drawn. */
export const DISHONEST =
  'this browser answers with noise when a page reads its own pixels back (a protection against fingerprinting): pictures cannot be read here. Allow it for this page, use another browser, or bring the pictures as IDX or NumPy arrays';

/** The part of a canvas' context that the trial needs. */
export interface Pixels {
  fillStyle: string | CanvasGradient | CanvasPattern;
  fillRect(x: number, y: number, width: number, height: number): void;
  getImageData(x: number, y: number, width: number, height: number): { data: ArrayLike<number> };
}

const SIDE = 16;

/**
 * Whether a canvas gives back what was drawn on it: browsers that resist fingerprinting (Tor, LibreWolf, a preference of Firefox, Brave)
 * give noise or blank pixels instead, without a word. Draws stripes of known colours and looks at every byte.
 */
export function readsHonestly(context: Pixels): boolean {
  const colour = (i: number): [number, number, number] => [(i * 37) % 256, (i * 101) % 256, (i * 193) % 256];
  for (let i = 0; i < SIDE; i++) {
    context.fillStyle = `rgb(${colour(i).join(',')})`;
    context.fillRect(i, 0, 1, SIDE);
  }
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  for (let k = 0; k < SIDE * SIDE; k++) {
    const known = [...colour(k % SIDE), 255];
    if (known.some((value, c) => data[4 * k + c] !== value)) return false;
  }
  return true;
}

/** Whether this browser's canvases give back what was drawn; true where there is no canvas to try. */
export function canvasIsHonest(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return true;
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  return context === null || readsHonestly(context);
}

const SIDE = 28;
/** The seven strokes of a digit as on a pocket calculator: from and to, in units of half the digit's width. */
const STROKES = [
  [-1, -2, 1, -2],
  [1, -2, 1, 0],
  [1, 0, 1, 2],
  [-1, 2, 1, 2],
  [-1, 0, -1, 2],
  [-1, -2, -1, 0],
  [-1, 0, 1, 0],
] as const;
/** Which of the strokes each digit has, as bits from the first stroke on. */
const DIGIT_STROKES = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];

function distance(x: number, y: number, [x0, y0, x1, y1]: readonly [number, number, number, number]): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const t = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}

/** Pictures [n, 28, 28] of digits drawn with a soft pen, a little larger and more slanted from one to the next; bytes 0 … 255. */
export function drawnDigits(n: number): { images: Uint8Array; labels: Uint8Array } {
  const images = new Uint8Array(n * SIDE * SIDE);
  const labels = Uint8Array.from({ length: n }, (_, i) => (7 * i + 3) % 10);
  for (let i = 0; i < n; i++) {
    const unit = 4.2 + 0.25 * (i % 5);
    const slant = 0.1 * ((i % 7) - 3);
    const strokes = STROKES.filter((_, k) => (DIGIT_STROKES[labels[i]] >> k) & 1);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const v = (y - 13.5) / unit;
        const u = (x - 13.5) / unit + slant * v;
        const near = Math.min(...strokes.map((stroke) => distance(u, v, stroke)));
        images[(i * SIDE + y) * SIDE + x] = Math.round(255 * Math.max(0, Math.min(1, 1.7 - 4 * near)));
      }
  }
  return { images, labels };
}

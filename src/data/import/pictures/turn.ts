import type { ImportedSamples } from '../types';

/** How pictures are turned and mirrored before they are taken, in the order a visitor would try. */
export const TURNS = [
  { id: 'none', label: 'As they are' },
  { id: 'transpose', label: 'Rows and columns changed over (EMNIST lies so)' },
  { id: 'right', label: 'A quarter turn to the right' },
  { id: 'left', label: 'A quarter turn to the left' },
  { id: 'half', label: 'A half turn' },
  { id: 'mirror', label: 'Mirrored left to right' },
  { id: 'flip', label: 'Mirrored top to bottom' },
  { id: 'antitranspose', label: 'A quarter turn to the right, then mirrored top to bottom' },
] as const;
export type Turn = (typeof TURNS)[number]['id'];

/** Where the pixel at (x, y) of the result comes from, in a picture of width w and height h. */
const SOURCE: Record<Turn, (x: number, y: number, w: number, h: number) => [x: number, y: number]> = {
  none: (x, y) => [x, y],
  transpose: (x, y) => [y, x],
  right: (x, y, _, h) => [y, h - 1 - x],
  left: (x, y, w) => [w - 1 - y, x],
  half: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  mirror: (x, y, w) => [w - 1 - x, y],
  flip: (x, y, _, h) => [x, h - 1 - y],
  antitranspose: (x, y, w, h) => [w - 1 - y, h - 1 - x],
};
const LIES: readonly Turn[] = ['transpose', 'right', 'left', 'antitranspose'];

/** Pictures turned and mirrored, all planes alike; other samples as they are. */
export function turned(samples: ImportedSamples, turn: Turn): ImportedSamples {
  if (turn === 'none' || samples.sample !== 'picture') return samples;
  const { width: w, height: h, channels, count } = samples;
  const [width, height] = LIES.includes(turn) ? [h, w] : [w, h];
  const area = w * h;
  const from = new Uint32Array(area);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [sx, sy] = SOURCE[turn](x, y, w, h);
      from[y * width + x] = sy * w + sx;
    }
  const values = new Uint8Array(samples.values.length);
  for (let plane = 0; plane < count * channels; plane++)
    for (let i = 0; i < area; i++) values[plane * area + i] = samples.values[plane * area + from[i]];
  return { ...samples, width, height, values };
}

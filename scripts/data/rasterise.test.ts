import { describe, expect, it } from 'vitest';
import { flatten, type OutlineCommand, type Point, rasterise } from './rasterise';

const square = (x: number, y: number, side: number, clockwise = true): Point[] => {
  const corners: Point[] = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ];
  return clockwise ? corners : corners.reverse();
};
const area = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + byte, 0) / 255;

describe('rasterise', () => {
  it('covers what lies inside, and shares border pixels out exactly', () => {
    const bytes = rasterise([square(1, 1.5, 2)], 5);
    expect([...bytes.subarray(5, 10)]).toEqual([0, 128, 128, 0, 0]);
    expect([...bytes.subarray(10, 15)]).toEqual([0, 255, 255, 0, 0]);
    expect([...rasterise([square(0.25, 0, 1)], 2)]).toEqual([191, 64, 0, 0]);
  });

  it('leaves holes that turn the other way, and fills overlaps once', () => {
    expect(area(rasterise([square(1, 1, 8), square(3, 3, 4, false)], 10))).toBeCloseTo(48, 6);
    expect(area(rasterise([square(1, 1, 4), square(3, 1, 4)], 10))).toBeCloseTo(24, 6);
  });

  it('cuts what lies outside the picture', () => {
    expect(area(rasterise([square(-2, -2, 4)], 5))).toBeCloseTo(4, 6);
  });

  it('draws a circle of cubic curves, and a parabola of a quadratic one, with the right area', () => {
    const k = 0.5522847498;
    const [c, r] = [14, 10];
    const circle: OutlineCommand[] = [
      { type: 'M', x: c + r, y: c },
      { type: 'C', x1: c + r, y1: c + k * r, x2: c + k * r, y2: c + r, x: c, y: c + r },
      { type: 'C', x1: c - k * r, y1: c + r, x2: c - r, y2: c + k * r, x: c - r, y: c },
      { type: 'C', x1: c - r, y1: c - k * r, x2: c - k * r, y2: c - r, x: c, y: c - r },
      { type: 'C', x1: c + k * r, y1: c - r, x2: c + r, y2: c - k * r, x: c + r, y: c },
      { type: 'Z' },
    ];
    expect(area(rasterise(flatten(circle), 28)) / (Math.PI * r * r)).toBeCloseTo(1, 2);
    const parabola: OutlineCommand[] = [
      { type: 'M', x: 2, y: 2 },
      { type: 'Q', x1: 14, y1: 42, x: 26, y: 2 },
    ];
    // Two thirds of the triangle of its three points.
    expect(area(rasterise(flatten(parabola), 28)) / ((2 / 3) * 0.5 * 24 * 40)).toBeCloseTo(1, 2);
  });
});

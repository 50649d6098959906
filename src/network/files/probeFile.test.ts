import { describe, expect, it } from 'vitest';
import { readProbe } from './probeFile';
import { writeSafetensors } from './safetensors';

describe('probe files', () => {
  const probe = (tensors: Record<string, [number[], ...number[]]>): ReturnType<typeof readProbe> =>
    readProbe(
      writeSafetensors(
        new Map(
          Object.entries(tensors).map(([name, [shape, ...given]]) => {
            const size = shape.reduce((product, n) => product * n, 1);
            // Numbers left out repeat those given.
            const data = Float64Array.from({ length: size }, (_, i) => given[i % given.length]);
            return [name, { shape, data }];
          }),
        ),
        new Map(),
        'F32',
      ),
    );
  it('hold inputs and perhaps labels', () => {
    expect(probe({ x: [[2, 3], 1, 2, 3, 4, 5, 6], labels: [[2], 1, 0] })).toEqual({
      x: Float32Array.of(1, 2, 3, 4, 5, 6),
      n: 2,
      inputs: 3,
      labels: Float64Array.of(1, 0),
    });
    expect(probe({ x: [[1, 1], 1] }).labels).toBeNull();
  });
  it('say what is wrong', () => {
    expect(() => probe({ y: [[1], 1] })).toThrow('no tensor “x”');
    expect(() => probe({ x: [[3], 1] })).toThrow('shape [3]; [N, in]');
    expect(() => probe({ x: [[0, 3]] })).toThrow('shape [0, 3]');
    expect(() => probe({ x: [[2, 1], 1], labels: [[3], 1] })).toThrow('[2] was expected');
    expect(() => probe({ x: [[1, 1], 1], labels: [[1], 0.5] })).toThrow('class indices');
  });
});

import { describe, expect, it } from 'vitest';
import { layerWidths } from '../../../network/network';
import { convolutionLayer } from '../../../network/convolution';
import type { NetworkSpec } from '../../../network/spec';
import { threePathways, twoPathways } from '../../../network/testing';
import { planStructure } from './planStructure';
import { CPU_TILES, capacitySizes, GPU_TILES, bufferLayout, PARAMETER_TAIL_ROWS } from './bufferLayout';
import { packBlock, unpackModel } from '../memory/transfer';
import { fixtureNetwork, randomState } from '../../check/fixtures';

/** [start, end) of every block of every model in one buffer, in vec4s. */
const overlaps = (spans: [number, number][]): boolean => {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  return sorted.some(([from], i) => i > 0 && from < sorted[i - 1][1]);
};

describe('capacity', () => {
  it('rounds up, keeps what suffices, and grows by a quarter beyond', () => {
    expect(capacitySizes([784, 128, 61, 10])).toEqual([784, 128, 64, 12]);
    expect(capacitySizes([784, 40, 64, 10], [784, 128, 64, 12])).toEqual([784, 128, 64, 12]);
    expect(capacitySizes([784, 129, 64, 10], [784, 128, 64, 12])).toEqual([784, 176, 64, 12]);
    expect(capacitySizes([784, 1024, 10], [784, 1000, 12])).toEqual([784, 1024, 12]);
    expect(capacitySizes([784, 30, 10], [784, 128, 64, 12])).toEqual([784, 32, 12]);
  });
});

describe('layout', () => {
  it.each([
    { sizes: [784, 12], models: 1, ownBatches: false },
    { sizes: [784, 128, 64, 12], models: 3, ownBatches: false },
    { sizes: [16, 1024, 16, 48, 4], models: 5, ownBatches: true },
  ])('gives every model of $sizes ×$models places of its own, 256-byte aligned', (shape) => {
    for (const tiles of [GPU_TILES, CPU_TILES]) {
      const layout = bufferLayout({ ...shape, rows: 100, tiles });
      const models = Array.from({ length: shape.models }, (_, m) => m);
      const { rows } = layout.capacity;
      expect(rows).toBe(128);
      for (const buffer of [0, 1]) {
        const spans = layout.activations.flatMap((block, l): [number, number][] =>
          block.buffer !== buffer
            ? []
            : (l === 0 && !shape.ownBatches ? [0] : models).map((m) => {
                const from = block.offset + m * block.perModel;
                return [from, from + rows * block.stride];
              }),
        );
        expect(overlaps(spans)).toBe(false);
        spans.forEach(([, end]) => expect(end).toBeLessThanOrEqual(layout.activationLength[buffer]));
      }
      const spans = layout.parameters.slice(1).flatMap((block) =>
        models.map((m): [number, number] => {
          const from = block.offset + m * block.perModel;
          expect((16 * from) % 256).toBe(0);
          return [from, from + (4 * block.inputs + PARAMETER_TAIL_ROWS) * block.outputs];
        }),
      );
      expect(overlaps(spans)).toBe(false);
      layout.cuts.slice(1).forEach(({ x, y, rowsPerGroup }) => {
        expect(x * y).toBeLessThanOrEqual(256);
        expect(rows % rowsPerGroup).toBe(0);
      });
    }
  });

  it('refuses what kernels cannot hold, in words', () => {
    const capacity = { models: 1, rows: 64, ownBatches: false, tiles: GPU_TILES };
    expect(() => bufferLayout({ ...capacity, sizes: [8, 2048, 4] })).toThrow('1024 units');
    expect(() => bufferLayout({ ...capacity, sizes: Array<number>(20).fill(16) })).toThrow('affine layers');
  });
});

describe('transfer', () => {
  it('takes a network to blocks and back, trained o as its logarithm', () => {
    const spec = fixtureNetwork(6, [7, 5], 3);
    const { parameters } = randomState(spec, 3).network;
    const layout = bufferLayout({
      models: 1,
      rows: 64,
      sizes: capacitySizes([6, 7, 5, 3]),
      ownBatches: false,
      tiles: GPU_TILES,
    });
    const values = new Float32Array(4 * layout.parameterLength);
    for (let l = 1; l < layout.parameters.length; l++)
      values.set(packBlock(layout, l, spec, parameters, true), 4 * layout.parameters[l].offset);
    const back = unpackModel(layout, spec, values, 0, true);
    const close = (a: ArrayLike<number>, b: ArrayLike<number>): void =>
      Array.from(a).forEach((v, i) => expect(v).toBeCloseTo(b[i], 5));
    back.weights.forEach((w, l) => close(w.data, parameters.weights[l].data));
    back.biases.forEach((b, l) => close(b, parameters.biases[l]));
    back.psi.forEach((p, l) => close(p, parameters.psi[l]));
    close(back.o, parameters.o);
  });

  it.each([
    ['side by side', twoPathways(6, [5, 3, 4, 2], 3)],
    ['added', threePathways(6, 5, 3, 0.7)],
  ])('keeps paths %s on whole vec4s, zeros between them', (_, spec) => {
    const { parameters } = randomState(spec, 3).network;
    const structure = planStructure(spec);
    const layout = bufferLayout({
      models: 1,
      rows: 64,
      sizes: capacitySizes(layerWidths(spec), null, structure),
      ownBatches: false,
      tiles: GPU_TILES,
      structure,
    });
    const values = new Float32Array(4 * layout.parameterLength);
    for (let l = 1; l < layout.parameters.length; l++)
      values.set(packBlock(layout, l, spec, parameters, true), 4 * layout.parameters[l].offset);
    const there = (list: Iterable<number>): number[] => Array.from(list, Math.fround).filter((v) => v !== 0);
    const all = [
      ...parameters.weights.flatMap((w) => [...w.data]),
      ...parameters.biases.flatMap((b) => [...b]),
    ];
    expect(there(values).sort()).toEqual(there(all).sort());
    const back = unpackModel(layout, spec, values, 0, true);
    back.weights.forEach((w, l) => expect(w.data).toEqual(parameters.weights[l].data.map(Math.fround)));
    back.biases.forEach((b, l) => expect(b).toEqual(parameters.biases[l].map(Math.fround)));
  });

  it('keeps kernels and what is read of convolutions on whole vec4s of channels', () => {
    const first = { inChannels: 1, inHeight: 7, inWidth: 6, channels: 5, activation: 'relu' as const };
    const second = { inChannels: 5, inHeight: 3, inWidth: 3, channels: 6, activation: 'tanh' as const };
    const hidden = [first, second].map(convolutionLayer);
    const spec: NetworkSpec = { inputs: 42, outputs: 3, activation: 'relu', hidden };
    const { parameters } = randomState(spec, 3).network;
    const structure = planStructure(spec);
    const layout = bufferLayout({
      models: 2,
      rows: 64,
      sizes: capacitySizes(layerWidths(spec), null, structure),
      ownBatches: false,
      tiles: GPU_TILES,
      structure,
    });
    // Rows of kernels: 9 values of one picture on 3 vec4s; 9 × 5 channels on 9 × 2.
    expect(layout.parameters.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [0, 0],
      [3, 2],
      [18, 2],
      [2, 1],
    ]);
    const values = new Float32Array(4 * layout.parameterLength);
    let at = 0;
    for (let l = 1; l < layout.parameters.length; l++) {
      values.set(packBlock(layout, l, spec, parameters, true), at);
      at += 4 * layout.parameters[l].perModel;
    }
    const back = unpackModel(layout, spec, values, 0, true);
    back.weights.forEach((w, l) => expect(w.data).toEqual(parameters.weights[l].data.map(Math.fround)));
    back.biases.forEach((b, l) => expect(b).toEqual(parameters.biases[l].map(Math.fround)));
    // Nothing of one block lies in another's: activations of the first stage, then its switches, then those of the logits.
    const [chosen, logits] = [layout.switches[1], layout.activations[3]];
    expect(chosen?.offset).toBeGreaterThanOrEqual(layout.activations[3].offset + 2 * logits.perModel);
    expect(layout.parts[1]?.buffer).toBe(0);
  });

  it('refuses divisions beyond what kernels and table hold, in words', () => {
    const at = (spec: NetworkSpec) => {
      const structure = planStructure(spec);
      const sizes = capacitySizes(layerWidths(spec), null, structure);
      return bufferLayout({ models: 1, rows: 64, sizes, ownBatches: false, tiles: GPU_TILES, structure });
    };
    expect(at(threePathways(6, 343, 3, 1)).cuts[1]).toMatchObject({ columns: 2, x: 129 });
    expect(() => at(threePathways(6, 1025, 3, 1))).toThrow('1024 units');
    expect(() => at(threePathways(6, 700, 3, 1))).toThrow('2048 units together');
    const [sum] = threePathways(6, 5, 3, 1).hidden;
    expect(() => at({ ...threePathways(6, 5, 3, 1), hidden: [sum, sum, sum, sum, sum] })).toThrow('4 layers');
  });
});

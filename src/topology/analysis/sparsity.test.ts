import { describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from '../../activations/isotropicTanh';
import { initialTrainingState } from '../../network/initialise';
import { parameterCount, type Network } from '../../network/network';
import { referenceForward } from '../../network/reference';
import { hasPsi } from '../../network/spec';
import { exampleNetwork } from '../../network/testing';
import { applyOperation } from '../operations/operations';
import { layeredMultiplies, removedByDiagonalising, sparsityPercent } from './counts';
import { appliedWeights, sparseForward } from './sparseForward';
import { nonZeroParameters } from '../sparsity';
import { sparsityReport } from './sparsity';

const SHAPES = [
  { hidden: [6, 6] },
  { hidden: [9, 5, 7] },
  { hidden: [5, 9, 4, 8], o: 'fixed', psi: 'off' },
  { hidden: [7, 7, 7, 7, 7, 7], psi: 'decay' },
  { hidden: [6, 8], o: 'off', psi: 'fixed' },
] as const;

/** One image through a network in plain loops, every multiplication counted; diagonal matrices along their diagonal. */
function counted({ spec, parameters }: Network, x: Float64Array, diagonal: number[]): [number[], number] {
  let count = 0;
  const times = (a: number, b: number): number => {
    count++;
    return a * b;
  };
  let h = [...x];
  let s = 0;
  for (let l = 0; l <= spec.hidden.length; l++) {
    const { rows, cols, data } = parameters.weights[l];
    const z = [...parameters.biases[l]];
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < cols; j++)
        if (!diagonal.includes(l) || i === j) z[i] += times(data[i * cols + j], h[j]);
    if (l > 0 && hasPsi(spec.hidden[l - 1].psi))
      parameters.psi[l - 1].forEach((v, i) => (z[i] += times(s, v)));
    if (l === spec.hidden.length) return [z, count];
    const o = spec.hidden[l].o === 'off' ? 0 : parameters.o[l];
    s = ISOTROPIC_TANH.scale(z.reduce((sum, v) => sum + times(v, v), o));
    h = z.map((v) => times(s, v));
  }
  return [h, count];
}

describe('the sparse forward pass', () => {
  it.each(SHAPES)('gives the logits of the layered pass: %o', (shape) => {
    for (let seed = 1; seed <= 4; seed++) {
      const { network, x, n } = exampleNetwork({ ...shape, hidden: [...shape.hidden], seed });
      const after = applyOperation(initialTrainingState(network, 'sgd'), { kind: 'sparsify', layer: 1 }).state
        .network;
      const applied = appliedWeights(after);
      expect(applied.map(({ kind }) => kind === 'diagonal')).toEqual(
        [...shape.hidden, 4].map((_, l) => l % 2 === 1 && l < shape.hidden.length),
      );
      const sparse = sparseForward(after, applied, x, n);
      const { logits } = referenceForward(network, x, n);
      const highest = logits.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
      logits.forEach((v, i) => expect(Math.abs(v - sparse[i])).toBeLessThan(1e-12 * highest));
    }
  });

  it.each(SHAPES)('multiplies as often as its closed form says: %o', (shape) => {
    const { network, x } = exampleNetwork({ ...shape, hidden: [...shape.hidden] });
    const after = applyOperation(initialTrainingState(network, 'sgd'), { kind: 'sparsify', layer: 1 }).state
      .network;
    const diagonal = shape.hidden.map((_, l) => l).filter((l) => l % 2 === 1);
    for (const which of [[], diagonal]) {
      const [logits, count] = counted(after, x.subarray(0, 7), which);
      expect(layeredMultiplies(after.spec, which)).toBe(count);
      const layered = referenceForward(network, x, 1).logits;
      layered.forEach((v, i) => {
        expect(logits[i]).toBeCloseTo(v, 12);
      });
    }
  });

  it('refuses elementwise networks', () => {
    const { network, x, n } = exampleNetwork({ hidden: [6, 6], activation: 'relu' });
    expect(() => sparseForward(network, appliedWeights(network), x, n)).toThrow(/isotropic/);
    expect(() => sparsityReport(network, 1e-4, { x, labels: new Uint8Array(n), n })).toThrow(/isotropic/);
  });
});

describe('the sparsity report', () => {
  it.each(SHAPES)('finds what the closed form expects: %o', (shape) => {
    const { network, ...probe } = exampleNetwork({ ...shape, hidden: [...shape.hidden], seed: 7 });
    const report = sparsityReport(network, 1e-9, probe);
    const { spec } = network;
    expect(report.parameters).toBe(parameterCount(spec));
    expect(report.nonZeroBefore).toBe(report.parameters);
    expect(report.nonZeroBefore - report.nonZeroAfter).toBe(removedByDiagonalising(spec));
    expect(report.removedPercent).toBeCloseTo(report.expectedRemovedPercent, 12);
    expect(report.sparseMultiplies).toBeLessThan(report.denseMultiplies);
    expect(report.maxAbsLogit).toBeLessThan(1e-11);
  });

  it('counts only what lies above the threshold', () => {
    const { network } = exampleNetwork({ hidden: [4, 3] });
    const values = [
      ...network.parameters.weights.flatMap((w) => [...w.data]),
      ...[...network.parameters.biases, ...network.parameters.psi].flatMap((v) => [...v]),
      ...[...network.parameters.o].map(Math.log),
    ];
    for (const threshold of [0, 0.2, 1, 100])
      expect(nonZeroParameters(network, threshold)).toBe(
        values.filter((v) => Math.abs(v) > threshold).length,
      );
  });

  it('has nothing to save with one hidden layer', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [5] });
    const report = sparsityReport(network, 0, probe);
    expect(report.diagonal).toEqual([]);
    expect([report.removedPercent, report.expectedRemovedPercent]).toEqual([0, 0]);
    expect(report.sparseMultiplies).toBe(report.denseMultiplies);
  });
});

describe('the calculator', () => {
  // Facts §3: per cent removed for 2 to 6 hidden layers of 500 and of 1,000 units.
  it.each([
    [3072, 500, 10, [13.92, 12.21, 21.75, 19.6, 26.77]],
    [3072, 1000, 10, [24.46, 19.64, 32.81, 28.18, 37.03]],
    [3072, 500, 100, [13.58, 11.95, 21.33, 19.26, 26.34]],
    [3072, 1000, 100, [23.93, 19.3, 32.33, 27.82, 36.62]],
    [12288, 500, 257, [3.82, 3.68, 7.1, 6.86, 9.94]],
    [12288, 1000, 257, [7.37, 6.87, 12.85, 12.07, 17.07]],
  ])('repeats the table of %i-%i-…-%i', (inputs, width, outputs, expected) => {
    expect(
      [2, 3, 4, 5, 6].map((depth) => Number(sparsityPercent(inputs, width, depth, outputs).toFixed(2))),
    ).toEqual(expected);
  });

  it('approaches one half with depth', () => {
    const deep = [10, 20, 50, 100, 1000].map((depth) => sparsityPercent(3072, 1000, depth, 10));
    expect(deep.slice(0, 4).map((p) => Number(p.toFixed(1)))).toEqual([41.3, 45.2, 47.9, 48.8]);
    expect(deep[4]).toBeCloseTo(49.75, 2);
    expect(sparsityPercent(3072, 1000, 1_000_000, 10)).toBeLessThan(50);
    // Odd depths lie behind the even ones below them.
    for (let depth = 2; depth < 40; depth += 2)
      expect(sparsityPercent(3072, 1000, depth + 1, 10)).toBeLessThan(sparsityPercent(3072, 1000, depth, 10));
  });

  it('counts 1,792,522 slots and removes 249,500 of 3072-500-500-10; unequal widths, too', () => {
    const modes = { o: 'trained', psi: 'decay' } as const;
    const hidden = [500, 500].map((width) => ({ width, ...modes }));
    const spec = { inputs: 3072, outputs: 10, activation: 'isotropic-tanh' as const, hidden };
    expect([removedByDiagonalising(spec), parameterCount(spec)]).toEqual([249_500, 1_792_522]);
    const unequal = [6, 4, 7, 9].map((width) => ({ width, ...modes }));
    expect(removedByDiagonalising({ ...spec, hidden: unequal })).toBe(24 - 4 + (63 - 7));
  });

  it('agrees with the count of a network', () => {
    const { network } = exampleNetwork({ hidden: [6, 6, 6, 6], inputs: 11 });
    const percent = (100 * removedByDiagonalising(network.spec)) / parameterCount(network.spec);
    expect(sparsityPercent(11, 6, 4, 4)).toBeCloseTo(percent, 12);
  });
});

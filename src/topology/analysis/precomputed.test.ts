import { describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from '../../activations/isotropicTanh';
import { initialTrainingState } from '../../network/initialise';
import { referenceForward } from '../../network/reference';
import { exampleNetwork } from '../../network/testing';
import { applyOperation } from '../operations/operations';
import { layeredMultiplies, precomputedMultiplies } from './counts';
import {
  withExtraLayer,
  evaluatePerceptron,
  linearLogits,
  perceptronOf,
  precomputedReport,
  type Perceptron,
} from './precomputed';

const SHAPES = [
  { hidden: [6] },
  { hidden: [9, 5], psi: 'off' },
  { hidden: [5, 9, 4], o: 'off' },
  { hidden: [8, 8, 8, 8], psi: 'decay', o: 'fixed' },
  { hidden: [6, 7, 6, 7, 6, 7] },
  { hidden: [6, 7, 6, 7, 6, 7], o: 'off', psi: 'off' },
] as const;

function expectSame(a: Float64Array, b: Float64Array): void {
  const highest = a.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  expect(highest).toBeGreaterThan(0.01);
  expect(a).toHaveLength(b.length);
  a.forEach((v, i) => expect(Math.abs(v - b[i])).toBeLessThan(1e-12 * highest));
}

/** One image through a perceptron by its definition, vectors and all, nothing shared. */
function byDefinition({ maps, constants, o }: Perceptron, x: Float64Array): number[] {
  const s: number[] = [];
  for (let l = 0; ; l++) {
    const weight = (k: number): number => s.slice(k, l).reduce((product, v) => product * v, 1);
    const { rows, cols, data } = maps[l];
    const z = Array.from({ length: rows }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += data[i * cols + j] * x[j];
      return constants[l].reduce((total, c, k) => total + weight(k) * c[i], weight(0) * sum);
    });
    if (l === o.length) return z;
    s.push(ISOTROPIC_TANH.scale(z.reduce((sum, v) => sum + v * v, o[l])));
  }
}

describe('the generalised isotropic perceptron', () => {
  it.each(SHAPES)('gives the logits of the layered pass: %o', (shape) => {
    for (let seed = 1; seed <= 4; seed++) {
      const { network, x, n } = exampleNetwork({ ...shape, hidden: [...shape.hidden], seed });
      expectSame(referenceForward(network, x, n).logits, evaluatePerceptron(perceptronOf(network), x, n));
    }
  });

  it('is evaluated by its definition also when untied', () => {
    const { network, x, n } = exampleNetwork({ hidden: [6, 5, 4], seed: 8 });
    const free = perceptronOf(network);
    free.maps.forEach(({ data }, l) => data.forEach((v, i) => (data[i] = v * Math.cos(i + l) + 0.1)));
    free.constants.forEach((terms, l) =>
      terms.forEach((c, k) => c.forEach((v, i) => (c[i] = v - 0.2 * Math.sin(i + 3 * k + 7 * l)))),
    );
    const logits = evaluatePerceptron(free, x, n);
    for (let b = 0; b < n; b++) {
      const truth = byDefinition(free, x.subarray(b * 7, (b + 1) * 7));
      expectSame(Float64Array.from(truth), logits.subarray(b * 4, (b + 1) * 4));
    }
    // Untied, it is not the network any more.
    expect(Math.abs(logits[0] - referenceForward(network, x, n).logits[0])).toBeGreaterThan(1e-3);
  });

  it('contains the shallower class: a layer of zeros anywhere changes nothing', () => {
    const { network, x, n } = exampleNetwork({ hidden: [6, 5, 4], seed: 9 });
    const shallow = perceptronOf(network);
    for (const at of [0, 1, 2, 3]) {
      const deep = withExtraLayer(shallow, at, 8);
      expect(deep.maps.map((a) => a.rows)).toEqual([6, 5, 4, 4].toSpliced(at, 0, 8));
      expect(deep.constants.map((terms) => terms.length)).toEqual([1, 2, 3, 4, 5]);
      expectSame(evaluatePerceptron(shallow, x, n), evaluatePerceptron(deep, x, n));
    }
  });

  it.each([1, 2, 4, 6])('without biases has the argmax of a linear map at depth %i', (depth) => {
    const hidden = Array.from({ length: depth }, (_, l) => 6 + (l % 3));
    const { network, ...probe } = exampleNetwork({ hidden, n: 200, seed: depth });
    const bare = applyOperation(initialTrainingState(network, 'sgd'), { kind: 'zero-biases', layer: 0 }).state
      .network;
    expect(precomputedReport(bare, probe).linearAgreement).toBe(1);
    // With its biases the same network answers otherwise.
    expect(precomputedReport(network, probe).linearAgreement).toBeLessThan(1);
  });

  it('counts the linear map apart from the network', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [6, 5], n: 60 });
    const perceptron = perceptronOf(network);
    const linear = linearLogits(perceptron, probe.x, probe.n);
    const layered = referenceForward(network, probe.x, probe.n).logits;
    const top = (logits: Float64Array, b: number): number => {
      const own = [...logits.subarray(b * 4, b * 4 + 4)];
      return own.indexOf(Math.max(...own));
    };
    const images = Array.from({ length: 60 }, (_, b) => b);
    const report = precomputedReport(network, probe);
    expect(report.accuracy).toBe(images.filter((b) => top(linear, b) === probe.labels[b]).length / 60);
    expect(report.linearAgreement).toBe(images.filter((b) => top(linear, b) === top(layered, b)).length / 60);
    expect(report.maxAbsLogit).toBeLessThan(1e-12);
    expect(report).toMatchObject({ layeredSteps: 3, layeredMultiplies: layeredMultiplies(network.spec) });
  });

  it('refuses elementwise networks', () => {
    expect(() => perceptronOf(exampleNetwork({ hidden: [6, 5], activation: 'tanh' }).network)).toThrow(
      /isotropic/,
    );
  });
});

describe('the count of multiplications', () => {
  it.each(SHAPES)('is that of the recursion, written out: %o', (shape) => {
    const { network, x } = exampleNetwork({ ...shape, hidden: [...shape.hidden], seed: 3 });
    const { maps, constants, o } = perceptronOf(network);
    const counts = { parallel: 0, recursion: 0 };
    const by =
      (part: keyof typeof counts) =>
      (a: number, b: number): number => {
        counts[part]++;
        return a * b;
      };
    const inner = (a: ArrayLike<number>, b: ArrayLike<number>, times: typeof Math.pow): number =>
      Array.from(a).reduce((sum, v, i) => sum + times(v, b[i]), 0);
    // In parallel: every A_l·x + c_{l,0}, and its inner products with itself and the other constants.
    const v = maps.map(({ rows, cols, data }, l) =>
      Array.from(
        { length: rows },
        (_, i) =>
          constants[l][0][i] +
          inner(data.subarray(i * cols, (i + 1) * cols), x.subarray(0, cols), by('parallel')),
      ),
    );
    const entry = o.map((_, l) =>
      [v[l], ...constants[l].slice(1)].map((c) => inner(v[l], c, by('parallel'))),
    );
    // One after the other: weights, length, scalar.
    const times = by('recursion');
    let p: number[] = [];
    const advance = (s: number): void => {
      p = [...p.slice(0, -1).map((weight) => times(weight, s)), s, 1];
    };
    p = [1];
    o.forEach((length, l) => {
      const gram = (j: number, k: number): number =>
        j === 0 ? entry[l][k] : inner(constants[l][j], constants[l][k], (a, b) => a * b);
      let squared = gram(l, l);
      for (let k = 0; k < l; k++) {
        let row = times(p[k], gram(k, k));
        for (let j = 0; j < k; j++) row += times(p[j], 2 * gram(j, k));
        squared += times(p[k], row) + times(p[k], 2 * gram(k, l));
      }
      advance(ISOTROPIC_TANH.scale(length + squared));
    });
    const depth = o.length;
    const logits = v[depth].map(
      (value, i) =>
        constants[depth].slice(1, -1).reduce((sum, c, k) => sum + times(p[k + 1], c[i]), times(p[0], value)) +
        constants[depth][depth][i],
    );
    expect(precomputedMultiplies(network.spec)).toEqual(counts);
    expectSame(Float64Array.from(logits), referenceForward(network, x, 1).logits);
  });
});

import { describe, expect, it } from 'vitest';
import { gradients } from '../energy/loss';
import type { MeasureId } from '../energy/ids';
import { MEASURES } from '../energy/measures';
import { softmaxRegression } from './initialise';
import { referenceForward } from './reference';
import { exampleNetwork, gradientError } from './testing';

const settings = { lambda: 0.7, measure: 'mean-square' as MeasureId, psiDecay: 0.1 };

describe('reference gradients', () => {
  it.each(['isotropic-tanh', 'tanh', 'relu'] as const)(
    'agree with finite differences for %s',
    (activation) => {
      for (const hidden of [[5], [6, 4], [3, 5, 4]])
        for (const { id } of MEASURES)
          expect(
            gradientError(exampleNetwork({ hidden, activation, psi: 'decay' }), { ...settings, measure: id }),
          ).toBeLessThan(id === 'active-count' ? 1e-4 : 1e-6);
    },
  );

  it.each([1e-4, 1e-2, 0.1, 1, 5, 50])('agree with finite differences at ‖z‖ around %d', (norm) => {
    const sample = exampleNetwork({ hidden: [5, 4] });
    const first = sample.network.parameters;
    first.o[0] = 1e-6;
    for (let i = 0; i < first.weights[0].data.length; i++) first.weights[0].data[i] *= norm / 3;
    for (let j = 0; j < 5; j++) first.biases[0][j] *= norm;
    expect(gradientError(sample, settings, norm < 1e-2 ? 1e-6 : 1e-5)).toBeLessThan(1e-6);
  });

  it('are finite and right at z = 0 with o = 0', () => {
    const sample = exampleNetwork({ hidden: [4, 3], o: 'off', psi: 'off' });
    sample.x.fill(0);
    sample.network.parameters.biases.forEach((b) => b.fill(0));
    const { tensors, loss } = gradients(sample.network, sample.x, sample.labels, settings);
    expect(loss.total).toBeCloseTo(Math.log(4), 12);
    for (const list of [...tensors.weights.map((w) => w.data), ...tensors.biases])
      expect(list.every(Number.isFinite)).toBe(true);
    expect(gradientError(sample, settings)).toBeLessThan(1e-6);
  });

  it('leave fixed and absent o and ψ without a gradient', () => {
    for (const mode of ['fixed', 'off'] as const) {
      const sample = exampleNetwork({ hidden: [4, 3], o: mode, psi: mode });
      const { tensors } = gradients(sample.network, sample.x, sample.labels, settings);
      expect([...tensors.o, ...tensors.psi.flatMap((p) => [...p])].every((g) => g === 0)).toBe(true);
      expect(gradientError(sample, settings)).toBeLessThan(1e-6);
    }
  });

  it('do not look at o and ψ while they are off', () => {
    const { network, x, n } = exampleNetwork({ hidden: [4, 3], o: 'off', psi: 'off' });
    const before = referenceForward(network, x, n).logits;
    network.parameters.o.fill(9);
    network.parameters.psi.forEach((p) => p.fill(9));
    expect(referenceForward(network, x, n).logits).toEqual(before);
  });

  it('train softmax regression, the network without hidden layers', () => {
    const { x, labels, n } = exampleNetwork({ hidden: [2] });
    const network = softmaxRegression(7, 4);
    const { loss, tensors } = gradients(network, x, labels, settings);
    expect(loss).toMatchObject({ energy: 0, penalty: 0, psiPenalty: 0 });
    expect(loss.dataLoss).toBeCloseTo(Math.log(4), 12);
    expect(gradientError({ network, x, labels, n }, settings)).toBeLessThan(1e-6);
    expect(tensors.psi).toHaveLength(0);
  });

  it('keep isotropic activations inside the unit ball and survive huge inputs', () => {
    const { network, x, n } = exampleNetwork({ hidden: [6, 5] });
    const pass = referenceForward(
      network,
      x.map((v) => v * 1e8),
      n,
    );
    for (let b = 0; b < n; b++)
      expect(Math.hypot(...pass.h[0].slice(b * 6, b * 6 + 6))).toBeLessThanOrEqual(1 + 1e-12);
    expect(pass.logits.every(Number.isFinite)).toBe(true);
  });

  it('accept float32 inputs and refuse too few', () => {
    const { network, x, n } = exampleNetwork({ hidden: [6] });
    const rounded = Float32Array.from(x);
    expect(referenceForward(network, rounded, n).logits).toEqual(
      referenceForward(network, Float64Array.from(rounded), n).logits,
    );
    expect(() => referenceForward(network, x, n + 1)).toThrow(/values/);
  });
});

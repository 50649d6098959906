import { describe, expect, it } from 'vitest';
import { cloneState, type TrainingState } from '../network/network';
import { gradients } from '../network/reference';
import { operate } from './operations';
import { deviationOf, exampleState } from './testing';

const LOSS = { lambda: 0.5, measure: 'sum-square', psiDecay: 0.1 } as const;
const RATE = 0.05;

/** `steps` of SGD with momentum and L2 decay, or of Adam, in float64 (as in src/training, which pure rooms may not see). */
function train(start: TrainingState, x: Float64Array, labels: Uint8Array, steps: number): TrainingState {
  const state = cloneState(start);
  const { first, second } = state.optimiser;
  const { parameters } = state.network;
  for (let i = 0; i < steps; i++) {
    const g = gradients(state.network, x, labels, LOSS).tensors;
    const step = ++state.optimiser.step;
    const update = (p: Float64Array, d: Float64Array, m: Float64Array, v: Float64Array | undefined): void => {
      for (let k = 0; k < p.length; k++) {
        if (!v) {
          m[k] = 0.9 * m[k] + d[k] + 1e-3 * p[k];
          p[k] -= RATE * m[k];
          continue;
        }
        m[k] = 0.9 * m[k] + 0.1 * d[k];
        v[k] = 0.999 * v[k] + 0.001 * d[k] * d[k];
        p[k] -= (RATE * m[k]) / (1 - 0.9 ** step) / (Math.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8);
      }
    };
    parameters.weights.forEach((w, l) =>
      update(w.data, g.weights[l].data, first.weights[l].data, second?.weights[l].data),
    );
    parameters.biases.forEach((b, l) => update(b, g.biases[l], first.biases[l], second?.biases[l]));
    parameters.psi.forEach((p, l) => update(p, g.psi[l], first.psi[l], second?.psi[l]));
  }
  return state;
}

describe('moments carried through a change of basis', () => {
  it.each(['left', 'full', 'rotate'] as const)(
    'SGD with momentum follows the identical path after %s',
    (kind) => {
      const { state, x, labels } = exampleState({ hidden: [6, 5], psi: 'decay', o: 'fixed' }, 'sgd');
      const start = train(state, x, labels, 5);
      const turned = operate(
        start,
        kind === 'rotate' ? { kind, layer: 1, seed: 2 } : { kind, layer: 1 },
      ).state;
      const ends = [start, turned].map((s) => train(s, x, labels, 25).network);
      expect(deviationOf(ends[0], ends[1], x, labels).maxAbsLogit).toBeLessThan(1e-10);
      // It did move: the comparison is not of standing still.
      expect(deviationOf(start.network, ends[0], x, labels).maxAbsLogit).toBeGreaterThan(0.1);
    },
  );

  it('Adam does not: its steps depend on the basis', () => {
    const { state, x, labels } = exampleState({ hidden: [6, 5], psi: 'decay', o: 'fixed' });
    const start = train(state, x, labels, 5);
    const turned = operate(start, { kind: 'rotate', layer: 1, seed: 2 }).state;
    const ends = [start, turned].map((s) => train(s, x, labels, 25).network);
    expect(deviationOf(ends[0], ends[1], x, labels).maxAbsLogit).toBeGreaterThan(1e-3);
  });
});

import { describe, expect, it } from 'vitest';
import { gradients } from '../energy/loss';
import { cloneTrainingState, type TrainingState } from '../network/network';
import { applyOperation } from './operations/operations';
import { networkDeviation, exampleState } from './testing';
import { tensorsTouchedBy, tensorValues, type TensorName } from './optimiserTransport';
import type { Operation } from './types';

const LOSS = { lambda: 0.5, measure: 'sum-square', psiDecay: 0.1 } as const;
const RATE = 0.05;

/** `steps` of SGD with momentum and L2 decay, or of Adam, in float64 (as in src/training, which pure rooms may not see). */
function train(start: TrainingState, x: Float64Array, labels: Uint8Array, steps: number): TrainingState {
  const state = cloneTrainingState(start);
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
      const turned = applyOperation(
        start,
        kind === 'rotate' ? { kind, layer: 1, seed: 2 } : { kind, layer: 1 },
      ).state;
      const ends = [start, turned].map((s) => train(s, x, labels, 25).network);
      expect(networkDeviation(ends[0], ends[1], x, labels).maxAbsLogit).toBeLessThan(1e-10);
      // It did move: the comparison is not of standing still.
      expect(networkDeviation(start.network, ends[0], x, labels).maxAbsLogit).toBeGreaterThan(0.1);
    },
  );

  it('Adam does not: its steps depend on the basis', () => {
    const { state, x, labels } = exampleState({ hidden: [6, 5], psi: 'decay', o: 'fixed' });
    const start = train(state, x, labels, 5);
    const turned = applyOperation(start, { kind: 'rotate', layer: 1, seed: 2 }).state;
    const ends = [start, turned].map((s) => train(s, x, labels, 25).network);
    expect(networkDeviation(ends[0], ends[1], x, labels).maxAbsLogit).toBeGreaterThan(1e-3);
  });
});

const mean = (v: Float64Array): number => v.reduce((sum, x) => sum + x, 0) / v.length;
const key = ({ kind, layer }: TensorName): string => `${kind} ${layer}`;

/** Every tensor of a network of `layers` hidden layers. */
function allNames(layers: number): TensorName[] {
  return [
    ...Array.from({ length: layers + 1 }, (_, layer) => ({ kind: 'weights' as const, layer })),
    ...Array.from({ length: layers + 1 }, (_, layer) => ({ kind: 'biases' as const, layer })),
    ...Array.from({ length: layers }, (_, layer) => ({ kind: 'psi' as const, layer })),
  ];
}

describe('the choice of transport', () => {
  const operations: Operation[] = [
    { kind: 'left', layer: 1 },
    { kind: 'full', layer: 1 },
    { kind: 'rotate', layer: 2, seed: 3 },
    { kind: 'remove', layer: 1, count: 2, where: 'exact' },
    { kind: 'grow', layer: 0, count: 2, seed: 3 },
  ];
  const { state } = exampleState({ hidden: [7, 6, 5] });
  state.optimiser.step = 40;
  const touched = (o: Operation): Set<string> =>
    new Set(tensorsTouchedBy(o.layer, o.kind === 'full').map(key));
  const secondOf = (s: TrainingState, name: TensorName): Float64Array => {
    if (!s.optimiser.second) throw new Error('Adam has a second moment.');
    return tensorValues(s.optimiser.second, name);
  };

  it.each(operations)('off: $kind resets what it touches and nothing else', (operation) => {
    const after = applyOperation(state, operation, { transport: 'off' }).state;
    const names = touched(operation);
    for (const name of allNames(3)) {
      if (names.has(key(name))) {
        expect(
          [...tensorValues(after.optimiser.first, name), ...secondOf(after, name)].every((v) => v === 0),
        ).toBe(true);
      } else {
        expect(tensorValues(after.optimiser.first, name), key(name)).toEqual(
          tensorValues(state.optimiser.first, name),
        );
        expect(secondOf(after, name)).toEqual(secondOf(state, name));
      }
    }
    expect(after.optimiser.step).toBe(40);
    expect(after.optimiser.first.o).toEqual(state.optimiser.first.o);
    expect(after.network).toEqual(applyOperation(state, operation).state.network);
  });

  it.each(operations)('first: $kind carries first moments exactly and flattens second ones', (operation) => {
    const both = applyOperation(state, operation).state;
    const after = applyOperation(state, operation, { transport: 'first' }).state;
    expect(after.optimiser.first).toEqual(both.optimiser.first);
    const names = touched(operation);
    for (const name of allNames(3)) {
      const v = secondOf(after, name);
      if (!names.has(key(name))) {
        expect(v).toEqual(secondOf(state, name));
        continue;
      }
      const flat = mean(secondOf(state, name));
      // New entries start at 0; all others hold the mean.
      for (const value of v) if (value !== 0) expect(value / flat).toBeCloseTo(1, 12);
      const grown = operation.kind === 'grow' && v.length > secondOf(state, name).length;
      expect(v.filter((value) => value === 0).length).toBe(
        grown ? v.length - secondOf(state, name).length : 0,
      );
    }
  });

  it('warm-up gives new entries the mean of their tensor, old ones what they had', () => {
    const grow: Operation = { kind: 'grow', layer: 1, count: 3, seed: 3 };
    const cold = applyOperation(state, grow).state;
    for (const transport of ['both', 'first', 'off'] as const) {
      const warm = applyOperation(state, grow, { transport, warmUp: true }).state;
      expect(warm.network).toEqual(cold.network);
      for (const name of tensorsTouchedBy(1)) {
        const flat = mean(secondOf(state, name));
        const [v, before] = [secondOf(warm, name), secondOf(cold, name)];
        v.forEach((value, i) => {
          // Under `off` every entry of a touched tensor counts as new.
          expect(value).toBeCloseTo(before[i] === 0 || transport !== 'both' ? flat : before[i], 12);
        });
      }
    }
    // A change of basis has no new entries.
    const turn: Operation = { kind: 'rotate', layer: 1, seed: 1 };
    expect(applyOperation(state, turn, { warmUp: true })).toEqual(applyOperation(state, turn));
  });

  it('SGD has no second moment to flatten or warm', () => {
    const { state: sgd } = exampleState({ hidden: [7, 6] }, 'sgd');
    for (const transport of ['off', 'first', 'both'] as const) {
      const after = applyOperation(
        sgd,
        { kind: 'grow', layer: 0, count: 1, seed: 1 },
        { transport, warmUp: true },
      ).state;
      expect(after.optimiser.second).toBeNull();
    }
    const turn: Operation = { kind: 'left', layer: 0 };
    expect(applyOperation(sgd, turn, { transport: 'first' })).toEqual(applyOperation(sgd, turn));
  });

  it('Adam does not leap under “first”, and does under “off”, after a turn of basis', () => {
    const { state: start, x, labels } = exampleState({ hidden: [6, 5], psi: 'decay', o: 'fixed' });
    const settled = train(start, x, labels, 400);
    const leap = (transport: 'off' | 'first' | 'both'): number => {
      const turned = applyOperation(settled, { kind: 'rotate', layer: 0, seed: 2 }, { transport }).state;
      let [now, longest] = [turned, 0];
      for (let i = 0; i < 12; i++) {
        const next = train(now, x, labels, 1);
        next.network.parameters.weights[0].data.forEach((w, k) => {
          longest = Math.max(longest, Math.abs(w - now.network.parameters.weights[0].data[k]) / RATE);
        });
        now = next;
      }
      return longest;
    };
    expect(leap('off')).toBeGreaterThan(2);
    expect(leap('first')).toBeLessThan(leap('off'));
    expect(leap('both')).toBeLessThan(leap('off'));
  });
});

describe('the first Adam step of a new entry', () => {
  /** |step|/lr of the new incoming rows of layer 0, right after growth, when bias correction has long ended. */
  const firstSteps = (options: { warmUp?: boolean; outgoing?: 'zero' | 'normal' }): number[] => {
    const { state, x, labels } = exampleState({ hidden: [6, 5], psi: 'decay', o: 'fixed' });
    state.optimiser.step = 1_000_000;
    const grown = applyOperation(
      state,
      { kind: 'grow', layer: 0, count: 2, seed: 4, outgoing: options.outgoing },
      { warmUp: options.warmUp },
    ).state;
    const after = train(grown, x, labels, 1).network.parameters.weights[0].data;
    const before = grown.network.parameters.weights[0].data;
    return Array.from({ length: 2 * 7 }, (_, i) => Math.abs(after[42 + i] - before[42 + i]) / RATE);
  };

  it('is 3.16·lr without warm-up, whatever the gradient', () => {
    // Adam's ε takes up to a per cent from gradients as small as these.
    for (const step of firstSteps({}))
      expect(Math.abs(step / (0.1 / Math.sqrt(0.001)) - 1)).toBeLessThan(0.01);
  });

  it('is shorter with warm-up, and follows the gradient', () => {
    const steps = firstSteps({ warmUp: true });
    for (const step of steps) expect(step).toBeLessThan(1);
    expect(Math.max(...steps) / Math.min(...steps)).toBeGreaterThan(1.5);
    expect(Math.min(...steps)).toBeGreaterThan(0);
  });

  it('never comes where the outgoing column is zero: a saddle without gradient', () => {
    expect(firstSteps({ outgoing: 'zero' }).every((step) => step === 0)).toBe(true);
  });
});

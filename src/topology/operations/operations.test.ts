import { describe, expect, it } from 'vitest';
import { cloneTrainingState, parameterCount, layerWidths, type TrainingState } from '../../network/network';
import { seededRandom } from '../../network/random';
import { referenceForward } from '../../network/reference';
import type { OMode, PsiMode } from '../../network/spec';
import { fullDiagonalisationAllowed, missingCorrections, applyOperation } from './operations';
import { svd } from '../linear/svd';
import { networkDeviation, exampleState, setSmallSigma } from '../testing';
import type { Operation } from '../types';

/** A random network of 1–6 hidden layers, wide and narrow, o and ψ in any mode. */
function randomExample(seed: number): ReturnType<typeof exampleState> {
  const rng = seededRandom(seed, 'operations');
  const hidden = Array.from({ length: 1 + rng.integer(6) }, () => 2 + rng.integer(rng.integer(3) ? 10 : 40));
  const o = (['off', 'fixed', 'trained'] as const)[rng.integer(3)];
  const psi = (['off', 'fixed', 'trained', 'decay', 'expectation'] as const)[rng.integer(5)];
  return exampleState({ hidden, o, psi, seed, inputs: 2 + rng.integer(20), outputs: 2 + rng.integer(9) });
}

const total = (list: Float64Array): number => list.reduce((sum, v) => sum + v, 0);

function bent(state: TrainingState, layer: number): number {
  const { weights } = state.network.parameters;
  const w = weights[layer];
  let off = 0;
  for (let i = 0; i < w.rows; i++)
    for (let j = 0; j < w.cols; j++) if (i !== j) off = Math.max(off, Math.abs(w.data[i * w.cols + j]));
  return off;
}

describe('structural operations on random isotropic networks', () => {
  it('keep the function: left, rotate, full, grow, in every layer (ε < 1e-9 %)', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { state, x, labels } = randomExample(seed);
      const untouched = cloneTrainingState(state);
      const { hidden } = state.network.spec;
      hidden.forEach((_, layer) => {
        const operations: Operation[] = [
          { kind: 'left', layer },
          { kind: 'rotate', layer, seed },
          { kind: 'grow', layer, count: 1 + (seed % 5), seed },
          ...(layer > 0 ? [{ kind: 'full' as const, layer }] : []),
        ];
        for (const operation of operations) {
          const after = applyOperation(state, operation);
          const { epsilonScaledPercent } = networkDeviation(state.network, after.state.network, x, labels);
          expect(epsilonScaledPercent, `seed ${seed}, ${JSON.stringify(operation)}`).toBeLessThan(1e-9);
          expect(after.promise).toBe('exact');
        }
      });
      expect(state, `seed ${seed}: input changed`).toEqual(untouched);
    }
  });

  it('keep it through long chains of operations', () => {
    for (let seed = 0; seed < 6; seed++) {
      const { state, x, labels } = exampleState({ hidden: [6, 9, 5], seed });
      let now = state;
      for (let i = 0; i < 30; i++) {
        const layer = i % 3;
        const kind = (['left', 'rotate', 'full', 'grow'] as const)[(i * 7 + seed) % 4];
        if (kind === 'full' && layer === 0) continue;
        const operation: Operation =
          kind === 'grow'
            ? { kind, layer, count: 1, seed: i }
            : kind === 'rotate'
              ? { kind, layer, seed: i }
              : { kind, layer };
        now = applyOperation(now, operation).state;
      }
      expect(networkDeviation(state.network, now.network, x, labels).epsilonScaledPercent).toBeLessThan(1e-9);
    }
  });

  it('make rows orthogonal and ordered (left), and the matrix diagonal (full)', () => {
    const { state } = exampleState({ hidden: [6, 9, 5] });
    for (const layer of [0, 1, 2]) {
      const w = applyOperation(state, { kind: 'left', layer }).state.network.parameters.weights[layer];
      const norms = Array.from({ length: w.rows }, (_, i) =>
        Math.hypot(...w.data.subarray(i * w.cols, (i + 1) * w.cols)),
      );
      const { sigma } = svd(state.network.parameters.weights[layer]);
      norms.forEach((norm, i) => {
        expect(norm).toBeCloseTo(sigma[i] ?? 0, 12);
      });
    }
    for (const layer of [1, 2]) {
      const next = applyOperation(state, { kind: 'full', layer }).state;
      expect(bent(next, layer)).toBe(0);
      const { data, cols } = next.network.parameters.weights[layer];
      svd(state.network.parameters.weights[layer]).sigma.forEach((s, i) => {
        expect(Math.abs(data[i * cols + i])).toBeCloseTo(s, 12);
      });
    }
  });

  it('know which layers can be fully diagonal, and say why not', () => {
    const { state } = exampleState({ hidden: [6, 5] });
    const { spec } = state.network;
    expect([0, 1, 2].map((layer) => fullDiagonalisationAllowed(spec, layer).legal)).toEqual([
      false,
      true,
      false,
    ]);
    expect(fullDiagonalisationAllowed(spec, 0).reason).toMatch(/pixels/);
    expect(() => applyOperation(state, { kind: 'full', layer: 0 })).toThrow(/pixels/);
    expect(() => applyOperation(state, { kind: 'left', layer: 2 })).toThrow(/no hidden layer 3/);
  });
});

describe('removal', () => {
  const modes: [OMode, PsiMode][] = [
    ['trained', 'trained'],
    ['fixed', 'fixed'],
    ['trained', 'off'],
    ['off', 'decay'],
    ['off', 'off'],
  ];
  const expectations: OMode[] = ['off', 'fixed', 'trained'];

  it.each(expectations)('with ψ by expectation and o %s: mean(s)·w*·b* goes to the next bias', (o) => {
    for (const hidden of [[8, 6], [8]]) {
      const { state, ...probe } = exampleState({ hidden, o, psi: 'expectation', inputs: 12 });
      setSmallSigma(state.network, 0, 3, 0);
      expect(missingCorrections(state.network.spec, 0)).toEqual(o === 'off' ? ['o'] : []);
      const operation: Operation = { kind: 'remove', layer: 0, count: 3, where: 'exact' };
      expect(() => applyOperation(state, operation)).toThrow(/“expectation” looks at data/);
      const result = applyOperation(state, operation, { probe });
      expect(result.promise).toBe('none');
      expect(result.corrections.join()).toMatch(
        hidden.length > 1 ? /bias of hidden layer 2 gained mean\(s\)/ : /bias of the outputs gained/,
      );
      const { spec, parameters } = result.state.network;
      expect(spec.hidden[0]).toEqual({ width: 5, o: o === 'off' ? 'fixed' : o, psi: 'expectation' });
      expect([...parameters.psi[0]].every((v) => v === 0)).toBe(true);
      // The independent truth: what a ψ of the same size would have added, averaged over the probe.
      const { s } = referenceForward(state.network, probe.x, probe.n);
      const mean = s[0].reduce((a, b) => a + b, 0) / probe.n;
      const before = cloneTrainingState(state);
      before.network.spec.hidden.forEach((layer) => (layer.psi = 'trained'));
      const { psi } = applyOperation(before, operation).state.network.parameters;
      parameters.biases[1].forEach((b, j) => {
        expect(b).toBeCloseTo(state.network.parameters.biases[1][j] + mean * psi[0][j], 12);
      });
      // Between leaving it out and the exact ψ.
      const omitted = cloneTrainingState(state);
      omitted.network.spec.hidden.forEach((layer) => (layer.psi = 'off'));
      const without = applyOperation(omitted, { ...operation, where: 'approximate' }).state.network;
      if (o !== 'off') {
        const error = (network: TrainingState['network']): number =>
          networkDeviation(state.network, network, probe.x, probe.labels).epsilonScaledPercent;
        expect(error(result.state.network)).toBeGreaterThan(1e-3);
        expect(error(result.state.network)).toBeLessThan(error(without));
      }
    }
  });

  it('with ψ by expectation is exact, and needs no images, where the removed units carry no bias', () => {
    const { state, x, labels } = exampleState({ hidden: [8, 6], psi: 'expectation', inputs: 12 });
    const grown = applyOperation(state, { kind: 'grow', layer: 0, count: 3, seed: 2 }).state;
    const result = applyOperation(grown, { kind: 'remove', layer: 0, count: 3, where: 'exact' });
    expect(result.promise).toBe('exact');
    expect(
      networkDeviation(state.network, result.state.network, x, labels).epsilonScaledPercent,
    ).toBeLessThan(1e-9);
  });

  it.each(modes)('of σ = 0 units is exact with o %s and ψ %s, switching what is off', (o, psi) => {
    for (let seed = 0; seed < 8; seed++) {
      // The middle layer's own unit must receive no ψ from below for exactness, so layer 0 is the one removed from.
      const { state, x, labels } = exampleState({ hidden: [8, 6], o, psi, seed, inputs: 12 });
      setSmallSigma(state.network, 0, 3, 0);
      const result = applyOperation(state, { kind: 'remove', layer: 0, count: 3, where: 'exact' });
      expect(result.promise).toBe('exact');
      expect(result.sigmaRemoved).toEqual([0, 0, 0]);
      const { epsilonScaledPercent } = networkDeviation(state.network, result.state.network, x, labels);
      expect(epsilonScaledPercent, `seed ${seed}`).toBeLessThan(1e-9);
      const { hidden } = result.state.network.spec;
      expect(hidden[0]).toEqual({
        width: 5,
        o: o === 'off' ? 'fixed' : o,
        psi: psi === 'off' ? 'fixed' : psi,
      });
      expect(hidden[1]).toEqual(state.network.spec.hidden[1]);
    }
  });

  it.each(modes.slice(2))('with o %s and ψ %s left out changes the function', (o, psi) => {
    const { state, x, labels } = exampleState({ hidden: [8, 6], o, psi, inputs: 12 });
    setSmallSigma(state.network, 0, 3, 0);
    expect(missingCorrections(state.network.spec, 0)).toEqual([
      ...(o === 'off' ? ['o'] : []),
      ...(psi === 'off' ? ['psi'] : []),
    ]);
    const result = applyOperation(state, { kind: 'remove', layer: 0, count: 3, where: 'approximate' });
    expect(result.promise).toBe('none');
    expect(result.corrections.join()).toMatch(/left out/);
    expect(result.state.network.spec.hidden[0]).toMatchObject({ o, psi });
    expect(
      networkDeviation(state.network, result.state.network, x, labels).epsilonScaledPercent,
    ).toBeGreaterThan(0.1);
  });

  it('errs in proportion to σ', () => {
    const errors = [1e-1, 1e-2, 1e-3, 1e-4].map((sigma) => {
      const { state, x, labels } = exampleState({ hidden: [8, 6], inputs: 12 });
      setSmallSigma(state.network, 0, 1, sigma);
      const result = applyOperation(state, { kind: 'remove', layer: 0, count: 1, where: 'exact' });
      expect(result.promise).toBe('first-order');
      expect(result.sigmaRemoved[0]).toBeCloseTo(sigma, 12);
      return networkDeviation(state.network, result.state.network, x, labels).epsilonScaledPercent;
    });
    for (let i = 1; i < errors.length; i++) expect(errors[i - 1] / errors[i]).toBeCloseTo(10, -0.7);
  });

  it('of several layers is exact from the output to the input, not the other way round', () => {
    const error = (order: number[]): number => {
      const { state, x, labels } = exampleState({ hidden: [6, 6], inputs: 12, seed: 3 });
      state.network.parameters.psi[0].fill(0);
      setSmallSigma(state.network, 0, 3, 0);
      setSmallSigma(state.network, 1, 1, 0);
      // Emptying layer 0 first leaves layer 1 more null directions, but these carry the ψ just written: removing one
      // of them loses it.
      let now = state;
      for (const layer of order)
        now = applyOperation(now, {
          kind: 'remove',
          layer,
          count: layer === 0 ? 3 : 1,
          where: 'exact',
        }).state;
      return networkDeviation(state.network, now.network, x, labels).epsilonScaledPercent;
    };
    expect(error([1, 0])).toBeLessThan(1e-9);
    expect(error([0, 1])).toBeGreaterThan(1e-3);
  });

  it('says which ψ of the layer below is lost', () => {
    const { state } = exampleState({ hidden: [8, 7], inputs: 12 });
    setSmallSigma(state.network, 1, 1, 0);
    const result = applyOperation(state, { kind: 'remove', layer: 1, count: 1, where: 'exact' });
    expect(result.promise).toBe('first-order');
    expect(result.corrections.at(-1)).toMatch(/ψ of hidden layer 1 fed/);
  });

  it('undoes growth: the scaffold goes first and nothing changes', () => {
    const { state, x, labels } = exampleState({ hidden: [8, 6], inputs: 12, o: 'off', psi: 'off' });
    const grown = applyOperation(state, { kind: 'grow', layer: 0, count: 5, seed: 1 }).state;
    expect(layerWidths(grown.network.spec)).toEqual([12, 13, 6, 4]);
    expect(parameterCount(grown.network.spec)).toBe(parameterCount(state.network.spec) + 5 * (12 + 1 + 6));
    const result = applyOperation(grown, { kind: 'remove', layer: 0, count: 5, where: 'exact' });
    expect(result.promise).toBe('exact');
    expect(
      networkDeviation(state.network, result.state.network, x, labels).epsilonScaledPercent,
    ).toBeLessThan(1e-9);
  });

  it('refuses to leave fewer than two units, and counts that make no sense', () => {
    const { state } = exampleState({ hidden: [4, 3] });
    const by = (count: number): Operation => ({ kind: 'remove', layer: 0, count, where: 'exact' });
    expect(() => applyOperation(state, by(3))).toThrow(/4 units and 2 must stay: at most 2/);
    expect(() => applyOperation(state, by(0))).toThrow(/Cannot remove 0/);
    expect(() => applyOperation(state, { kind: 'grow', layer: 0, count: 2000, seed: 1 })).toThrow(
      /at most 1020/,
    );
  });
});

describe('growth', () => {
  it('adds zero rows and small random columns that a seed repeats', () => {
    const { state } = exampleState({ hidden: [4, 3], inputs: 5 });
    const grown = applyOperation(state, { kind: 'grow', layer: 0, count: 2, seed: 9 });
    expect(applyOperation(state, { kind: 'grow', layer: 0, count: 2, seed: 9 })).toEqual(grown);
    const { weights, biases } = grown.state.network.parameters;
    expect([...weights[0].data.subarray(20)].every((v) => v === 0)).toBe(true);
    expect([...biases[0].subarray(4)]).toEqual([0, 0]);
    const columns = [4, 5].flatMap((unit) => [0, 1, 2].map((row) => weights[1].data[row * 6 + unit]));
    expect(columns.every((v) => v !== 0 && Math.abs(v) < 0.06)).toBe(true);
    const { first, second } = grown.state.optimiser;
    for (const moment of [first, second])
      expect([...(moment?.weights[0].data.subarray(20) ?? [1])].every((v) => v === 0)).toBe(true);
  });
});

describe('the elementwise control', () => {
  it.each(['tanh', 'relu'] as const)('%s: turning changes the function, growing does not', (activation) => {
    const { state, x, labels } = exampleState({ hidden: [8, 6], activation, inputs: 12 });
    const change = (operation: Operation): number => {
      const result = applyOperation(state, operation);
      expect(result.promise).toBe(operation.kind === 'grow' ? 'exact' : 'none');
      return networkDeviation(state.network, result.state.network, x, labels).epsilonScaledPercent;
    };
    expect(change({ kind: 'left', layer: 0 })).toBeGreaterThan(1);
    expect(change({ kind: 'full', layer: 1 })).toBeGreaterThan(1);
    expect(change({ kind: 'rotate', layer: 1, seed: 1 })).toBeGreaterThan(1);
    expect(change({ kind: 'grow', layer: 1, count: 3, seed: 1 })).toBeLessThan(1e-9);
    expect(change({ kind: 'remove', layer: 1, count: 1, where: 'exact' })).toBeGreaterThan(0.1);
    expect(missingCorrections(state.network.spec, 0)).toEqual([]);
  });
});

describe('optimiser moments', () => {
  it('keep the norm of the first and the sum of the second under a rotation', () => {
    const { state } = exampleState({ hidden: [6, 5] });
    const { first, second } = applyOperation(state, { kind: 'rotate', layer: 1, seed: 4 }).state.optimiser;
    const before = state.optimiser;
    const squares = (v: Float64Array): number => total(v.map((x) => x * x));
    for (const l of [0, 1, 2]) {
      expect(squares(first.weights[l].data)).toBeCloseTo(squares(before.first.weights[l].data), 10);
      expect(total(second?.weights[l].data ?? first.o)).toBeCloseTo(
        total(before.second?.weights[l].data ?? first.o),
        10,
      );
      expect(second?.weights[l].data.every((v) => v >= 0)).toBe(true);
    }
  });

  it('keep the step, and have no second moment for SGD', () => {
    const { state } = exampleState({ hidden: [6, 5] }, 'sgd');
    state.optimiser.step = 17;
    const { optimiser } = applyOperation(state, { kind: 'remove', layer: 1, count: 2, where: 'exact' }).state;
    expect(optimiser.second).toBeNull();
    expect(optimiser.step).toBe(17);
    expect(optimiser.first.weights[1].rows).toBe(3);
  });
});

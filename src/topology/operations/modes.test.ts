import { describe, expect, it } from 'vitest';
import { gradients } from '../../energy/loss';
import { cloneTrainingState, parameterCount, type Network } from '../../network/network';
import { seededRandom } from '../../network/random';
import { referenceForward } from '../../network/reference';
import { hasPsi, oModeId, psiModeId, type OMode, type PsiMode } from '../../network/spec';
import { invarianceReport } from '../invariance';
import { missingCorrections, applyOperation } from './operations';
import { svd } from '../linear/svd';
import { networkDeviation, exampleState, setSmallSigma } from '../testing';
import type { InvarianceReport, Operation, ProbeInputs } from '../types';

const MODES = oModeId.options.flatMap((o) => psiModeId.options.map((psi): [OMode, PsiMode] => [o, psi]));

/** Facts §2.8, float64: ε < 1e-9 %, KL < 1e-9 nats, the same answers. */
function expectUnchanged({ epsilonScaledPercent, klNats, accuracyPoints }: InvarianceReport): void {
  expect(epsilonScaledPercent).toBeLessThan(1e-9);
  expect(klNats).toBeLessThan(1e-9);
  expect(accuracyPoints).toBe(0);
}

function reportOf(state: ReturnType<typeof exampleState>['state'], operation: Operation, probe: ProbeInputs) {
  const result = applyOperation(state, operation, { probe });
  return {
    result,
    report: invarianceReport(state.network, result.state.network, probe, operation, result),
  };
}

describe.each(MODES)('every operation with o %s and ψ %s', (o, psi) => {
  const example = (seed: number): ReturnType<typeof exampleState> =>
    exampleState({ hidden: [8, 6, 7], inputs: 12, o, psi, seed, n: 40 });

  it('keeps the function where it should', () => {
    for (const seed of [1, 2, 3]) {
      const { state, ...probe } = example(seed);
      for (const layer of [0, 1, 2]) {
        const operations: Operation[] = [
          { kind: 'left', layer },
          { kind: 'rotate', layer, seed },
          { kind: 'grow', layer, count: 3, seed },
          { kind: 'grow', layer, count: 3, seed, outgoing: 'zero' },
          { kind: 'sparsify', layer },
          ...(layer > 0 ? [{ kind: 'full' as const, layer }] : []),
        ];
        for (const operation of operations) {
          const { result, report } = reportOf(state, operation, probe);
          expect(report.promise).toBe('exact');
          expectUnchanged(report);
          // Modes are part of the network: no change of basis, no growth may alter them.
          result.state.network.spec.hidden.forEach((h) => expect([h.o, h.psi]).toEqual([o, psi]));
        }
      }
    }
  });

  it('removes units of σ = 0 exactly, several layers from the output to the input', () => {
    const { state, ...probe } = example(4);
    // Inert through and through: σ = 0 and no ψ from below, as the decay of ψ brings about.
    state.network.parameters.psi.forEach((v) => v.fill(0));
    setSmallSigma(state.network, 0, 2, 0);
    setSmallSigma(state.network, 1, 1, 0);
    setSmallSigma(state.network, 2, 3, 0);
    let now = state;
    for (const [layer, count] of [
      [2, 3],
      [1, 1],
      [0, 2],
    ]) {
      const { result, report } = reportOf(now, { kind: 'remove', layer, count, where: 'exact' }, probe);
      expect(report.sigmaRemoved).toEqual(new Array(count).fill(0));
      if (psi === 'expectation') {
        // Right on average, not exactly: said so, and true.
        expect(report.promise).toBe('none');
        expect(report.epsilonScaledPercent).toBeGreaterThan(1e-6);
      } else {
        expect(report.promise).toBe('exact');
        expectUnchanged(report);
      }
      now = result.state;
    }
    const { hidden } = now.network.spec;
    expect(hidden.map((h) => h.width)).toEqual([6, 5, 4]);
    expect(hidden.every((h) => h.o === (o === 'off' ? 'fixed' : o))).toBe(true);
    expect(hidden.every((h) => h.psi === (psi === 'off' ? 'fixed' : psi))).toBe(true);
    if (psi !== 'expectation')
      expect(networkDeviation(state.network, now.network, probe.x, probe.labels).n).toBe(40);
  });

  it('asks for exactly the corrections that are off', () => {
    const { state } = example(1);
    expect(missingCorrections(state.network.spec, 0)).toEqual([
      ...(o === 'off' ? ['o'] : []),
      ...(psi === 'off' ? ['psi'] : []),
    ]);
  });

  it('trains o and ψ if and only if the mode says so, after structural operations too', () => {
    const { state, ...probe } = example(5);
    const removed = applyOperation(
      state,
      { kind: 'remove', layer: 0, count: 2, where: 'exact' },
      { probe },
    ).state;
    for (const { network } of [state, removed]) {
      const { tensors } = gradients(network, probe.x, probe.labels, {
        lambda: 0.3,
        measure: 'mean-square',
        psiDecay: 0.1,
      });
      network.spec.hidden.forEach((h, l) => {
        expect(tensors.o[l] !== 0).toBe(h.o === 'trained');
        expect(tensors.psi[l].some((g) => g !== 0)).toBe(h.psi === 'trained' || h.psi === 'decay');
      });
    }
    const trainedPsi = psi === 'trained' || psi === 'decay' ? 6 + 7 + 4 : 0;
    const dense = 12 * 8 + 8 * 6 + 6 * 7 + 7 * 4 + 8 + 6 + 7 + 4;
    expect(parameterCount(state.network.spec)).toBe(dense + trainedPsi + (o === 'trained' ? 3 : 0));
  });

  it('reads ψ in the forward pass if and only if there is one', () => {
    const { state, x, n } = example(6);
    const before = referenceForward(state.network, x, n).logits;
    const other = cloneTrainingState(state).network;
    other.parameters.psi.forEach((v, l) => v.fill(l + 1));
    const changed = referenceForward(other, x, n).logits.some((v, i) => v !== before[i]);
    expect(changed).toBe(hasPsi(psi));
    expect(hasPsi(psi)).toBe(psi !== 'off' && psi !== 'expectation');
  });
});

describe('the corrections of a removal', () => {
  it('need both o and ψ: either alone leaves the function changed, and expectation lies between', () => {
    const error = (o: OMode, psi: PsiMode): number => {
      const { state, ...probe } = exampleState({ hidden: [8, 6], inputs: 12, o: 'fixed', psi: 'fixed' });
      const { parameters, spec } = state.network;
      setSmallSigma(state.network, 0, 3, 0);
      parameters.psi.forEach((v) => v.fill(0));
      parameters.o.fill(0);
      const rng = seededRandom(3, 'biases');
      for (let j = 0; j < 8; j++) parameters.biases[0][j] = rng.normal();
      // With o and ψ at 0 their modes do not alter the network, only what a removal may do.
      spec.hidden[0] = { ...spec.hidden[0], o, psi };
      const operation: Operation = { kind: 'remove', layer: 0, count: 3, where: 'approximate' };
      return reportOf(state, operation, probe).report.epsilonScaledPercent;
    };
    const both = error('fixed', 'fixed');
    expect(both).toBeLessThan(1e-9);
    for (const alone of [error('fixed', 'off'), error('off', 'fixed'), error('off', 'off')])
      expect(alone).toBeGreaterThan(0.05);
    expect(error('fixed', 'expectation')).toBeLessThan(error('fixed', 'off'));
    expect(error('fixed', 'expectation')).toBeGreaterThan(both);
  });

  it('from the output to the input errs less than from the input to the output', () => {
    // σ small but not 0, as after training. Emptying the lower layer first leaves the upper one of lower rank, and the unit then
    // removed there, of σ = 0, takes part of the ψ just written with it.
    const errors = (order: number[]): number[] =>
      [1, 2, 3, 4, 5, 6].map((seed) => {
        const { state, x, labels } = exampleState({ hidden: [6, 6], inputs: 12, seed, n: 64 });
        state.network.parameters.psi.forEach((v) => v.fill(0));
        setSmallSigma(state.network, 0, 3, 1e-5);
        setSmallSigma(state.network, 1, 1, 1e-5);
        let now = state;
        for (const layer of order)
          now = applyOperation(now, {
            kind: 'remove',
            layer,
            count: layer === 0 ? 3 : 1,
            where: 'exact',
          }).state;
        return networkDeviation(state.network, now.network, x, labels).epsilonScaledPercent;
      });
    const right = errors([1, 0]);
    const wrong = errors([0, 1]);
    for (const e of right) expect(e).toBeLessThan(1.6e-3);
    right.forEach((e, i) => {
      expect(wrong[i]).toBeGreaterThan(100 * e);
    });
  });

  it('lose the ψ that fed the removed units, and nothing else (facts: 0.28 % at ψ ~ 0.3)', () => {
    const error = (size: number): number => {
      const { state, x, labels } = exampleState({ hidden: [8, 8], inputs: 12, n: 64 });
      const { network } = state;
      setSmallSigma(network, 1, 1, 0);
      network.parameters.psi[0].forEach((v, j, list) => (list[j] = v * size));
      const operation: Operation = { kind: 'remove', layer: 1, count: 1, where: 'exact' };
      return networkDeviation(network, applyOperation(state, operation).state.network, x, labels)
        .epsilonScaledPercent;
    };
    expect(error(0)).toBeLessThan(1e-9);
    expect(error(1)).toBeGreaterThan(1e-2);
    expect(error(1e-3) / error(1e-4)).toBeCloseTo(10, 0);
  });
});

describe('the probe of an expectation', () => {
  it('decides the mean of s: another probe, another bias, the same everything else', () => {
    const { state, ...probe } = exampleState({ hidden: [8, 6], psi: 'expectation', inputs: 12, n: 40 });
    const operation: Operation = { kind: 'remove', layer: 0, count: 2, where: 'exact' };
    const by = (p: ProbeInputs): Network => applyOperation(state, operation, { probe: p }).state.network;
    const all = by(probe);
    const few = by({ ...probe, n: 3 });
    expect(few.parameters.biases[1]).not.toEqual(all.parameters.biases[1]);
    expect(few.parameters.weights).toEqual(all.parameters.weights);
    // Singles averaged are the whole: the mean is taken over the probe's n images and no others.
    const mean = new Float64Array(6);
    for (let b = 0; b < 40; b++) {
      const one = by({ x: probe.x.slice(b * 12), labels: probe.labels, n: 1 }).parameters.biases[1];
      one.forEach((v, j) => (mean[j] += v / 40));
    }
    mean.forEach((v, j) => {
      expect(v).toBeCloseTo(all.parameters.biases[1][j], 12);
    });
    expect(svd(all.parameters.weights[0]).sigma[5]).toBeCloseTo(
      svd(state.network.parameters.weights[0]).sigma[5],
      12,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { logitAccuracy, invarianceReport, logitDeviation, ownBlockLogits } from './invariance';
import { applyOperation } from './operations/operations';
import { exampleState, setSmallSigma } from './testing';
import type { InvarianceReport, Operation } from './types';

function report(options: Parameters<typeof exampleState>[0], operation: Operation): InvarianceReport {
  const { state, x, labels, n } = exampleState(options);
  const result = applyOperation(state, operation);
  return invarianceReport(state.network, result.state.network, { x, labels, n }, operation, result);
}

describe('deviation', () => {
  it('measures logits of any precision', () => {
    const found = logitDeviation(
      Float32Array.from([3, 4, 0, 1]),
      Float64Array.from([3, 4.5, 2, 1]),
      [1, 1],
      2,
    );
    expect(found.n).toBe(2);
    expect(found.epsilonScaledPercent).toBeCloseTo((100 * (0.1 + 2)) / 2, 12);
    expect(found.maxAbsLogit).toBe(2);
    expect(found.accuracyPoints).toBe(-50);
    const p = 1 / (1 + Math.E);
    const q = 1 / (1 + Math.exp(1.5));
    const first = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    const second = p * Math.log(p / (1 - p)) + (1 - p) * Math.log((1 - p) / p);
    expect(found.klNats).toBeCloseTo((first + second) / 2, 12);
  });

  it('stays finite on zero logits, huge logits and no images', () => {
    const zero = new Float64Array(4);
    expect(logitDeviation(zero, zero, [0, 1], 2)).toMatchObject({ epsilonScaledPercent: 0, klNats: 0 });
    expect(logitDeviation(zero, Float64Array.from([1, 0, 0, 0]), [0, 1], 2).epsilonScaledPercent).toBe(50);
    const huge = Float64Array.from([1e6, -1e6, 0, 3]);
    expect(logitDeviation(huge, huge, [0, 1], 2)).toMatchObject({ klNats: 0, maxAbsLogit: 0 });
    expect(logitDeviation(zero, zero, [], 2)).toMatchObject({
      n: 0,
      epsilonScaledPercent: 0,
      accuracyPoints: 0,
    });
    expect(logitAccuracy(zero, [], 0, 2)).toBe(0);
    expect(() => logitDeviation(zero, zero, [0, 1, 2], 2)).toThrow(/need 6 logits/);
  });
});

describe('invariance report', () => {
  it('finds a rotation harmless and says so', () => {
    const found = report({ hidden: [8, 6] }, { kind: 'rotate', layer: 0, seed: 1 });
    expect(found).toMatchObject({ unchanged: true, promise: 'exact', accuracyPoints: 0, sigmaRemoved: [] });
    expect(found.sentence).toMatch(
      /^Function unchanged: max Δlogit (\d|\d×10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+|10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+) \(tolerance (\d×)?10⁻⁹\)\.$/,
    );
    expect(Math.abs(found.sigmaSumDrop)).toBeLessThan(1e-6);
    expect(found.energySum.after).toBeCloseTo(found.energySum.before, 12);
    expect(found.parametersAfter).toBe(found.parametersBefore);
  });

  it('shows how growth dilutes the mean energy and not the sum', () => {
    const found = report({ hidden: [8] }, { kind: 'grow', layer: 0, count: 8, seed: 1 });
    expect(found.energyMean.after).toBeCloseTo(found.energyMean.before / 2, 12);
    expect(found.energySum.after).toBeCloseTo(found.energySum.before, 12);
    expect([found.widthsBefore, found.widthsAfter]).toEqual([
      [7, 8, 4],
      [7, 16, 4],
    ]);
  });

  it('calls a removal first-order in σ, with its corrections', () => {
    const found = report({ hidden: [8, 6] }, { kind: 'remove', layer: 0, count: 2, where: 'exact' });
    expect(found.unchanged).toBe(false);
    expect(found.sentence).toMatch(/^Function changed to first order in σ: max Δlogit .* largest σ removed/);
    expect(found.corrections).toHaveLength(2);
    expect(found.sigmaRemoved).toHaveLength(2);
    expect(found.sigmaSumDrop).toBeCloseTo(found.sigmaRemoved[0] + found.sigmaRemoved[1], 6);
  });

  it('calls a removal of σ = 0 unchanged', () => {
    const { state, x, labels, n } = exampleState({ hidden: [6, 5], inputs: 12 });
    setSmallSigma(state.network, 0, 1, 0);
    const operation: Operation = { kind: 'remove', layer: 0, count: 1, where: 'exact' };
    const result = applyOperation(state, operation);
    const found = invarianceReport(state.network, result.state.network, { x, labels, n }, operation, result);
    expect(found).toMatchObject({ promise: 'exact', unchanged: true });
  });

  it('does not excuse the elementwise control', () => {
    const found = report({ hidden: [8, 6], activation: 'tanh' }, { kind: 'left', layer: 0 });
    expect(found).toMatchObject({ promise: 'none', unchanged: false });
    expect(found.sentence).toMatch(/^Function changed: .* does not promise/);
  });
});

describe('reports of networks with blocks', () => {
  it('judge each image by its own block alone', () => {
    const logits = Float64Array.of(1, 2, 30, 40, 5, 6, 70, 80);
    expect([...ownBlockLogits(logits, [1, 2], 4, 2)]).toEqual([1, 2, 70, 80]);
    expect(ownBlockLogits(logits, [1, 2], 4, 1)).toBe(logits);
  });
});

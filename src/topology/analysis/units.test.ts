import { describe, expect, it } from 'vitest';
import { multiplyMatrices } from '../../network/linearAlgebra';
import { referenceForward } from '../../network/reference';
import { exampleNetwork } from '../../network/testing';
import { initialTrainingState } from '../../network/initialise';
import { cloneNetwork } from '../../network/network';
import { logitAccuracy } from '../invariance';
import { applyOperation } from '../operations/operations';
import { svd } from '../linear/svd';
import { networkDeviation } from '../testing';
import { withoutUnit, inDiagonalBasis } from './testing';
import { naturalRemovals, unitReport } from './units';

const BOTH = { o: true, psi: true };

describe('natural removals', () => {
  it.each(['trained', 'off'] as const)('are those of cutting each unit out by hand (o and ψ %s)', (mode) => {
    for (const layer of [0, 1, 2]) {
      const { network, ...probe } = exampleNetwork({
        hidden: [8, 7, 5],
        inputs: 10,
        o: mode,
        psi: mode,
        seed: 3,
      });
      const { points, slope } = naturalRemovals(network, layer, probe);
      const turned = inDiagonalBasis(network, layer);
      const { sigma } = svd(network.parameters.weights[layer]);
      expect(points).toHaveLength(network.spec.hidden[layer].width);
      for (const point of points) {
        const after = withoutUnit(turned, layer, point.unit, BOTH);
        const { epsilonScaledPercent } = networkDeviation(network, after, probe.x, probe.labels);
        expect(point.epsilonPercent).toBeGreaterThan(1e-3);
        expect(point.epsilonPercent).toBeCloseTo(epsilonScaledPercent, 8);
        expect(point.sigma).toBeCloseTo(sigma[point.unit], 12);
      }
      expect(slope).not.toBeNull();
    }
  });

  it('agree with the removal the lab offers, for the unit it takes', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [8, 6], inputs: 12 });
    const { state } = applyOperation(initialTrainingState(network, 'sgd'), {
      kind: 'remove',
      layer: 0,
      count: 1,
      where: 'exact',
    });
    const { epsilonScaledPercent } = networkDeviation(network, state.network, probe.x, probe.labels);
    const last = naturalRemovals(network, 0, probe).points[7];
    expect(last.epsilonPercent).toBeCloseTo(epsilonScaledPercent, 9);
  });
});

describe('the report of a unit', () => {
  it('says what it reads, writes and is driven by', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [8, 7, 5], inputs: 10, n: 40, seed: 2 });
    const { x, n, labels } = probe;
    const turned = inDiagonalBasis(network, 1);
    const { h } = referenceForward(turned, x, n);
    const { weights, biases } = turned.parameters;
    for (const unit of [0, 3, 6]) {
      const report = unitReport(network, 1, unit, probe);
      // A singular triple: Wᵀ·W·v = σ²·v in the network as it was.
      const w = network.parameters.weights[1];
      const image = multiplyMatrices(w, { rows: 8, cols: 1, data: report.reads });
      expect(Math.hypot(...report.reads)).toBeCloseTo(1, 12);
      expect(Math.hypot(...image.data)).toBeCloseTo(report.sigma, 12);
      const back = multiplyMatrices({ rows: 1, cols: 7, data: image.data }, w);
      report.reads.forEach((v, j) => {
        expect(back.data[j]).toBeCloseTo(report.sigma ** 2 * v, 10);
      });
      expect(report.bias).toBe(biases[1][unit]);
      report.outgoing.forEach((v, j) => {
        expect(v).toBe(weights[2].data[j * 7 + unit]);
      });
      report.perClass.forEach((v, c) => {
        const sum = report.outgoing.reduce((total, out, j) => total + weights[3].data[c * 5 + j] * out, 0);
        expect(v).toBeCloseTo(sum, 12);
      });
      const own = Array.from({ length: n }, (_, b) => h[1][b * 7 + unit]);
      expect(report.top).toHaveLength(12);
      expect(report.top[0].activation).toBe(own.reduce((top, v) => (Math.abs(v) > Math.abs(top) ? v : top)));
      report.top.forEach(({ image: b, activation }, i) => {
        expect(activation).toBe(own[b]);
        if (i > 0) expect(Math.abs(activation)).toBeLessThanOrEqual(Math.abs(report.top[i - 1].activation));
      });
      expect(report.meanSquare).toBeCloseTo(own.reduce((sum, v) => sum + v * v, 0) / n, 12);
      const cut = withoutUnit(turned, 1, unit, BOTH);
      expect(report.accuracy).toBe(logitAccuracy(referenceForward(network, x, n).logits, labels, n, 4));
      expect(report.accuracyWithout).toBe(logitAccuracy(referenceForward(cut, x, n).logits, labels, n, 4));
      expect(report.epsilonPercent).toBeCloseTo(
        networkDeviation(network, cut, x, labels).epsilonScaledPercent,
        8,
      );
    }
  });

  it.each(['tanh', 'relu'] as const)('takes %s units as they are', (activation) => {
    const { network, ...probe } = exampleNetwork({ hidden: [8, 6], inputs: 10, activation });
    const report = unitReport(network, 0, 2, probe);
    const row = network.parameters.weights[0].data.subarray(20, 30);
    expect(report.sigma).toBeCloseTo(Math.hypot(...row), 12);
    expect([...report.reads]).toEqual([...row].map((v) => v / report.sigma));
    const without = cloneNetwork(network);
    for (let j = 0; j < 6; j++) without.parameters.weights[1].data[j * 8 + 2] = 0;
    const { epsilonScaledPercent } = networkDeviation(network, without, probe.x, probe.labels);
    expect(report.epsilonPercent).toBeGreaterThan(0.1);
    expect(report.epsilonPercent).toBeCloseTo(epsilonScaledPercent, 9);
  });

  it('reads nothing where the layer is wider than its inputs', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [9, 6], inputs: 5 });
    const report = unitReport(network, 0, 8, probe);
    expect(report.sigma).toBe(0);
    expect([...report.reads]).toEqual([0, 0, 0, 0, 0]);
    expect(report.epsilonPercent).toBeLessThan(1e-10);
    expect(() => unitReport(network, 0, 9, probe)).toThrow(/9 units: there is no unit 10/);
  });
});

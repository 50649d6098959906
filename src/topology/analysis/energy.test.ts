import { describe, expect, it } from 'vitest';
import { exampleNetwork } from '../../network/testing';
import { analyse } from './analyse';
import type { AnalysisAnswer, AnalysisQuery, AnalysisSubject } from './types';

const MEASURED = { measure: 'mean-square', site: 'post' } as const;

function ask<Kind extends AnalysisQuery['kind']>(
  subject: AnalysisSubject,
  query: Extract<AnalysisQuery, { kind: Kind }>,
) {
  const answer = analyse({ ...subject, query });
  if (answer.kind !== query.kind) throw new Error('Another answer.');
  return answer.report as Extract<AnalysisAnswer, { kind: Kind }>['report'];
}

const relu = (seed: number) => exampleNetwork({ hidden: [12, 9], activation: 'relu', seed, n: 40 });

describe('energy of a network beside its twin', () => {
  const { network, x, labels, n } = relu(2);
  // A twin with four times the activations: what λ would have taken from it.
  const twin = relu(3).network;
  twin.parameters.weights[0].data.forEach((w, i) => (twin.parameters.weights[0].data[i] = 4 * w));
  const subject: AnalysisSubject = { network, probe: { x, labels, n }, twin: { network: twin, behind: 0 } };

  it('rescales the twin to the energy of the network: same answers, other weights', () => {
    const { rescaled, waterfall, ...report } = ask(subject, { kind: 'energy', ...MEASURED });
    if (!rescaled || !waterfall || !report.twin) throw new Error('No rescaled twin.');
    expect(rescaled.energy.raw.total / report.network.raw.total).toBeCloseTo(1, 12);
    expect(rescaled.energy.accuracy).toBe(report.twin.accuracy);
    expect(rescaled.energy.crossEntropy).toBeCloseTo(report.twin.crossEntropy, 12);
    expect(rescaled.energy.norms[2]).toBeCloseTo(report.twin.norms[2] / rescaled.factor, 10);
    const { total, rescaling, logits, rest } = waterfall;
    expect(total).toBeCloseTo(report.twin.raw.total / report.network.raw.total, 10);
    expect((rescaling * logits * rest) / total).toBeCloseTo(1, 12);
    expect(report.refusal).toBeNull();
    expect(report.basis).toBeNull();
  });

  it('disturbs all three alike', () => {
    const query = { kind: 'robustness', disturbance: 'noise', sizes: [0, 0.5], ...MEASURED } as const;
    const { curves } = ask(subject, query);
    expect(curves.map(({ contender }) => contender)).toEqual(['twin', 'network', 'rescaled']);
    const [before, , fake] = curves.map(({ points }) => points);
    expect(fake[0].accuracy).toBe(before[0].accuracy);
    expect(fake[1].crossEntropy).toBeGreaterThan(before[1].crossEntropy);
    expect(ask(subject, query)).toEqual(ask(subject, query));
    // Without a twin there is one curve; the answer of the same probe is not that of before.
    const alone = { ...subject, probe: { ...subject.probe }, twin: null };
    expect(ask(alone, query).curves).toHaveLength(1);
    expect(ask(alone, { kind: 'energy', ...MEASURED })).toMatchObject({
      twin: null,
      rescaled: null,
      refusal: null,
    });
  });

  it('counts what images cost', () => {
    const { network: own, twin: other, blackKnown } = ask(subject, { kind: 'costs' });
    expect(own.map(({ dense }) => dense)).toEqual([84, 108, 36]);
    expect(other).toHaveLength(3);
    expect(blackKnown).toBe(false);
  });
});

describe('energy of an isotropic network', () => {
  it('is the same sum of squares in the diagonal basis, and another sum of sizes; it refuses to be rescaled', () => {
    const { network, x, labels, n } = exampleNetwork({ hidden: [8, 6, 5], n: 30 });
    const twin = { network: exampleNetwork({ hidden: [8, 6, 5], seed: 4 }).network, behind: 7 };
    const report = ask({ network, probe: { x, labels, n }, twin }, { kind: 'energy', ...MEASURED });
    const of = (measure: string) =>
      report.basis?.find((entry) => entry.measure === measure) ?? { before: 0, after: 0 };
    for (const measure of ['mean-square', 'sum-square'])
      expect(of(measure).after / of(measure).before).toBeCloseTo(1, 12);
    expect(Math.abs(of('l1').after / of('l1').before - 1)).toBeGreaterThan(0.01);
    expect(report.refusal).toMatch(/isotropic/);
    expect(report).toMatchObject({ rescaled: null, waterfall: null, behind: 7 });
  });
});

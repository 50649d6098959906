import { describe, expect, it } from 'vitest';
import { exampleNetwork } from '../../../network/testing';
import { analyse } from '../../../topology/analysis/analyse';
import type { EnergyReport, RobustnessReport, AnalysisSubject } from '../../../topology/analysis/types';
import { waterfallColumns } from './columns';
import { energySentence, filledFormula, lambdaSentence, robustSentence } from './sentence';

function subjectOf(activation: 'relu' | 'tanh'): AnalysisSubject {
  const own = exampleNetwork({ hidden: [6, 4], activation, seed: 2, n: 20 });
  const { network } = exampleNetwork({ hidden: [6, 4], activation, seed: 3 });
  return { network: own.network, probe: own, twin: { network, behind: 0 } };
}

function measured(subject: AnalysisSubject): EnergyReport {
  const answer = analyse({ ...subject, query: { kind: 'energy', measure: 'mean-square', site: 'post' } });
  if (answer.kind !== 'energy') throw new Error('Another answer.');
  return answer.report;
}

const relu = measured(subjectOf('relu'));

/** The report with another waterfall and energies to match. */
const withFall = (rescaling: number, logits: number, rest: number): EnergyReport => {
  const total = rescaling * logits * rest;
  const raw = { ...relu.network.raw, total: 0.5 };
  const twin = relu.twin && { ...relu.twin, accuracy: 0.873, raw: { ...raw, total: 0.5 * total } };
  const network = { ...relu.network, accuracy: 0.855, raw };
  return { ...relu, network, twin, waterfall: { total, rescaling, logits, rest } };
};

describe('the first sentence', () => {
  it('says how the fall of E comes about', () => {
    expect(energySentence(withFall(5.6, 4.5, 1.55))).toBe(
      'E fell ÷39 against the λ = 0 twin = ÷5.6 rescaling · ÷4.5 smaller logits · ÷1.6 rest; accuracy 85.5 % against 87.3 %.',
    );
    expect(energySentence(withFall(2, 0.5, 0.5))).toBe(
      'E is ×2.0 that of the λ = 0 twin = ÷2.0 rescaling · ×2.0 larger logits · ×2.0 rest (backwards); accuracy 85.5 % against 87.3 %.',
    );
  });

  it('says what is missing, and why', () => {
    expect(energySentence({ ...relu, twin: null, waterfall: null })).toMatch(
      /^E is .*; there is no λ = 0 twin/,
    );
    expect(energySentence(measured(subjectOf('tanh')))).toMatch(
      /how much of it is rescaling cannot be told here/,
    );
    const same = {
      ...relu,
      waterfall: null,
      network: { ...relu.network, raw: relu.twin?.raw ?? relu.network.raw },
    };
    expect(energySentence(same)).toMatch(/^E is that of the λ = 0 twin within 5 %; accuracy/);
  });

  it('names what a disturbance leaves of each', () => {
    const point = (accuracy: number) => ({
      size: 0.3,
      accuracy,
      accuracyDeviation: 0,
      crossEntropy: 1,
      crossEntropyDeviation: 0,
      draws: 5,
    });
    const report: RobustnessReport = {
      disturbance: 'noise',
      n: 512,
      curves: [
        { contender: 'twin', points: [point(0.863)] },
        { contender: 'network', points: [point(0.77)] },
        { contender: 'rescaled', points: [point(0.595)] },
      ],
    };
    expect(robustSentence(report)).toBe(
      'With noise σ 0.30: the twin 86.3 %, yours 77.0 %, the rescaled twin 59.5 % (n 512).',
    );
  });
});

describe('the waterfall', () => {
  it('leads from the twin to the network without a gap', () => {
    const columns = waterfallColumns(withFall(5.6, 0.5, 4));
    expect(columns.map(({ id }) => id)).toEqual(['twin', 'rescaling', 'logits', 'rest', 'network']);
    columns.slice(1, 4).forEach(({ from }, i) => expect(from).toBe(columns[i].to));
    expect(columns[3].to).toBeCloseTo(columns[4].to, 12);
    expect(columns[2].name).toEqual(['larger', 'logits']);
    expect(waterfallColumns({ ...relu, waterfall: null })).toEqual([]);
  });
});

describe('the formula in force', () => {
  it('is printed with the numbers of the network, and λ as another normalisation has it', () => {
    const [formula, filled] = filledFormula(relu);
    expect(formula).toContain('mean of 6 h₁² + mean of 4 h₂²');
    const [total, first, second] = [relu.network.raw.total, ...relu.network.raw.layers];
    expect(total).toBeCloseTo((first + second) / 2, 12);
    expect(filled).toMatch(/^E = \(1\/2\)·\([\d.]+ \+ [\d.]+\) = [\d.]+$/);
    expect(lambdaSentence(0.12, relu)).toBe(
      'λ 0.12 under mean square pushes as hard as λ 0.01 in layer 1, λ 0.015 in layer 2 under sum of squares: no single λ, as widths differ.',
    );
    expect(lambdaSentence(0, relu)).toMatch(/is 0/);
    expect(lambdaSentence(1, { ...relu, measure: 'l1' })).toMatch(/No λ of another measure/);
  });
});

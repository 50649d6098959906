import { expect, it } from 'vitest';
import { DATASETS } from '../data/registry';
import { reportMarkdown } from './markdown';
import { mergeResults } from './mergeResults';
import { lambdaSweep } from './recipes/energy/lambdaSweep';
import { reportOf } from './report';
import { stepsPerEpoch } from './trials';
import type { TrialResult } from './types';
import { type VerdictCriterion, criterionStatus, verdictOf } from './verdict';

const criterion = (low: number, high: number, n = 5): VerdictCriterion => ({
  label: `within ±1`,
  interval: { value: (low + high) / 2, low, high, n },
  above: -1,
  below: 1,
});

it('a verdict follows its rule', () => {
  expect(criterionStatus(criterion(-0.9, 0.9))).toBe('met');
  expect(criterionStatus(criterion(-0.9, 1.1))).toBe('open');
  expect(criterionStatus(criterion(1.1, 1.2))).toBe('missed');
  expect(criterionStatus(criterion(NaN, NaN))).toBe('open');
  // No change at all in any run is not a change for the better.
  expect(criterionStatus({ label: 'grows', interval: { value: 0, low: 0, high: 0, n: 3 }, above: 0 })).toBe(
    'open',
  );
  const outcome = (...criteria: VerdictCriterion[]): string => verdictOf(criteria, 3).outcome;
  expect(outcome(criterion(-0.9, 0.9), criterion(0, 0.5))).toBe('reproduced');
  expect(outcome(criterion(-0.9, 0.9), criterion(0, 1.5))).toBe('cannot say');
  expect(outcome(criterion(0, 1.5), criterion(1.1, 1.2))).toBe('not reproduced');
  expect(outcome(criterion(1.1, 1.2, 2))).toBe('cannot say');
  expect(outcome(criterion(1.1, 1.2, NaN))).toBe('cannot say');
  expect(outcome()).toBe('cannot say');
});

it('an epoch covers all training images it is given, the last few included', () => {
  expect(stepsPerEpoch('mnist', 128)).toBe(469);
  expect(stepsPerEpoch('mnist', 128, { train: 1025 })).toBe(9);
  expect(stepsPerEpoch('mnist', 128, { train: 1024 })).toBe(8);
  expect(stepsPerEpoch('digits', 1, { train: 1e6 })).toBe(DATASETS.digits.trainCount);
});

it('results of another version of an experiment are not joined with its own', () => {
  const all = results(3, 0);
  const older = all.map((result) => ({ ...result, recipeVersion: 0 }));
  const plan = { recipe: 'lambda-sweep', recipeVersion: 1, size: 'full' } as const;
  expect(mergeResults(lambdaSweep, plan, all)).toEqual(all);
  expect(() => mergeResults(lambdaSweep, plan, [older[0], ...all.slice(1)])).toThrow(
    `1 runs are of another version: ${all[0].trial}.`,
  );
  expect(() => mergeResults(lambdaSweep, { ...plan, recipeVersion: 0 }, older)).toThrow(
    'lambda-sweep (full) was planned as version 0; this lab has version 1.',
  );
});

/** Results of lambda-sweep at full size: E falls by `decades` at the largest λ, accuracy by `points`. */
function results(decades: number, points: number): TrialResult[] {
  return lambdaSweep.trials('full').map((trial) => {
    const lambda = Number(trial.factors.lambda);
    const share = lambda === 0 ? 0 : (Math.log10(lambda) + 6) / 4;
    const jitter = 1 + 0.01 * ((trial.seed * 7 + share * 11) % 3);
    return {
      format: 'parsimony-trial',
      recipe: 'lambda-sweep',
      recipeVersion: 1,
      size: 'full',
      trial: trial.id,
      factors: { ...trial.factors },
      seed: trial.seed,
      steps: trial.steps,
      status: 'done',
      reason: null,
      metrics: {
        accuracy: 0.95 - (points / 100) * share * jitter,
        energy: 10 ** (-decades * share) * jitter,
        loss: 0.2,
        trainingLoss: 0.1,
        parameters: 9,
      },
      series: {},
      engine: { id: 'x', label: 'X', adapter: 'a', software: false },
      lab: '0',
      link: '',
      timings: {},
    };
  });
}

it('the sweep over λ is reproduced, not reproduced, or open, as its numbers say', () => {
  const of = (decades: number, points: number) => reportOf(lambdaSweep, 'full', results(decades, points));
  expect(of(3, 0.2).verdict.outcome).toBe('reproduced');
  expect(of(1, 0.2).verdict.outcome).toBe('not reproduced');
  expect(of(3, 2).verdict.outcome).toBe('not reproduced');
  expect(of(3, 0.495).verdict.outcome).toBe('cannot say');
  const report = of(3, 0.2);
  expect(report.n).toBe('10 seeds, 100 runs');
  const { main } = report;
  if (main.kind !== 'points') throw new Error('Another plot.');
  expect(main.series[0].points.at(-1)?.mean.value).toBeCloseTo(1e-3, 4);
  const short = results(3, 0.2).map((result): TrialResult => ({ ...result, size: 'quick' }));
  expect(reportOf(lambdaSweep, 'quick', short).verdict).toMatchObject({
    outcome: 'cannot say',
    because: expect.stringContaining('too short') as string,
  });
  const partial = reportOf(lambdaSweep, 'full', results(3, 0.2).slice(0, 10));
  expect(partial.verdict.outcome).toBe('cannot say');
  expect(partial.n).toBe('1 seed, 10 runs; 90 still to come');
  const markdown = reportMarkdown(report, (id) => `${id}.svg`);
  expect(markdown).toContain('**Verdict: reproduced.**');
  expect(markdown).toContain('](energy.svg)');
  expect(markdown).not.toMatch(/NaN|undefined/);
});

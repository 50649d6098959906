import { describe, expect, it } from 'vitest';
import type { VerdictOutcome } from '../verdict';
import { RECIPES } from '../registry';
import { judgedSize, madeUpReport, madeUpResults } from '../testing';
import { SIZE_NAMES } from '../types';
import { ENERGY_VERDICTS } from './energy/testing';
import { ISOTROPIC_VERDICTS } from './isotropic/testing';

const CASES = [...ENERGY_VERDICTS, ...ISOTROPIC_VERDICTS];
const OUTCOMES: readonly VerdictOutcome[] = ['reproduced', 'not reproduced', 'cannot say'];

describe('the rules of verdicts, on made-up results', () => {
  it.each(CASES.map((one) => [one.recipe.id, one.outcome, one.world, one] as const))(
    '%s is %s where %s',
    (_id, outcome, _world, { recipe, made, seeds, because }) => {
      const { verdict } = madeUpReport(recipe, madeUpResults(recipe, made, seeds));
      expect({ outcome: verdict.outcome, because: verdict.because }).toEqual({
        outcome,
        because: expect.stringMatching(because) as string,
      });
    },
  );
});

describe.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))('the rule of %s', (_, recipe) => {
  const own = CASES.filter((one) => one.recipe === recipe);

  it('has a world for each verdict', () => {
    expect(OUTCOMES.filter((outcome) => !own.some((one) => one.outcome === outcome))).toEqual([]);
  });

  const holds = own.find(({ outcome }) => outcome === 'reproduced');
  const results = holds ? madeUpResults(recipe, holds.made, holds.seeds) : [];

  it('has a world in which each of its parts is missed', () => {
    const { criteria } = madeUpReport(recipe, results).verdict;
    const missed = own.filter(({ outcome }) => outcome === 'not reproduced');
    expect(criteria.length).toBeGreaterThan(0);
    expect(
      criteria
        .map(({ label }) => label)
        .filter((label) => !missed.some(({ because }) => because.test(label))),
    ).toEqual([]);
  });

  it('says nothing without results, or with fewer seeds than it asks for', () => {
    expect(madeUpReport(recipe, []).verdict.outcome).toBe('cannot say');
    const few = results.filter(({ seed }) => seed < recipe.minimumSeeds - 1);
    expect(few.length).toBeGreaterThan(0);
    expect(madeUpReport(recipe, few).verdict.outcome).toBe('cannot say');
  });

  it('says nothing about runs of a size too small for it', () => {
    const smaller = SIZE_NAMES.slice(0, SIZE_NAMES.indexOf(judgedSize(recipe)));
    expect(smaller.length).toBeGreaterThan(0);
    for (const size of smaller) {
      const runs = holds ? madeUpResults(recipe, holds.made, holds.seeds, size) : [];
      expect(runs.length).toBeGreaterThan(0);
      expect(madeUpReport(recipe, runs).verdict.outcome).toBe('cannot say');
    }
  });

  it('counts only runs that are done', () => {
    const diverged = results.map((result) => ({ ...result, status: 'diverged' as const, reason: 'made up' }));
    expect(diverged.length).toBeGreaterThan(0);
    expect(madeUpReport(recipe, diverged).verdict.outcome).toBe('cannot say');
  });
});

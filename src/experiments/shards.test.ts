import { describe, expect, it } from 'vitest';
import { RECIPES } from './registry';
import { missingShards, studyShard } from './shards';
import { trialCost } from './trialCost';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('shards', () => {
  it('hold every trial of every experiment exactly once, whatever their number', () => {
    for (const recipe of RECIPES) {
      const trials = recipe.trials('quick');
      for (const n of [1, 3, 11]) {
        const all = Array.from({ length: n }, (_, i) => studyShard(trials, i + 1, n).map(({ id }) => id));
        expect(all.flat().sort(), recipe.id).toEqual(trials.map(({ id }) => id).sort());
      }
    }
  });

  it('have about the same to do: none more than the mean and one run', () => {
    for (const recipe of RECIPES) {
      const trials = recipe.trials('class');
      const costs = trials.map(trialCost);
      const n = 8;
      const mean = sum(costs) / n;
      for (let k = 1; k <= n; k++) {
        const own = sum(studyShard(trials, k, n).map(trialCost));
        expect(own, `${recipe.id} ${k}`).toBeLessThanOrEqual(mean + Math.max(...costs));
      }
    }
    // Networks of very different sizes: without their costs, the largest shard has over twice the mean.
    const uneven = RECIPES.find(({ id }) => id === 'isotropic-vs-standard')?.trials('class') ?? [];
    const costs = [1, 2, 3, 4].map((k) => sum(studyShard(uneven, k, 4).map(trialCost)));
    expect(Math.max(...costs) / (sum(costs) / 4)).toBeLessThan(1.1);
  });

  it('count a wider network, more steps and a larger batch as more work', () => {
    const [trial] = RECIPES[0].trials('quick');
    const cost = trialCost(trial);
    const { configuration } = trial;
    expect(trialCost({ ...trial, steps: 2 * trial.steps })).toBeGreaterThan(1.5 * cost);
    const wide = { ...configuration, hidden: configuration.hidden.map((width) => 4 * width) };
    expect(trialCost({ ...trial, configuration: wide })).toBeGreaterThan(2 * cost);
    expect(
      trialCost({ ...trial, configuration: { ...configuration, batch: 2 * configuration.batch } }),
    ).toBeGreaterThan(1.5 * cost);
  });

  it('name those that lack a run', () => {
    const trials = RECIPES[0].trials('quick');
    const third = studyShard(trials, 3, 5);
    expect(missingShards(trials, new Set([third[0].id, third[1].id]), 5)).toEqual([
      { shard: 3, missing: 2, runs: third.length },
    ]);
    expect(missingShards(trials, new Set(), 5)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISK_ORIGIN } from '../cli/experiments/disk';
import type { Engine } from '../training/engine';
import { openWasm } from '../training/tfjs/backends';
import { RECIPES } from './registry';
import { reportOf } from './report';
import { runTrials } from './runner/runner';
import { DatasetCache } from './datasetCache';
import { SIZE_NAMES, type TrialResult } from './types';

let engine: Engine;
beforeAll(async () => {
  engine = await openWasm(() => undefined);
});
afterAll(() => engine.dispose());
const sources = new DatasetCache(DISK_ORIGIN);

describe.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  it('lists its runs, each with a name of its own and always in the same order', () => {
    for (const size of SIZE_NAMES) {
      const trials = recipe.trials(size);
      const ids = trials.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      // As texts: thousands of trials compared part by part take seconds.
      expect(JSON.stringify(recipe.trials(size)) === JSON.stringify(trials)).toBe(true);
      const more = new Set(recipe.trials(size, { seeds: recipe.sizes[size].seeds + 1 }).map(({ id }) => id));
      expect(ids.filter((id) => !more.has(id))).toEqual([]);
      expect(more.size).toBeGreaterThan(ids.length);
      for (const { factors, looks, steps } of trials) {
        expect(Object.keys(factors).sort()).toEqual(recipe.factors.map(({ id }) => id).sort());
        expect(looks.every((look) => look > 0 && look <= steps)).toBe(true);
      }
    }
    expect(recipe.trials('tiny').length).toBeLessThanOrEqual(8);
  });

  it('runs tiny: its table is there, and nothing is concluded', async () => {
    const trials = recipe.trials('tiny');
    const results: TrialResult[] = [];
    for await (const result of runTrials({ recipe, size: 'tiny', trials, engine, sources }))
      results.push(result);
    expect(results.map(({ reason }) => reason)).toEqual(trials.map(() => null));
    for (const { metrics } of results)
      expect(Object.keys(metrics)).toEqual(expect.arrayContaining(recipe.metrics.map(({ id }) => id)));
    const report = reportOf(recipe, 'tiny', results);
    expect(report.verdict.outcome).toBe('cannot say');
    expect(report.counts).toEqual({ planned: trials.length, done: trials.length, diverged: 0, failed: 0 });
    expect(report.tables[0].rows.length).toBeGreaterThan(0);
    // The analysis of partial results, from none to all but one, says so and does not throw.
    for (let n = 0; n < results.length; n++)
      expect(reportOf(recipe, 'tiny', results.slice(0, n)).n).toContain('still to come');
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISK_ORIGIN } from '../../cli/experiments/disk';
import { ResultsFile } from '../../cli/experiments/resultsFile';
import type { Engine } from '../../training/engine';
import { openWasm } from '../../training/tfjs/backends';
import { resultLines, mergeResults, type StudyPlan } from '../mergeResults';
import { studyShard } from '../shards';
import { lambdaSweep } from '../recipes/energy/lambdaSweep';
import { withoutTimings } from '../results';
import { DatasetCache } from '../datasetCache';
import { canonicalLevels, selectTrials } from '../trials';
import type { Recipe, Trial, TrialResult } from '../types';
import { trialGroups } from './groups';
import { runTrials } from './runner';
import type { RunnerOptions } from './types';

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), 'parsimony-runner-'));
beforeAll(async () => {
  engine = await openWasm(() => undefined);
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true });
});
const sources = new DatasetCache(DISK_ORIGIN);

/** λ 0 and 0.01, a look on the way, three seeds of ten steps. */
const small: Recipe = {
  ...lambdaSweep,
  trials: (size, options) =>
    lambdaSweep
      .trials(size, { seeds: 3, ...options })
      .map((trial) => ({ ...trial, steps: 10, looks: [4, 10] })),
};
const trials = small.trials('tiny');

async function runs(more: Partial<RunnerOptions> = {}): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  const options = { recipe: small, size: 'tiny', trials, engine, sources, ...more } as const;
  for await (const result of runTrials(options)) results.push(result);
  return results;
}
const told = (results: readonly TrialResult[]): TrialResult[] =>
  results.map(withoutTimings).sort((a, b) => (a.trial < b.trial ? -1 : 1));

/** The same engine, said to have a model axis: its groups take the runner's way of training together. */
const withAxis = (): Engine => ({
  info: engine.info,
  modelAxis: true,
  lost: engine.lost,
  createModel: (...args) => engine.createModel(...args),
  createGroup: (...args) => engine.createGroup(...args),
  dispose: () => undefined,
});

describe('the runner', () => {
  it('gives the same results in any order, alone, together, and shard by shard', async () => {
    const whole = await runs();
    expect(whole).toHaveLength(6);
    expect(new Set(whole.map(({ metrics }) => metrics.loss)).size).toBe(6);
    expect(told(await runs({ trials: [...trials].reverse(), engine: withAxis(), mostModels: 4 }))).toEqual(
      told(whole),
    );
    const shards = [1, 2, 3].map((k) => studyShard(trials, k, 3));
    expect(shards.map((shard) => shard.length)).toEqual([2, 2, 2]);
    const parts: TrialResult[] = [];
    for (const shard of shards) parts.push(...(await runs({ trials: shard })));
    const plan: StudyPlan = { recipe: small.id, recipeVersion: 1, size: 'tiny' };
    expect(mergeResults(small, plan, parts).map(withoutTimings)).toEqual(whole.map(withoutTimings));
    expect(whole[0].series.accuracy.x).toEqual([4, 10]);
    expect(whole[0].series.accuracy.y[1]).toBe(whole[0].metrics.accuracy);

    // Gaps and duplicates are refused by name.
    const [first, ...rest] = parts;
    expect(() => mergeResults(small, plan, rest)).toThrow(`1 runs are missing: ${first.trial}`);
    expect(() => mergeResults(small, plan, rest, 3)).toThrow('Shards to make again: 1/3 (1 of its 2 runs).');
    // Equal results count once, whatever they took; others of the same run are refused.
    const again = { ...first, timings: { training: [9] } };
    expect(mergeResults(small, plan, [again, ...parts])).toHaveLength(6);
    const other = { ...first, metrics: { ...first.metrics, loss: 9 } };
    expect(() => mergeResults(small, plan, [other, ...parts])).toThrow(
      `1 runs are there more than once, and differ: ${first.trial}`,
    );
    expect(() => mergeResults(small, plan, [{ ...first, steps: 9999 }, ...rest])).toThrow(
      `1 runs are not what their trial asks for: ${first.trial} (it has 9999 steps, and its trial 10)`,
    );
    const elsewhere = { ...first, engine: { ...first.engine, id: 'tfjs-cpu', label: 'CPU (tfjs)' } };
    expect(() => mergeResults(small, plan, [elsewhere, ...rest])).toThrow('was made on several engines');
    const foreign = { ...first, trial: 'data=moon seed=0' };
    expect(() => mergeResults(small, plan, [foreign, ...parts])).toThrow(
      '1 runs are not of this plan: data=moon seed=0',
    );

    // On disk: what is there is not made again, and a line cut off is.
    const file = (): ResultsFile => new ResultsFile(folder, plan, { k: 1, n: 1 });
    whole.slice(0, 3).forEach((result) => file().append(result));
    const path = join(folder, 'lambda-sweep.tiny.jsonl');
    const text = readFileSync(path, 'utf8');
    expect(text).toBe(resultLines(whole.slice(0, 3)));
    writeFileSync(path, text.slice(0, -40));
    expect(file().done()).toEqual(whole.slice(0, 2));
    expect(readFileSync(path, 'utf8')).toBe(resultLines(whole.slice(0, 2)));
    // A line that is no result is put aside by name, wherever it stands, and what another shard made counts.
    writeFileSync(path, resultLines(whole.slice(0, 1)) + 'rubbish\n' + resultLines(whole.slice(1, 3)));
    new ResultsFile(folder, plan, { k: 2, n: 3 }).append(whole[4]);
    const faults: string[] = [];
    const found = file().done(
      ({ trial }) => (trial === whole[1].trial ? 'it is odd' : null),
      (fault) => faults.push(fault),
    );
    expect(found).toEqual([whole[0], whole[2], whole[4]]);
    expect(faults[0]).toContain('lambda-sweep.tiny.jsonl, line 2: it is not the result of a run');
    expect(faults[1]).toContain('line 3: it is odd');
    expect(readFileSync(`${path}.faulty`, 'utf8')).toBe(`rubbish\n${resultLines([whole[1]])}`);
    file().append(whole[1]);
    file().sort(trials);
    expect(readFileSync(path, 'utf8')).toBe(resultLines(whole.slice(0, 3)));
    expect(() => new ResultsFile(folder, { ...plan, seeds: 9 }, { k: 1, n: 1 })).toThrow('other settings');
  });

  it('keeps runs that diverge, says at which step, and goes on', async () => {
    const wild = (trial: Trial): Trial => ({
      ...trial,
      configuration: {
        ...trial.configuration,
        architecture: 'lagrangian',
        kinetic: 'half-square',
        optimiser: 'sgd',
        learningRate: trial.seed === 1 ? 1 : 1e-4,
      },
    });
    const made = small
      .trials('tiny')
      .filter(({ factors }) => factors.lambda !== 0)
      .map(wild);
    const alone = await runs({ trials: made });
    expect(alone.map(({ status }) => status)).toContain('diverged');
    expect(alone.map(({ status }) => status)).toContain('done');
    const [diverged] = alone.filter(({ status }) => status === 'diverged');
    expect(diverged.reason).toMatch(/stopped being a finite number at step \d+/);
    expect(diverged.metrics).toEqual({});
    expect(told(await runs({ trials: made, engine: withAxis() }))).toEqual(told(alone));
  });

  it('is cancelled between slices, whole runs kept, and pauses without a trace', async () => {
    const whole = await runs({ trials: trials.slice(0, 2) });
    const abort = new AbortController();
    const kept: TrialResult[] = [];
    let rests = 0;
    const options = { recipe: small, size: 'tiny', trials, engine, sources, signal: abort.signal } as const;
    const cancelled = (async () => {
      for await (const result of runTrials({
        ...options,
        rest: async () => {
          rests += 1;
          await new Promise((resolve) => setTimeout(resolve, 2));
        },
        onProgress: ({ trials: [id] }) => {
          if (id === trials[2].id) abort.abort(new Error('Enough.'));
        },
      }))
        kept.push(result);
    })();
    await expect(cancelled).rejects.toThrow('Enough.');
    expect(rests).toBeGreaterThan(4);
    expect(told(kept)).toEqual(told(whole));
  });

  it('puts together what agrees in shape, data and steps, on engines with a model axis', () => {
    const [one, two] = [trials[0], { ...trials[1], steps: 11 }];
    const adapting = { ...one, configuration: { ...one.configuration, adapt: true } };
    const axis = { modelAxis: true };
    expect(trialGroups(small, trials, axis, 16).map((group) => group.length)).toEqual([6]);
    expect(trialGroups(small, trials, axis, 4).map((group) => group.length)).toEqual([4, 2]);
    expect(trialGroups(small, [one, two, trials[2]], axis, 16)).toEqual([[one, trials[2]], [two]]);
    expect(trialGroups(small, [adapting, adapting], axis, 16)).toHaveLength(2);
    expect(trialGroups(small, trials, { modelAxis: false }, 16)).toHaveLength(6);
    expect(trialGroups({ ...small, alone: true }, trials, axis, 16)).toHaveLength(6);
  });

  it('selects levels, and names those that are not there', () => {
    expect(selectTrials(small, 'tiny', { only: { lambda: ['0.01'] } }).map(({ id }) => id)).toEqual(
      [0, 1, 2].map((seed) => `data=digits lambda=0.01 seed=${seed}`),
    );
    expect(selectTrials(small, 'tiny', { only: { lambda: ['1e-2'] } })).toEqual(
      selectTrials(small, 'tiny', { only: { lambda: ['0.01'] } }),
    );
    expect(canonicalLevels(small, 'tiny', { lambda: ['1e-2', '0', '0.010'] })).toEqual({
      lambda: ['0', '0.01'],
    });
    expect(() => selectTrials(small, 'tiny', { only: { lambda: [''] } })).toThrow('“” is no level of lambda');
    expect(() => selectTrials(small, 'tiny', { only: { lambda: ['7'] } })).toThrow(
      '“7” is no level of lambda',
    );
    expect(() => selectTrials(small, 'tiny', { only: { mass: ['7'] } })).toThrow('“mass” is no factor');
  });
});

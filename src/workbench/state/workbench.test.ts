import { describe, expect, it } from 'vitest';
import { recipeById } from '../../experiments/registry';
import { resultLine } from '../../experiments/results';
import type { TrialResult } from '../../experiments/types';
import { workbenchAddress, parseWorkbenchAddress } from './address';
import { estimateDuration, writtenTime } from './estimate';
import { resultsAsCsv, resultsAsJson, resultsAsJsonLines, importResults } from '../storage/files';
import { leadingSet, resultSets } from './sets';
import { runKey } from '../storage/storage';

const recipe = recipeById('lambda-sweep');
const result = (fields: Partial<TrialResult> = {}): TrialResult => ({
  format: 'parsimony-trial',
  recipe: recipe.id,
  recipeVersion: recipe.version,
  size: 'quick',
  trial: 'data=mnist lambda=0 seed=0',
  factors: { data: 'mnist', lambda: 0 },
  seed: 0,
  steps: 600,
  status: 'done',
  reason: null,
  metrics: { accuracy: 0.9, energy: 1 },
  series: {},
  engine: { id: 'tfjs-wasm', label: 'WebAssembly (tfjs)', adapter: 'CPU', software: false },
  lab: '0.1.0',
  link: '',
  timings: { training: [1, 2] },
  ...fields,
});
const none = { runs: [], files: [], index: { date: null, machine: null, entries: [] }, shipped: {} } as const;
const compiled = { id: 'parsimony-webgpu', label: 'WebGPU (compiled)', adapter: 'GPU', software: false };

describe('addresses', () => {
  it('are read as they are written, with or without the slash; others are the lab’s', () => {
    for (const address of [
      { recipe: null, size: null },
      { recipe: 'lambda-sweep', size: null },
      { recipe: 'lambda-sweep', size: 'tiny' as const },
    ])
      expect(parseWorkbenchAddress(workbenchAddress(address))).toEqual(address);
    expect(parseWorkbenchAddress('#experiments/a%20b/huge')).toEqual({ recipe: 'a b', size: null });
    expect(parseWorkbenchAddress('#experiments/%E0%A4%A')).toEqual({ recipe: '%E0%A4%A', size: null });
    expect(parseWorkbenchAddress('')).toBeNull();
    expect(parseWorkbenchAddress('#lesson-1')).toBeNull();
  });
});

describe('sets of results', () => {
  it('keep engines apart where a run was made on both, and versions always', () => {
    const other = result({ trial: 'data=mnist lambda=0 seed=1', seed: 1 });
    const runs = [
      { at: 1, result: result() },
      { at: 2, result: other },
      { at: 3, result: result({ engine: compiled }) },
      { at: 4, result: result({ recipeVersion: 0 }) },
      { at: 5, result: result({ size: 'class' }) },
    ];
    expect(new Set(runs.map((run) => runKey(run.result))).size).toBe(5);
    const sets = resultSets(recipe.id, 'quick', { ...none, runs });
    expect(sets.map(({ version, label, results }) => [version, label, results.length])).toEqual([
      [0, 'Yours', 1],
      [recipe.version, 'Yours, WebGPU (compiled)', 1],
      [recipe.version, 'Yours, WebAssembly (tfjs)', 2],
    ]);
    expect(new Set(sets.map(({ id }) => id)).size).toBe(3);
    // Made on two engines, but no run on both: one set.
    const mixed = [runs[1], runs[2]];
    expect(resultSets(recipe.id, 'quick', { ...none, runs: mixed }).map((set) => set.results.length)).toEqual(
      [2],
    );
  });

  it('lead with the visitor’s own, then ours, never with the tiny size or another version', () => {
    const index = {
      date: '2026-11-22',
      machine: 'a machine',
      entries: [{ recipe: recipe.id, size: 'full', file: 'f.jsonl' }],
    } as const;
    const shipped = { 'f.jsonl': { state: 'there' as const, results: [result({ size: 'full' })] } };
    const sources = { ...none, index, shipped };
    expect(leadingSet(recipe, sources)?.label).toBe('Ours, 22 Nov 2026');
    expect(leadingSet(recipe, { ...sources, runs: [{ at: 1, result: result() }] })?.kind).toBe('own');
    for (const fields of [{ size: 'tiny' as const }, { recipeVersion: 99 }])
      expect(leadingSet(recipe, { ...sources, runs: [{ at: 1, result: result(fields) }] })?.kind).toBe(
        'shipped',
      );
    expect(leadingSet(recipe, none)).toBeNull();
  });
});

describe('files', () => {
  const two = [result(), result({ status: 'diverged', reason: 'a "loss", lost', metrics: {}, seed: 1 })];

  it('come back as they went out', () => {
    expect(importResults('a.jsonl', resultsAsJsonLines(two))).toEqual({ results: two, remarks: [] });
    expect(importResults('a.json', resultsAsJson(two))).toEqual({ results: two, remarks: [] });
  });

  it('that are broken are refused in a sentence that says where', () => {
    expect(() => importResults('a.jsonl', ' \n')).toThrow('a.jsonl is empty.');
    expect(() => importResults('a.jsonl', `${resultLine(two[0])}\n{"format":`)).toThrow(
      /Line 2 .* It is not JSON\./,
    );
    const odd = JSON.stringify([two[0], { ...two[1], seed: 'one' }]);
    expect(() => importResults('a.json', odd)).toThrow(/Entry 2 .* At “seed”/);
    expect(() => importResults('a.json', '[{')).toThrow(/not whole JSON/);
    expect(() => importResults('a.jsonl', resultsAsJsonLines([result({ recipe: 'phlogiston' })]))).toThrow(
      /no experiment “phlogiston”/,
    );
  });

  it('of another version are kept, and it is said', () => {
    const { results, remarks } = importResults(
      'a.jsonl',
      resultsAsJsonLines([...two, result({ recipeVersion: 99 })]),
    );
    expect(results).toHaveLength(3);
    expect(remarks.join(' ')).toMatch(/^1 of 3 runs were made by another version/);
  });

  it('as CSV have a row a run, failed ones too, with quoted text', () => {
    const lines = resultsAsCsv(recipe, two).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('experiment,version,size,data,lambda,seed,steps,status,reason,accuracy');
    expect(lines[2]).toContain('diverged,"a ""loss"", lost",');
    expect(lines[1].split(',')).toHaveLength(lines[0].split(',').length);
  });
});

describe('estimates', () => {
  const trials = recipe.trials('quick');
  const steps = trials.reduce((sum, one) => sum + one.steps, 0);

  it('follow what was measured: of the experiment itself, else of the engine, else nothing', () => {
    expect(estimateDuration(trials, { key: '', msPerStep: 2, cost: 1 }, undefined)).toBe(2 * steps);
    expect(estimateDuration(trials, undefined, undefined)).toBeNull();
    const time = (cost: number): number =>
      estimateDuration(trials, undefined, { key: '', msPerStep: 2, cost }) ?? NaN;
    const { batch } = trials[0].configuration;
    // The very network it was measured on.
    expect(time(batch * (784 * 64 + 64 * 32 + 32 * 10))).toBeCloseTo(2 * steps, 6);
    expect(time(1e3)).toBeGreaterThan(time(1e9));
  });

  it('are written as people would', () => {
    expect([400, 42_000, 600_000, 3 * 3600e3, 80 * 3600e3].map(writtenTime)).toEqual([
      'about a second',
      'about 42 s',
      'about 10 min',
      'about 3 h',
      'about 3 days',
    ]);
  });
});

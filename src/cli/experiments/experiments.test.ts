import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { resultLines } from '../../experiments/mergeResults';
import { studyShard } from '../../experiments/shards';
import { lambdaSweep } from '../../experiments/recipes/energy/lambdaSweep';
import { noiseFloor } from '../../experiments/recipes/energy/noiseFloor';
import { RECIPES } from '../../experiments/registry';
import { seedVariability } from '../../experiments/recipes/energy/seedVariability';
import { parseResults, withoutTimings } from '../../experiments/results';
import { runTrials } from '../../experiments/runner/runner';
import { DatasetCache } from '../../experiments/datasetCache';
import { runTool } from '../tool';
import { DISK_ORIGIN } from './disk';
import { openThreadEngine } from './engines';
import { FileLock } from './lock';
import { ResultsFile } from './resultsFile';

const folder = mkdtempSync(join(tmpdir(), 'parsimony-experiments-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'results');

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The tool as a process of its own. */
function parsimony(...args: string[]): Promise<Ended> {
  const main = [resolve('node_modules/tsx/dist/cli.mjs'), resolve('src/cli/main.ts'), ...args];
  return new Promise((done) => {
    execFile(process.execPath, main, (error, said, err) =>
      done({ code: error ? Number(error.code) : 0, out: said, err }),
    );
  });
}

/** The same in this process. */
async function called(...args: string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((into) =>
    vi.spyOn(into === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((text) => {
      said[into] += String(text);
      return true;
    }),
  );
  try {
    return { code: await runTool(args), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('experiments on the command line', () => {
  it('runs a shard, refuses to merge half of them, and joins and reports the whole', async () => {
    const run = ['experiment', 'lambda-sweep', '--size', 'tiny', '--shard', '1/2', '--out', out];
    const first = await parsimony(...run);
    expect(first.err).toContain('2 runs to make, 0 there already');
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toMatch(/2\/2 data=digits lambda=\S+ seed=\d · \d+ runs an hour\n/);
    const text = readFileSync(join(out, 'lambda-sweep.tiny.1-of-2.jsonl'), 'utf8');
    const [{ provenance, engine: on }] = parseResults(text);
    expect(provenance?.commit).toMatch(/^[0-9a-f]{40}(-dirty)?$/);
    expect(provenance).toMatchObject({ host: hostname() });
    expect(Date.now() - Date.parse(provenance?.date ?? '')).toBeLessThan(600_000);
    const trials = lambdaSweep.trials('tiny');
    expect(parseResults(text).map(({ trial }) => trial)).toEqual(
      studyShard(trials, 1, 2).map(({ id }) => id),
    );
    // Everything is there: nothing is opened, nothing made again.
    expect((await called(...run)).err).toContain('0 runs to make, 2 there already');

    const file = join(folder, 'all.jsonl');
    const half = await called('merge', out, '--out', file);
    expect(half).toMatchObject({ code: 1, out: '' });
    const missing = studyShard(trials, 2, 2).map(({ id }) => id);
    expect(half.err).toContain(`2 runs are missing: ${missing.join('; ')}`);
    expect(half.err).toContain('Shards to make again: 2/2 (2 of its 2 runs).');
    expect(existsSync(file)).toBe(false);
    const lacks = ['missing', 'lambda-sweep', '--size', 'tiny', '--shards', '2', '--out'];
    expect(await called(...lacks, out)).toMatchObject({ out: '2\n', code: 0 });
    expect((await called(...lacks, join(folder, 'not begun'))).out).toBe('1,2\n');

    // Neither another engine nor another command goes on with these runs, and a shard knows what others have made.
    const cpu = await called(...run, '--engine', 'cpu');
    expect(cpu.err).toContain(`runs of this experiment made on ${on.label}`);
    expect(cpu.err).toContain('or go on with --engine wasm');
    const whole1 = ['experiment', 'lambda-sweep', '--size', 'tiny', '--seeds', '2', '--out', out];
    expect((await called(...whole1)).err).toContain('is of other settings');
    const living = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const path = join(out, 'lambda-sweep.tiny.1-of-2.lock');
    const lock = await FileLock.take(path, () => undefined);
    const held = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...held, pid: living.pid }));
    expect((await called(...run)).err).toContain('These runs are being made already, by process');
    living.kill();
    writeFileSync(path, JSON.stringify(held));
    lock.release();

    const plan = { recipe: 'lambda-sweep', recipeVersion: lambdaSweep.version, size: 'tiny' } as const;
    const rest = new ResultsFile(out, plan, { k: 2, n: 2 });
    const engine = await openThreadEngine('wasm', null);
    const options = {
      recipe: lambdaSweep,
      size: 'tiny',
      engine,
      sources: new DatasetCache(DISK_ORIGIN),
    } as const;
    for await (const result of runTrials({ ...options, trials: studyShard(trials, 2, 2) }))
      rest.append(result);
    engine.dispose();
    expect((await called('merge', out, '--out', file)).out).toContain('4 runs');
    expect((await called(...lacks, out)).out).toBe('');
    const all = await called('experiment', 'lambda-sweep', '--size', 'tiny', '--out', out);
    expect(all.err).toContain('0 runs to make, 4 there already');
    // Another experiment that is not whole is told, and keeps nothing from the whole one.
    const begun = { recipe: 'noise-floor', recipeVersion: noiseFloor.version, size: 'tiny' } as const;
    new ResultsFile(out, begun, { k: 1, n: 1 });
    const beside = join(folder, 'beside.jsonl');
    const both = await called('merge', out, '--out', beside);
    expect(both).toMatchObject({ code: 1, out: `4 runs → ${beside}\n` });
    expect(both.err).toContain('noise-floor (tiny) is not whole');
    expect((await called('merge', out, '--experiment', 'lambda-sweep', '--out', beside)).code).toBe(0);
    rmSync(join(out, 'noise-floor.tiny.plan.json'));
    // A line in the middle that is no result is named; its run is missing.
    const broken = join(folder, 'broken');
    const lines = readFileSync(file, 'utf8').split('\n');
    new ResultsFile(broken, plan, { k: 1, n: 1 });
    writeFileSync(
      join(broken, 'lambda-sweep.tiny.jsonl'),
      [lines[0], 'rubbish', ...lines.slice(2)].join('\n'),
    );
    const named = await called('merge', broken, '--out', join(folder, 'broken.jsonl'));
    expect(named.err).toContain('lambda-sweep.tiny.jsonl: line 2 is not the result of a run.');
    expect(named.err).toContain(`1 runs are missing: ${trials[1].id}`);
    expect(parseResults(readFileSync(file, 'utf8')).map(({ trial }) => trial)).toEqual(
      trials.map(({ id }) => id),
    );

    const altered = join(folder, 'altered.jsonl');
    writeFileSync(altered, readFileSync(file, 'utf8').replace('"steps":20', '"steps":9999'));
    expect((await called('report', altered, '--out', join(folder, 'no'))).err).toContain(
      'is altered: it has 9999 steps, and its trial 20',
    );
    const told = await called('report', file, '--out', join(folder, 'report'));
    expect(told.out).toContain('lambda-sweep (tiny): cannot say');
    const markdown = readFileSync(join(folder, 'report/REPORT.md'), 'utf8');
    for (const [, picture] of markdown.matchAll(/\]\(([^)]+\.svg)\)/g))
      expect(readFileSync(join(folder, 'report', picture), 'utf8')).toMatch(/^<svg/);
    expect(markdown).toContain(lambdaSweep.question);
    // One run of them by another version of the experiment.
    const older = join(folder, 'older.jsonl');
    const whole = parseResults(readFileSync(file, 'utf8'));
    writeFileSync(
      older,
      resultLines(whole.map((result, i) => ({ ...result, recipeVersion: i === 0 ? 0 : 1 }))),
    );
    const without = await called('report', older, '--out', join(folder, 'report'));
    expect(without.out).toContain('lambda-sweep: 1 of its runs were made by another version');
    expect(readFileSync(join(folder, 'report/REPORT.md'), 'utf8')).toContain('1 still to come');

    const other = join(folder, 'other');
    new ResultsFile(other, { ...plan, seeds: 9 }, { k: 1, n: 1 });
    expect((await called('merge', out, other, '--out', file)).err).toContain('under different settings');
    expect((await called('merge', out, out, '--out', file)).out).toContain('4 runs →');
    const twice = await called('report', file, file, '--out', join(folder, 'report'));
    expect(twice.out).toContain('4 results are there more than once and count once.');
    expect(readFileSync(join(folder, 'report/REPORT.md'), 'utf8')).toBe(markdown);
  });

  it('gives the same file whatever the number of threads, and whatever came first', async () => {
    const file = (jobs: string): string => join(folder, `jobs ${jobs}`, 'seed-variability.tiny.jsonl');
    for (const jobs of ['1', '3']) {
      const made = await called(
        'experiment',
        'seed-variability',
        '--size',
        'tiny',
        '--jobs',
        jobs,
        '--out',
        join(folder, `jobs ${jobs}`),
      );
      expect(made).toMatchObject({ code: 0 });
    }
    const [one, three] = ['1', '3'].map((jobs) => parseResults(readFileSync(file(jobs), 'utf8')));
    expect(one.map(({ trial }) => trial)).toEqual(seedVariability.trials('tiny').map(({ id }) => id));
    expect(three.map(withoutTimings)).toEqual(one.map(withoutTimings));
    expect(one[0].engine).toMatchObject({ id: 'parsimony-wasm', adapter: 'CPU, one thread, SIMD' });
    // Runs of a file in any order come out in that of the experiment.
    writeFileSync(file('3'), resultLines([...three].reverse().slice(1)));
    await called(
      'experiment',
      'seed-variability',
      '--size',
      'tiny',
      '--jobs',
      '2',
      '--out',
      join(folder, 'jobs 3'),
    );
    expect(parseResults(readFileSync(file('3'), 'utf8')).map(withoutTimings)).toEqual(
      one.map(withoutTimings),
    );
  });

  it('lists the experiments with what they ask', async () => {
    const words = (await called('experiments')).out;
    const list = JSON.parse((await called('experiments', '--json')).out) as {
      id: string;
      question: string;
    }[];
    expect(list.map(({ id }) => id)).toEqual(RECIPES.map(({ id }) => id));
    for (const { id, question } of list) expect(words).toMatch(new RegExp(`${id}.*${question.slice(0, 20)}`));
  });

  const BAD: [string[], string][] = [
    [['experiment', '--out', out], 'ID is missing.'],
    [['experiment', 'alchemy', '--out', out], '“alchemy” is not an experiment'],
    [['experiment', 'lambda-sweep'], '--out DIR is missing.'],
    [['experiment', 'lambda-sweep', '--out', out, '--size', 'huge'], '--size huge is not one of'],
    [['experiment', 'lambda-sweep', '--out', out, '--seeds', '0'], '--seeds 0 is not a number'],
    [['experiment', 'lambda-sweep', '--out', out, '--shard', '3/2'], '--shard 3/2 is not K/N'],
    [['experiment', 'lambda-sweep', '--out', out, '--only', 'lambda'], '--only lambda is not FACTOR=LEVEL'],
    [['experiment', 'lambda-sweep', '--out', out, '--only', 'lambda=9'], '“9” is no level of lambda'],
    [['experiment', 'lambda-sweep', '--out', out, '--engine', 'abacus'], '--engine abacus is not one of'],
    [['experiment', 'lambda-sweep', '--out', out, '--size', 'tiny', '--seeds', '9'], 'is of other settings'],
    [['experiment', 'lambda-sweep', '--out', out, '--jobs', '0'], '--jobs 0 is not a number'],
    [['missing', 'lambda-sweep', '--out', out], '--shards N is missing.'],
    [
      ['missing', 'lambda-sweep', '--shards', '3', '--out', out, '--size', 'tiny', '--seeds', '9'],
      'under other settings',
    ],
    [['merge', out], '--out FILE is missing.'],
    [['merge', out, '--experiment', 'noise-floor', '--out', 'x'], 'There are no runs of noise-floor here'],
    [['merge', join(folder, 'nowhere'), '--out', 'x'], 'could not be read'],
    [['report', resolve('package.json'), '--out', join(folder, 'bad')], 'line 1 is not the result of a run'],
  ];
  it.each(BAD)('fails with a line on standard error and exit code 1: %j', async (args, message) => {
    const { code, out: said, err } = await called(...args);
    expect(err).toContain(message);
    expect(err).toMatch(/^parsimony: /);
    expect(err).not.toContain('    at ');
    expect([code, said]).toEqual([1, '']);
  });
});

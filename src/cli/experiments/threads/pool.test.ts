import { describe, expect, it } from 'vitest';
import { Worker } from 'node:worker_threads';
import { lambdaSweep } from '../../../experiments/recipes/energy/lambdaSweep';
import type { Trial } from '../../../experiments/types';
import { noiseData } from '../../../training/noiseData';
import { seededRandom } from '../../../network/random';
import { runInThreads, type PoolOptions } from './pool';

const trials = lambdaSweep.trials('tiny', { seeds: 3 });
const ids = trials.map(({ id }) => id);
const { data, standardisation } = trials[0].configuration;

/**
 * A thread that makes no runs, and tells of each as if it had: what it does in place of one is `acts[id]`, the first times it is asked. All
 * threads count together in `counts`, which they share.
 */
const FAKE = `
const { parentPort, workerData } = require('node:worker_threads');
const { acts, ids, counts, wanted } = workerData;
const told = new Int32Array(counts);
const wait = (number) => new Promise((done) => parentPort.once('message', (answer) => done(answer)));
parentPort.on('message', async (command) => {
  if (command.type !== 'run') return;
  for (const { id } of command.trials) {
    const tries = Atomics.add(told, ids.indexOf(id), 1);
    const act = acts[id]?.[tries];
    if (act === 'die') process.exit(1);
    if (act === 'throw') setTimeout(() => { throw new Error('out of memory'); });
    if (act === 'throw') return;
    if (act === 'fail') return parentPort.postMessage({ type: 'failed', message: 'No data.' });
    let of = null;
    if (act === 'ask') {
      parentPort.postMessage({ type: 'data', number: 7, wanted });
      const { source, message } = await wait();
      of = message ?? source;
      if (source) of = [source.train.images.buffer instanceof SharedArrayBuffer, source.train.images[3]];
    }
    parentPort.postMessage({ type: 'result', result: { trial: id, of } });
  }
  parentPort.postMessage({ type: 'done' });
});
if (acts.start === 'die') throw new Error('no such engine');
parentPort.postMessage({ type: 'ready' });
`;

interface Told {
  trial: string;
  of: unknown;
}

async function made(acts: Record<string, unknown>, more: Partial<PoolOptions> = {}) {
  const counts = new SharedArrayBuffer(4 * ids.length);
  const said: string[] = [];
  const results: Told[] = [];
  let started = 0;
  let failure: string | null = null;
  const runs = runInThreads({
    groups: trials.map((trial) => [trial]),
    jobs: 2,
    load: () => Promise.reject(new Error('nowhere')),
    start: () => {
      started += 1;
      return new Worker(FAKE, {
        eval: true,
        workerData: { acts, ids, counts, wanted: { data, standardisation } },
        stderr: true,
      });
    },
    say: (text) => said.push(text),
    ...more,
  });
  try {
    for await (const result of runs) results.push(result as unknown as Told);
  } catch (error) {
    failure = (error as Error).message;
  }
  return { results, said, started, failure, tries: [...new Int32Array(counts)] };
}

const sorted = (results: readonly Told[]): string[] => results.map(({ trial }) => trial).sort();

describe('the pool', () => {
  it('makes every run once, on as many threads as are asked for and useful', async () => {
    const { results, started, tries, failure } = await made({});
    expect(failure).toBeNull();
    expect(sorted(results)).toEqual([...ids].sort());
    expect(tries).toEqual(ids.map(() => 1));
    expect(started).toBe(2);
    expect((await made({}, { jobs: 99 })).started).toBe(ids.length);
    expect((await made({}, { groups: [] })).results).toEqual([]);
  });

  it('begins the runs of a thread that dies again on another, and no other runs', async () => {
    const groups: Trial[][] = [trials.slice(0, 3), trials.slice(3)];
    const { results, said, tries, failure } = await made({ [ids[1]]: ['die'] }, { groups });
    expect(failure).toBeNull();
    expect(sorted(results)).toEqual([...ids].sort());
    expect(tries).toEqual([1, 2, 1, 1, 1, 1]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('A thread ended by itself');
  });

  it('gives up a run that ends its thread twice, says why, and makes all others', async () => {
    const { results, failure } = await made({ [ids[2]]: ['throw', 'throw'] });
    expect(sorted(results)).toEqual(ids.filter((id) => id !== ids[2]).sort());
    expect(failure).toContain(`1 runs could not be made`);
    expect(failure).toContain(`(out of memory): ${ids[2]}.`);
  });

  it('stops where no run is to blame: a thread that does not start, data that are not there', async () => {
    expect(await made({ start: 'die' })).toMatchObject({
      results: [],
      failure: 'A thread could not be started: no such engine.',
    });
    expect((await made({ [ids[0]]: ['fail'] })).failure).toBe('No data.');
  });

  it('loads data once, in memory that all threads share, and tells what cannot be loaded', async () => {
    let loads = 0;
    const source = noiseData(seededRandom(1, 'pool'), 4, 2, 3);
    const asking = Object.fromEntries(ids.map((id) => [id, ['ask']]));
    const { results } = await made(asking, {
      load: () => {
        loads += 1;
        return Promise.resolve(source);
      },
    });
    expect(loads).toBe(1);
    expect(results.map(({ of }) => of)).toEqual(ids.map(() => [true, source.train.images[3]]));
    expect((await made(asking)).results.map(({ of }) => of)).toEqual(ids.map(() => 'nowhere'));
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DataSource } from '../../data/source';
import { DISK_ORIGIN } from '../../cli/experiments/disk';
import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import type { Engine } from '../../training/engine';
import { openWasm } from '../../training/tfjs/backends';
import { runAdaptationRound } from '../../worker/session/adaptation';
import { Reporter } from '../../worker/session/reporter';
import { TrainingRun } from '../../worker/session/run';
import { lambdaSweep } from '../recipes/energy/lambdaSweep';
import { DatasetCache } from '../datasetCache';
import type { Trial } from '../types';
import { EngineTrialRun } from './trialRun';

let engine: Engine;
let source: DataSource;
beforeAll(async () => {
  engine = await openWasm(() => undefined);
  source = await new DatasetCache(DISK_ORIGIN).of(DEFAULTS_HERE, { train: 600, test: 100 });
});
afterAll(() => engine.dispose());

const DEFAULTS_HERE: Configuration = {
  ...DEFAULT_CONFIGURATION,
  data: 'digits',
  hidden: [12, 8],
  batch: 32,
  seed: 3,
};

function open(patch: Partial<Configuration>): EngineTrialRun {
  const configuration = configurationSchema.parse({ ...DEFAULTS_HERE, ...patch });
  const trial: Trial = { id: 't', factors: {}, seed: 3, configuration, steps: 25, images: {}, looks: [] };
  return EngineTrialRun.open({
    engine,
    source,
    trial,
    size: lambdaSweep.sizes.tiny,
    slice: () => Promise.resolve(),
  });
}

it('makes the run the page makes, with its adaptation and hot changes', async () => {
  const adaptation = { adapt: true, adaptEvery: 10, theta: 0.9, scaffold: 2 };
  const bench = open(adaptation);
  await bench.train(25, [{ step: 15, change: { lambda: 0.5 } }]);
  const run = new TrainingRun({ ...DEFAULTS_HERE, ...adaptation }, engine, source);
  const reporter = new Reporter(() => undefined);
  for (const [steps, adapts] of [
    [10, true],
    [5, false],
    [5, true],
    [5, false],
  ] as const) {
    await run.train(steps);
    await run.main.model.metrics();
    if (adapts) await runAdaptationRound(run, () => undefined, reporter);
    if (run.main.step === 15) await run.control({ name: 'lambda', value: 0.5 }, 0);
  }
  const theirs = await run.main.model.exportNetwork();
  expect(await bench.network()).toEqual(theirs);
  expect(bench.hidden).not.toEqual([12, 8]);
  expect(bench.sink.series['width of layer 2'].y.at(-1)).toBe(bench.hidden[1]);
  expect(bench.configuration.lambda).toBe(0.5);
  run.dispose();
  bench.dispose();
});

it('forks what goes on by itself, and reports operations', async () => {
  const bench = open({});
  await bench.train(5);
  const fork = await bench.fork();
  await bench.train(5);
  await fork.train(5);
  expect(await fork.network()).toEqual(await bench.network());
  const report = await bench.operate({ kind: 'grow', layer: 0, count: 2, seed: 1 });
  expect(report.unchanged).toBe(true);
  expect(bench.hidden).toEqual([14, 8]);
  expect(fork.hidden).toEqual([12, 8]);
  const before = await fork.evaluate();
  expect(before.n).toBe(100);
  await fork.train(3);
  expect((await fork.evaluate()).loss).not.toBe(before.loss);
  const linear = await fork.linearBaseline();
  expect(linear.n).toBe(100);
  expect(linear.energy).toBe(0);
  expect(linear.loss).toBeLessThan(Math.log(10));
  fork.dispose();
  bench.dispose();
});

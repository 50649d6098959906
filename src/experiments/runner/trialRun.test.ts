import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DataSource } from '../../data/source';
import { DISK_ORIGIN } from '../../cli/experiments/disk';
import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import type { Engine } from '../../training/engine';
import { openWasm } from '../../training/tfjs/backends';
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

it('records the widths it adapts, and hot settings as they change on the way', async () => {
  const trialRun = open({ adapt: true, adaptEvery: 10, theta: 0.9, scaffold: 2 });
  await trialRun.train(25, [{ step: 15, change: { lambda: 0.5 } }]);
  expect(trialRun.hidden).not.toEqual([12, 8]);
  const series = trialRun.records.series['width of layer 2'];
  expect(series.x[0]).toBe(0);
  expect(series.y.at(-1)).toBe(trialRun.hidden[1]);
  expect(trialRun.configuration.lambda).toBe(0.5);
  trialRun.dispose();
});

it('forks what goes on by itself, and reports operations', async () => {
  const trialRun = open({});
  await trialRun.train(5);
  const fork = await trialRun.fork();
  await trialRun.train(5);
  await fork.train(5);
  expect(await fork.network()).toEqual(await trialRun.network());
  const report = await trialRun.operate({ kind: 'grow', layer: 0, count: 2, seed: 1 });
  expect(report.unchanged).toBe(true);
  expect(trialRun.hidden).toEqual([14, 8]);
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
  trialRun.dispose();
});

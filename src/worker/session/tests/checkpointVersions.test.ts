import { expect, it, vi, beforeEach } from 'vitest';
import { type CheckpointV2, currentCheckpoint, type StoredCheckpoint } from '../storage/checkpointVersions';
import { freshMocks, storageMock } from './mocks';
import { networksOf, SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
beforeEach(freshMocks);

it('goes on with a run that was stored by version 2, twin and log included', async () => {
  const driver = new SessionDriver();
  await driver.start(SMALL_CONFIGURATION);
  driver.send({ type: 'twin', kind: 'lambda-zero' });
  await driver.train(6);
  driver.send({ type: 'control', control: { name: 'lambda', value: 0.3 } });
  await driver.settle();
  const now = storageMock.last;
  if (!now?.moment.twin) throw new Error('Nothing was stored.');
  const { main, twin, baseline, logged, lastPin } = now.moment;
  const old: CheckpointV2 = {
    ...now,
    version: 2,
    moment: {
      configuration: main.configuration,
      main: { step: main.step, sampler: main.sampler, training: main.training },
      baseline,
      twin: { ...twin, configuration: twin.state.configuration },
      logged,
      lastPin,
      lastChange: main.lastWidthChange,
    },
    log: now.log.map(({ step, setting }) => ({ step, control: setting })),
  };
  const upgraded = currentCheckpoint(structuredClone(old));
  expect(upgraded?.log).toEqual(now.log);
  storageMock.last = upgraded;
  const resumed = new SessionDriver();
  await resumed.start(SMALL_CONFIGURATION, true);
  await driver.train(5);
  const wanted = await sessionStateOf(driver);
  await resumed.train(5);
  const there = await sessionStateOf(resumed);
  expect(networksOf(there)).toEqual(networksOf(wanted));
  expect(there.main.configuration.lambda).toBe(0.3);
});

it('leaves runs of other versions alone', () => {
  expect(currentCheckpoint({ version: 1 } as unknown as StoredCheckpoint)).toBeNull();
});

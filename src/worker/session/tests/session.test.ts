import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import type { SessionState } from '../storage/undo';
import { freshMocks } from './mocks';
import { SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
beforeEach(freshMocks);

const bodies = ({ main, baseline }: SessionState): object => ({ main, baseline });

const RUNS: [string, Configuration][] = [
  ['isotropic, Adam', SMALL_CONFIGURATION],
  ['isotropic, AdamW on everything', { ...SMALL_CONFIGURATION, optimiser: 'adamw', decayAll: true }],
  [
    'ReLU, SGD',
    {
      ...SMALL_CONFIGURATION,
      activation: 'relu',
      optimiser: 'sgd',
      learningRate: 0.05,
      initialisation: 'he',
    },
  ],
];

describe('a session', () => {
  it.each(RUNS)('goes back exactly: undone changes leave no trace (%s)', async (_, configuration) => {
    const straight = new SessionDriver();
    await straight.start(configuration);
    await straight.train(30);
    const bent = new SessionDriver();
    await bent.start(configuration);
    await bent.train(15);
    bent.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
    await bent.train(5);
    bent.send({ type: 'operate', operation: { kind: 'left', layer: 0 }, gesture: 1 });
    await bent.train(4);
    bent.send(
      { type: 'operate', operation: { kind: 'remove', layer: 1, count: 2, where: 'exact' }, gesture: 2 },
      { type: 'undo' },
      { type: 'undo' },
      { type: 'undo' },
    );
    await bent.settle();
    await bent.train(15);
    expect(bodies(await sessionStateOf(bent))).toEqual(bodies(await sessionStateOf(straight)));
  });

  it.each(RUNS)('continues a stored run as if it had not stopped (%s)', async (_, configuration) => {
    const whole = new SessionDriver();
    await whole.start(configuration);
    await whole.train(12);
    whole.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
    await whole.settle();
    const resumed = new SessionDriver();
    await resumed.start(configuration, true);
    await resumed.train(10);
    const after = await sessionStateOf(resumed);
    await whole.train(10);
    expect(bodies(await sessionStateOf(whole))).toEqual(bodies(after));
  });

  it.each(['tanh', 'lambda-zero', 'fixed-width'] as const)(
    'a %s twin that comes late is the one that was there',
    async (kind) => {
      const live = async (driver: SessionDriver): Promise<void> => {
        await driver.train(5);
        driver.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
        await driver.train(6);
        driver.send(
          { type: 'control', control: { name: 'classes', value: [0, 1, 2, 3] } },
          { type: 'control', control: { name: 'o', layer: 1, value: 3 } },
          { type: 'control', control: { name: 'learningRate', value: 5e-3 } },
        );
        await driver.train(7);
      };
      const early = new SessionDriver();
      await early.start(SMALL_CONFIGURATION);
      early.send({ type: 'twin', kind });
      await live(early);
      const late = new SessionDriver();
      await late.start(SMALL_CONFIGURATION);
      await live(late);
      const from = late.events.length;
      late.send({ type: 'twin', kind });
      await late.until((event) => event.type === 'twin' && event.step === 18, from);
      expect((await sessionStateOf(late)).twin).toEqual((await sessionStateOf(early)).twin);
    },
  );

  it('keeps diagonal at given steps, whatever the slices', async () => {
    const kept = { ...SMALL_CONFIGURATION, keepDiagonal: true };
    const once = new SessionDriver();
    await once.start(kept);
    await once.train(49);
    const often = new SessionDriver();
    await often.start(kept);
    for (let i = 0; i < 7; i++) await often.train(7);
    expect((await sessionStateOf(often)).main.training).toEqual((await sessionStateOf(once)).main.training);
  });

  it('ends one path where it was sent before the next begins', async () => {
    const driver = new SessionDriver();
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(10);
    const from = driver.events.length;
    driver.send(
      { type: 'path', operation: { kind: 'left', layer: 0 } },
      { type: 'path-at', t: 1 },
      { type: 'path-end', keep: true },
      { type: 'path', operation: { kind: 'rotate', layer: 0, seed: 1 } },
      { type: 'path-at', t: 0.5 },
    );
    await driver.until((event) => event.type === 'frame' && event.frame.t === 0.5, from);
    const pins = driver.events.flatMap((event) => (event.type === 'pin' ? [event.pin.label] : []));
    expect(pins).toEqual(['Diagonalised layer 1']);
  });

  it('keeps the run it offered until the visitor has answered', async () => {
    const before = new SessionDriver();
    await before.start(SMALL_CONFIGURATION);
    await before.train(20);
    await before.settle();
    const page = new SessionDriver();
    await page.start({ ...SMALL_CONFIGURATION, seed: 4 });
    expect(page.events.some((event) => event.type === 'checkpoint-found' && event.step === 20)).toBe(true);
    await page.train(3);
    await page.settle();
    await page.start(SMALL_CONFIGURATION, true);
    expect(page.events.some((event) => event.type === 'started' && event.resumed && event.step === 20)).toBe(
      true,
    );
  });

  it('refuses what cannot be done in words, leaving no undo step and the run as it was', async () => {
    const driver = new SessionDriver();
    await driver.start({ ...SMALL_CONFIGURATION, activation: 'relu', oMode: 'off' });
    await driver.train(3);
    driver.send(
      { type: 'operate', operation: { kind: 'full', layer: 0 }, gesture: 1 },
      { type: 'control', control: { name: 'o', layer: 0, value: 7 } },
    );
    await driver.settle();
    const told = driver.events.flatMap((event) => (event.type === 'problem' ? [event.detail] : []));
    expect(told).toHaveLength(2);
    const status = driver.events.findLast((event) => event.type === 'status');
    expect(status).toMatchObject({ undoDepth: 0, step: 3 });
    expect((await sessionStateOf(driver)).main.configuration.o).toEqual(SMALL_CONFIGURATION.o);
  });

  it('reports a held button as one operation', async () => {
    const driver = new SessionDriver();
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(10);
    for (const count of [1, 2]) {
      const from = driver.events.length;
      driver.send({
        type: 'operate',
        operation: { kind: 'remove', layer: 0, count, where: 'exact' },
        gesture: 9,
      });
      await driver.until((event) => event.type === 'operated', from);
    }
    await driver.settle();
    const pins = driver.events.flatMap((event) => (event.type === 'pin' ? [event.pin] : []));
    expect(new Set(pins.map((pin) => pin.id)).size).toBe(1);
    const last = pins[pins.length - 1];
    expect(last.label).toBe('−3 of layer 1');
    expect(last.report?.sigmaRemoved).toHaveLength(3);
    expect(last.report?.widthsBefore[1]).toBe(12);
    expect(last.report?.widthsAfter[1]).toBe(9);
    const status = driver.events.findLast((event) => event.type === 'status');
    expect(status).toMatchObject({ undoDepth: 1 });
  });
});

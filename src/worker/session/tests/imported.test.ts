import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import { readNetwork, writeNetwork } from '../../../network/files/networkFile';
import type { Network } from '../../../network/network';
import { exampleNetwork } from '../../../network/testing';
import { freshMocks, loseDevice } from './mocks';
import { networksOf, SessionDriver, sessionStateOf, SMALL_CONFIGURATION, widthsOf } from './testing';
import type { SessionState } from '../storage/undo';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', async (original) =>
  (await import('./mocks')).losable(await original()),
);
beforeEach(freshMocks);

/** A network as a visitor brings it: other widths and modes than the configuration's, rounded by its file. */
const brought = ((): Network => {
  const { network } = exampleNetwork({ hidden: [9, 7], inputs: 64, outputs: 10, o: 'trained', psi: 'decay' });
  network.spec.hidden[0] = { width: 9, o: 'fixed', psi: 'off' };
  network.parameters.psi[0].fill(0);
  const record = { standardisation: null, provenance: null, configuration: null };
  return readNetwork(writeNetwork(network, record, 'F32')).network;
})();

const rounded = (values: Float64Array): number[] => [...Float32Array.from(values)];
const modesOf = ({ training }: SessionState['main']): string[][] =>
  training.network.spec.hidden.map(({ o, psi }) => [o, psi]);

async function begun(
  steps: number,
  configuration: Configuration = SMALL_CONFIGURATION,
): Promise<SessionDriver> {
  const driver = new SessionDriver();
  await driver.start(configuration, false, brought);
  if (steps > 0) await driver.train(steps);
  return driver;
}

/** What is done to a run after it began: a control, a removal that switches ψ of layer 1 to fixed, growth. */
async function live(driver: SessionDriver): Promise<void> {
  driver.send(
    { type: 'control', control: { name: 'lambda', value: 0.3 } },
    {
      type: 'operate',
      operation: { kind: 'remove', layer: 0, count: 2, where: 'exact' },
      gesture: 1,
      confirmed: true,
    },
    { type: 'operate', operation: { kind: 'grow', layer: 1, count: 3, seed: 5 }, gesture: 2 },
  );
  await driver.settle();
  await driver.train(5);
}

describe('an imported network', () => {
  it('is undone exactly, down to the modes that a removal switched', async () => {
    const straight = await begun(14);
    const bent = await begun(6);
    const before = await sessionStateOf(bent);
    await live(bent);
    const changed = await sessionStateOf(bent);
    expect(widthsOf(changed.main)).toEqual([7, 10]);
    expect(modesOf(changed.main)).toEqual([
      ['fixed', 'fixed'],
      ['trained', 'decay'],
    ]);
    bent.send({ type: 'undo' }, { type: 'undo' }, { type: 'undo' });
    await bent.settle();
    const back = await sessionStateOf(bent);
    expect(networksOf(back)).toEqual(networksOf(before));
    expect(modesOf(back.main)[0]).toEqual(['fixed', 'off']);
    await bent.train(8);
    expect(networksOf(await sessionStateOf(bent))).toEqual(networksOf(await sessionStateOf(straight)));
  });

  it('goes on from a checkpoint as if it had not stopped, and a twin that comes then starts from its weights', async () => {
    const whole = await begun(6);
    await live(whole);
    await whole.settle();
    const resumed = new SessionDriver();
    await resumed.start(SMALL_CONFIGURATION, true);
    const started = resumed.events.find((event) => event.type === 'started');
    expect(started).toMatchObject({ resumed: true, step: 11, given: brought });
    await whole.train(6);
    const wanted = networksOf(await sessionStateOf(whole));
    await resumed.train(6);
    expect(networksOf(await sessionStateOf(resumed))).toEqual(wanted);
    const twins: SessionState['twin'][] = [];
    for (const driver of [whole, resumed]) {
      const from = driver.events.length;
      driver.send({ type: 'twin', kind: 'lambda-zero' });
      await driver.until((event) => event.type === 'twin' && event.step === 17, from);
      twins.push((await sessionStateOf(driver)).twin);
    }
    expect(twins[0]).toEqual(twins[1]);
    expect(twins[0] && widthsOf(twins[0].state)).toEqual([9, 7]);
  });

  it('goes on from the newest sound moment when the device is lost, twin included', async () => {
    const straight = await begun(6);
    const lost = await begun(6);
    for (const driver of [straight, lost]) {
      driver.send({ type: 'twin', kind: 'fixed-width' });
      await live(driver);
    }
    const from = lost.events.length;
    const before = networksOf(await sessionStateOf(lost));
    loseDevice();
    await lost.until((e) => e.type === 'problem' && e.title === 'The GPU was lost and found again', from);
    await lost.until((e) => e.type === 'status' && e.status === 'paused', from);
    expect(networksOf(await sessionStateOf(lost))).toEqual(before);
    for (const driver of [straight, lost]) await driver.train(7);
    expect(networksOf(await sessionStateOf(lost))).toEqual(networksOf(await sessionStateOf(straight)));
    expect(lost.events.filter((event) => event.type === 'engine')).toHaveLength(2);
    // What could be undone before the loss still can be.
    lost.send({ type: 'undo' }, { type: 'undo' }, { type: 'undo' });
    expect(widthsOf((await sessionStateOf(lost)).main)).toEqual([9, 7]);
  });

  it(
    'moves to another engine and back with its modes, moments and undo steps',
    { timeout: 30_000 },
    async () => {
      const driver = await begun(6);
      await live(driver);
      const before = await sessionStateOf(driver);
      for (const engine of ['tfjs-wasm', 'tfjs-cpu'] as const) {
        const from = driver.events.length;
        driver.send({ type: 'engine', engine });
        const moved = await sessionStateOf(driver);
        expect(networksOf(moved)).toEqual(networksOf(before));
        expect(moved.main.configuration.engine).toBe(engine);
        const told = driver.events.slice(from);
        expect(told.some((event) => event.type === 'engine' && event.info.id === engine)).toBe(true);
        expect(told.some((event) => event.type === 'pin' && event.pin.kind === 'engine')).toBe(true);
      }
      driver.send({ type: 'engine', engine: 'tfjs-wasm' });
      await driver.train(5);
      const trained = await sessionStateOf(driver);
      expect(trained.main.step).toBe(16);
      expect(modesOf(trained.main)).toEqual(modesOf(before.main));
      driver.send({ type: 'undo' }, { type: 'undo' }, { type: 'undo' });
      const back = await sessionStateOf(driver);
      expect(back.main.step).toBe(6);
      expect(widthsOf(back.main)).toEqual([9, 7]);
    },
  );

  it('keeps what is fixed truly constant, whatever decays: o and ψ change by operations alone', async () => {
    const all: Configuration = {
      ...SMALL_CONFIGURATION,
      optimiser: 'adamw',
      decayAll: true,
      weightDecay: 0.1,
      lambda: 0.5,
      psiDecay: 0.5,
      learningRate: 1e-2,
    };
    const driver = await begun(0, all);
    const held = async (): Promise<{ o: number; psi: number[] }> => {
      const { parameters } = (await sessionStateOf(driver)).main.training.network;
      return { o: parameters.o[0], psi: [...parameters.psi[0]] };
    };
    await driver.train(10);
    const o = rounded(brought.parameters.o)[0];
    expect(await held()).toEqual({ o, psi: new Array<number>(7).fill(0) });
    driver.send({
      type: 'operate',
      operation: { kind: 'remove', layer: 0, count: 2, where: 'exact' },
      gesture: 1,
      confirmed: true,
    });
    const removed = await held();
    expect(removed.o).toBeGreaterThan(o);
    expect(Math.hypot(...removed.psi)).toBeGreaterThan(0);
    await driver.train(10);
    expect(await held()).toEqual(removed);
    // What is trained has moved meanwhile.
    const { o: lengths } = (await sessionStateOf(driver)).main.training.network.parameters;
    expect(lengths[1]).not.toBe(rounded(brought.parameters.o)[1]);
  });
});

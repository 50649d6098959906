import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import type { AdaptDecision } from '../../../run/automatic';
import type { SessionEvent } from '../../protocol';
import { modelAxisMock, freshMocks } from './mocks';
import { SessionDriver, sessionStateOf, SMALL_CONFIGURATION, widthsOf } from './testing';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', async (original) =>
  (await import('./mocks')).withAxis(await original()),
);
beforeEach(freshMocks);

const ADAPTING: Configuration = {
  ...SMALL_CONFIGURATION,
  learningRate: 1e-2,
  adapt: true,
  adaptEvery: 6,
  scaffold: 2,
  theta: 1.05,
};

const decisionsOf = (events: readonly SessionEvent[]): AdaptDecision[] =>
  events.flatMap((event) => (event.type === 'adapted' ? event.decisions : []));

async function adapted(configuration: Configuration, steps: number[]): Promise<SessionDriver> {
  const driver = new SessionDriver();
  await driver.start(configuration);
  for (const count of steps) await driver.train(count);
  return driver;
}

describe('automatic adaptation', () => {
  it('decides at given steps, whatever the slices, and tells the σ that decided', async () => {
    const once = await adapted(ADAPTING, [50]);
    const often = await adapted(ADAPTING, [7, 7, 7, 7, 7, 7, 8]);
    const { main } = await sessionStateOf(once);
    expect((await sessionStateOf(often)).main.training).toEqual(main.training);
    const decisions = decisionsOf(once.events);
    expect(decisions).toEqual(decisionsOf(often.events));
    expect(decisions.length).toBeGreaterThan(3);
    expect(new Set(decisions.map(({ change }) => Math.sign(change))).size).toBe(2);
    const now = [...SMALL_CONFIGURATION.hidden];
    for (const { step, layer, change, small, sigmas, widths } of decisions) {
      expect(step % 6).toBe(0);
      expect(change).toBe(2 - small);
      expect(sigmas).toHaveLength(Math.min(16, small));
      expect(sigmas.every((s, i) => s <= 1.05 && s >= (sigmas[i - 1] ?? 0))).toBe(true);
      now[layer] += change;
      expect(widths).toEqual(now);
    }
    expect(widthsOf(main)).toEqual(now);
    // Output to input: of two decisions at a step the later layer comes first.
    decisions.forEach(({ step, layer }, i) => {
      if (i > 0 && decisions[i - 1].step === step) expect(layer).toBeLessThan(decisions[i - 1].layer);
    });
    const trail = once.events.flatMap((e) => (e.type === 'widths' && e.runner === 'main' ? [e.point] : []));
    expect(trail[0]).toEqual({ step: 0, widths: [64, ...SMALL_CONFIGURATION.hidden, 10] });
    expect(trail.at(-1)).toEqual({ step: decisions.at(-1)?.step, widths: [64, ...now, 10] });
    const pins = new Map(once.events.flatMap((e) => (e.type === 'pin' ? [[e.pin.id, e.pin]] : [])));
    expect([...pins.values()].flatMap((pin) => pin.decisions ?? [])).toEqual(decisions);
    expect(pins.size).toBeLessThan(3);
  });

  it('rests after a change, keeps to its cap and to its layers', async () => {
    const hungry = { ...ADAPTING, scaffold: 5, adaptCooldown: 18, adaptCap: 13, adaptLayers: [0] };
    const driver = await adapted(hungry, [60]);
    const decisions = decisionsOf(driver.events);
    expect(decisions.length).toBeGreaterThan(1);
    decisions.forEach(({ step, layer, widths }, i) => {
      expect(layer).toBe(0);
      expect(widths[0]).toBeLessThanOrEqual(13);
      expect(widths[1]).toBe(6);
      if (i > 0) expect(step - decisions[i - 1].step).toBeGreaterThanOrEqual(18);
    });
  });

  it('leaves networks alone whose units stand alone, and those it is off for', async () => {
    const elementwise = await adapted({ ...ADAPTING, activation: 'tanh' }, [20]);
    const off = await adapted({ ...ADAPTING, adapt: false }, [20]);
    expect([...decisionsOf(elementwise.events), ...decisionsOf(off.events)]).toEqual([]);
    off.send({ type: 'control', control: { name: 'adapt', value: true } });
    await off.train(5);
    expect(decisionsOf(off.events).map(({ step }) => step)).toEqual([24, 24]);
  });

  it.each([false, true])('leaves a fixed-width twin as it was (model axis: %s)', async (on) => {
    modelAxisMock.on = on;
    const driver = new SessionDriver();
    await driver.start(ADAPTING);
    driver.send({ type: 'twin', kind: 'fixed-width' });
    await driver.train(30);
    const { main, twin } = await sessionStateOf(driver);
    expect(widthsOf(main)).not.toEqual(SMALL_CONFIGURATION.hidden);
    const plain = await adapted({ ...ADAPTING, adapt: false }, [30]);
    expect(twin?.state.training).toEqual((await sessionStateOf(plain)).main.training);
  });

  it('is undone and resumed exactly, rests and decisions too', async () => {
    const rested = { ...ADAPTING, adaptCooldown: 12 };
    const straight = await adapted(rested, [40]);
    const bent = await adapted(rested, [20]);
    bent.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
    await bent.train(15);
    bent.send({ type: 'operate', operation: { kind: 'grow', layer: 0, count: 2, seed: 1 }, gesture: 1 });
    await bent.train(8);
    const from = bent.events.length;
    bent.send({ type: 'undo' }, { type: 'undo' });
    await bent.settle();
    const since = bent.events.slice(from);
    const gone = since.flatMap((event) => (event.type === 'undone' ? event.removedPins : []));
    const pins = new Map(bent.events.flatMap((e) => (e.type === 'pin' ? [[e.pin.id, e.pin]] : [])));
    for (const id of gone) pins.delete(id);
    const kept = decisionsOf(bent.events.slice(0, from)).filter(({ step }) => step <= 20);
    expect(kept.length).toBeGreaterThan(0);
    expect([...pins.values()].flatMap((pin) => pin.decisions ?? [])).toEqual(kept);
    const { main } = await sessionStateOf(bent);
    expect(since.findLast((event) => event.type === 'widths')).toMatchObject({
      point: { step: 20, widths: [64, ...widthsOf(main), 10] },
    });
    const resumed = new SessionDriver();
    await resumed.start(rested, true);
    await resumed.train(20);
    const continued = await sessionStateOf(resumed);
    await bent.train(20);
    const wanted = await sessionStateOf(straight);
    const bodies = ({ main, baseline }: typeof wanted) => ({ main, baseline });
    expect(bodies(await sessionStateOf(bent))).toEqual(bodies(wanted));
    expect(bodies(continued)).toEqual(bodies(wanted));
  });
});

describe('operations on a run', () => {
  it.each(['sigma', 'sigma-outgoing', 'gradient', 'energy', 'random'] as const)(
    'take what they leave open from the configuration (%s)',
    async (criterion) => {
      const driver = await adapted(
        { ...SMALL_CONFIGURATION, criterion, outgoing: 'zero', psi: 'expectation' },
        [10],
      );
      driver.send(
        { type: 'operate', operation: { kind: 'remove', layer: 0, count: 3, where: 'exact' }, gesture: 1 },
        { type: 'operate', operation: { kind: 'grow', layer: 0, count: 1, seed: 4 }, gesture: 2 },
      );
      await driver.settle();
      const reports = driver.events.flatMap((event) => (event.type === 'operated' ? [event.report] : []));
      expect(reports.map(({ operation }) => operation)).toMatchObject([
        { kind: 'remove', criterion },
        { kind: 'grow', outgoing: 'zero' },
      ]);
      const { network } = (await sessionStateOf(driver)).main.training;
      const out = network.parameters.weights[1];
      for (let j = 0; j < out.rows; j++) expect(out.data[j * out.cols + out.cols - 1]).toBe(0);
    },
  );

  it('carry the optimiser as the configuration says', async () => {
    const moments = async (transport: Configuration['transport'], warmUp: boolean) => {
      const driver = await adapted({ ...SMALL_CONFIGURATION, transport, warmUp }, [10]);
      driver.send({ type: 'operate', operation: { kind: 'grow', layer: 0, count: 2, seed: 1 }, gesture: 1 });
      const { first, second } = (await sessionStateOf(driver)).main.training.optimiser;
      const sum = (data?: Float64Array): number => data?.reduce((a, b) => a + Math.abs(b), 0) ?? NaN;
      const fresh = second?.weights[0].data.slice(-64);
      return { first: sum(first.weights[0].data), fresh: sum(fresh) };
    };
    expect(await moments('both', false)).toMatchObject({ fresh: 0 });
    expect((await moments('both', false)).first).toBeGreaterThan(0);
    expect(await moments('off', false)).toEqual({ first: 0, fresh: 0 });
    expect((await moments('both', true)).fresh).toBeGreaterThan(0);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionEvent, RunnerId } from '../../protocol';
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

const remove = { kind: 'remove', layer: 0, count: 4, where: 'exact' } as const;
const grow = { kind: 'grow', layer: 1, count: 3, seed: 1 } as const;

/** Data losses by step, as posted for one runner. */
function losses(events: readonly SessionEvent[], runner: RunnerId): Map<number, number> {
  const found = new Map<number, number>();
  for (const event of events) {
    if (event.type !== 'metrics' || event.block.runner !== runner) continue;
    const { firstStep, rows, columns, values } = event.block;
    for (let r = 0; r < rows; r++) found.set(firstStep + r, values[r * columns]);
  }
  return found;
}

function notices(driver: SessionDriver): string[] {
  return driver.events.flatMap((event) => (event.type === 'problem' ? [event.title] : []));
}

/** On engines with a model axis the two share their dispatches; elsewhere they take turns. */
describe.each([
  ['one by one', false],
  ['on the model axis', true],
])('twins that keep their widths, %s', (_, on) => {
  it('goes with the network until the first operation, then alone (fixed width)', async () => {
    modelAxisMock.on = on;
    const driver = new SessionDriver();
    await driver.start(SMALL_CONFIGURATION);
    driver.send({ type: 'twin', kind: 'fixed-width' });
    await driver.train(12);
    driver.send({ type: 'control', control: { name: 'lambda', value: 0.3 } });
    await driver.train(3);
    expect([...losses(driver.events, 'twin')]).toEqual([...losses(driver.events, 'main')]);
    expect(losses(driver.events, 'twin').size).toBe(15);
    driver.send(
      { type: 'operate', operation: remove, gesture: 1 },
      { type: 'operate', operation: grow, gesture: 2 },
    );
    await driver.train(5);
    const { main, twin } = await sessionStateOf(driver);
    expect(widthsOf(main)).toEqual([8, 9]);
    expect(twin && widthsOf(twin.state)).toEqual([12, 6]);
    expect(twin?.state.step).toBe(20);
    expect(twin?.state.sampler).toEqual(main.sampler);
    expect(twin?.state.configuration.lambda).toBe(0.3);
    expect(losses(driver.events, 'twin').get(20)).not.toBe(losses(driver.events, 'main').get(20));
    expect(modelAxisMock.groups > 0).toBe(on);
    // Its curve is that of a network nobody touched.
    const plain = new SessionDriver();
    await plain.start(SMALL_CONFIGURATION);
    await plain.train(12);
    plain.send({ type: 'control', control: { name: 'lambda', value: 0.3 } });
    await plain.train(8);
    expect([...losses(driver.events, 'twin')]).toEqual([...losses(plain.events, 'main')]);
  });

  it('forks off the network as it is, optimiser and all (ungrown)', async () => {
    modelAxisMock.on = on;
    const driver = new SessionDriver();
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(10);
    driver.send({ type: 'operate', operation: remove, gesture: 1 });
    await driver.settle();
    const from = driver.events.length;
    driver.send({ type: 'twin', kind: 'ungrown' });
    const born = await driver.until((event) => event.type === 'twin', from);
    expect(born).toMatchObject({ kind: 'ungrown', step: 10, target: 10, anew: true });
    const forked = await sessionStateOf(driver);
    expect(forked.twin?.state).toEqual({ ...forked.main, sampler: forked.main.sampler });
    await driver.train(6);
    const mine = losses(driver.events, 'main');
    const its = losses(driver.events, 'twin');
    expect([...its.keys()]).toEqual([11, 12, 13, 14, 15, 16]);
    for (const [step, loss] of its) expect(loss).toBe(mine.get(step));
    driver.send({ type: 'operate', operation: grow, gesture: 2 });
    await driver.train(6);
    const { main, twin } = await sessionStateOf(driver);
    expect(widthsOf(main)).toEqual([8, 9]);
    expect(twin && widthsOf(twin.state)).toEqual([8, 6]);
    expect(twin?.state.step).toBe(22);
    expect(twin?.state.sampler).toEqual(main.sampler);
    expect(twin?.state.training).not.toEqual(main.training);
  });

  it('ends with a word where undo goes back to before an ungrown twin forked off', async () => {
    modelAxisMock.on = on;
    const driver = new SessionDriver();
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(6);
    driver.send({ type: 'operate', operation: remove, gesture: 1 });
    await driver.train(4);
    driver.send({ type: 'twin', kind: 'ungrown' });
    await driver.train(4);
    driver.send({ type: 'operate', operation: grow, gesture: 2 });
    await driver.train(4);
    driver.send({ type: 'undo' });
    const still = await sessionStateOf(driver);
    expect(still.twin).toMatchObject({ kind: 'ungrown', state: { step: 14 } });
    expect(still.twin?.state.training).toEqual(still.main.training);
    expect(notices(driver)).toEqual([]);
    const from = driver.events.length;
    driver.send({ type: 'undo' });
    await driver.until((event) => event.type === 'problem', from);
    expect(notices(driver)).toEqual(['The twin has ended']);
    expect(driver.events.findLast((event) => event.type === 'twin')).toMatchObject({ kind: 'off' });
    const gone = await sessionStateOf(driver);
    expect(gone.twin).toBeNull();
    expect(gone.main.step).toBe(6);
  });

  it.each(['fixed-width', 'ungrown'] as const)(
    'undone changes leave no trace and a stored run goes on exactly (%s)',
    async (kind) => {
      modelAxisMock.on = on;
      const begin = async (driver: SessionDriver): Promise<void> => {
        await driver.start(SMALL_CONFIGURATION);
        await driver.train(5);
        driver.send({ type: 'twin', kind });
        if (kind !== 'ungrown') await driver.until((event) => event.type === 'twin' && event.step === 5);
        driver.send({ type: 'operate', operation: remove, gesture: 1 });
        await driver.train(5);
      };
      const straight = new SessionDriver();
      await begin(straight);
      const bent = new SessionDriver();
      await begin(bent);
      bent.send({ type: 'control', control: { name: 'lambda', value: 0.5 } });
      await bent.train(3);
      bent.send({ type: 'operate', operation: grow, gesture: 2 }, { type: 'undo' }, { type: 'undo' });
      await bent.train(5);
      const after = await sessionStateOf(bent);
      const bodies = ({ main, baseline, twin }: typeof after) => ({ main, baseline, twin });
      await straight.settle();
      const resumed = new SessionDriver();
      await resumed.start(SMALL_CONFIGURATION, true);
      await resumed.train(5);
      await straight.train(5);
      const wanted = await sessionStateOf(straight);
      expect(bodies(after)).toEqual(bodies(wanted));
      expect(bodies(await sessionStateOf(resumed))).toEqual(bodies(wanted));
      expect(wanted.twin?.kind).toBe(kind);
    },
  );
});

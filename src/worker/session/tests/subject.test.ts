import { beforeEach, describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../topology/analysis/analyse';
import type { SessionEvent } from '../../protocol';
import { freshMocks } from './mocks';
import { SessionDriver, SMALL_CONFIGURATION } from './testing';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
beforeEach(freshMocks);

const told = async (driver: SessionDriver, id: number): Promise<SessionEvent> => {
  const from = driver.events.length;
  driver.send({ type: 'subject', id });
  return driver.until((e) => (e.type === 'subject' || e.type === 'no-subject') && e.id === id, from);
};

describe('the subject of an analysis', () => {
  it('is the network as it stands, and obeys the error law once trained', async () => {
    const driver = new SessionDriver();
    expect(await told(driver, 7)).toMatchObject({ type: 'no-subject', id: 7 });
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(150);
    const subject = await told(driver, 8);
    if (subject.type !== 'subject') throw new Error('No subject.');
    const { network, probe, step } = subject;
    expect([step, probe.n, probe.x.length]).toEqual([
      150,
      probe.labels.length,
      probe.n * network.spec.inputs,
    ]);
    for (const bStar of [null, 0.5])
      for (const layer of [0, 1]) {
        const answer = analyse({ query: { kind: 'error-law', layer, bStar }, network, probe });
        if (answer.kind !== 'error-law') throw new Error('Another answer.');
        expect(Math.abs((answer.report.slope ?? 0) - 1)).toBeLessThan(0.1);
      }
    expect(subject.twin).toBeNull();
    expect(probe.black.length).toBe(network.spec.inputs);
    // Corners of these pictures are black, and so is the first pixel of most.
    expect(
      probe.x.filter((value, i) => i % network.spec.inputs === 0 && value === probe.black[0]).length,
    ).toBeGreaterThan(probe.n / 2);
    driver.send({ type: 'twin', kind: 'lambda-zero' });
    await driver.until((e) => e.type === 'twin' && e.step === 150);
    const both = await told(driver, 9);
    expect(both).toMatchObject({
      type: 'subject',
      twin: { kind: 'lambda-zero', step: 150, network: { spec: network.spec } },
    });
    const sparse = analyse({ query: { kind: 'sparsity', threshold: 1e-6 }, network, probe });
    const straight = analyse({ query: { kind: 'precomputed' }, network, probe });
    for (const { report } of [sparse, straight])
      expect('maxAbsLogit' in report && report.maxAbsLogit).toBeLessThan(1e-11);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Configuration } from '../../../configuration/schema';
import { mergeNumbers, mergeRule } from '../../../network/merge';
import type { SessionEvent } from '../../protocol';
import { freshMocks } from './mocks';
import { SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';

vi.mock('../storage/checkpoints', async () => (await import('./mocks')).memoryStorage());
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/chooseEngine', async (original) =>
  (await import('./mocks')).refusing(await original()),
);
beforeEach(freshMocks);

const PHYSICS: Configuration = {
  ...SMALL_CONFIGURATION,
  architecture: 'lagrangian',
  activation: 'relu',
  hidden: [6, 4],
  mu: 1,
};
const BIMODAL: Configuration = {
  ...SMALL_CONFIGURATION,
  architecture: 'bimodal',
  hidden: [8, 4],
  regulation: 'multiply',
};

type Saved = Awaited<ReturnType<typeof sessionStateOf>>['main'];
const muOf = ({ training }: Saved): number => mergeNumbers(mergeRule(training.network.spec.hidden[0]))[2];
const lastLoss = (driver: SessionDriver): number => {
  const last = driver.events.findLast((e) => e.type === 'evaluation' && e.point.runner === 'main');
  return last?.type === 'evaluation' ? last.point.loss : NaN;
};

describe('architectures in a session', () => {
  it('moves μ live on the network and its twins, late or early, and takes it back exactly', async () => {
    const live = async (driver: SessionDriver): Promise<void> => {
      await driver.train(5);
      driver.send({ type: 'control', control: { name: 'mu', value: -2 } });
      await driver.train(6);
    };
    const early = new SessionDriver();
    await early.start(PHYSICS);
    early.send({ type: 'twin', kind: 'lambda-zero' });
    await live(early);
    const seen = await sessionStateOf(early);
    expect([muOf(seen.main), seen.main.configuration.mu]).toEqual([-2, -2]);
    expect(seen.twin && muOf(seen.twin.state)).toBe(-2);
    // λ is 0 here: the twin is the network itself.
    expect(seen.twin?.state.training).toEqual(seen.main.training);
    const late = new SessionDriver();
    await late.start(PHYSICS);
    await live(late);
    const from = late.events.length;
    late.send({ type: 'twin', kind: 'lambda-zero' });
    await late.until((event) => event.type === 'twin' && event.step === 11, from);
    expect((await sessionStateOf(late)).twin?.state.training).toEqual(seen.twin?.state.training);
    late.send({ type: 'undo' });
    const back = await sessionStateOf(late);
    expect([back.main.step, muOf(back.main), back.main.configuration.mu]).toEqual([5, 1, 1]);
    const straight = new SessionDriver();
    await straight.start(PHYSICS);
    await straight.train(5);
    expect(back.main.training).toEqual((await sessionStateOf(straight)).main.training);
  });

  it('moves μ of a sweep’s copies with it', async () => {
    const driver = new SessionDriver();
    await driver.start(PHYSICS);
    driver.send({ type: 'sweep', sweep: { kind: 'ladder', lambdas: [0] } });
    driver.send({ type: 'control', control: { name: 'mu', value: -3 } });
    const from = driver.events.length;
    await driver.train(20);
    const swept = driver.events.slice(from).findLast((e) => e.type === 'sweep');
    const main = driver.events.findLast((e) => e.type === 'evaluation' && e.point.runner === 'main');
    // λ = 0 as on the main network: the copy is the network itself only if its μ is.
    expect(swept?.type === 'sweep' && swept.state?.points[0].energy).toBeCloseTo(
      (main?.type === 'evaluation' && main.point.energy) || NaN,
      6,
    );
  });

  it('measures E where it is asked for, on z or on h', async () => {
    const driver = new SessionDriver();
    await driver.start(BIMODAL);
    const energy = (e: SessionEvent | undefined): number => (e?.type === 'evaluation' ? e.point.energy : NaN);
    const isMain = (e: SessionEvent): boolean => e.type === 'evaluation' && e.point.runner === 'main';
    const post = energy(driver.events.findLast(isMain));
    driver.send({ type: 'control', control: { name: 'energySite', value: 'pre' } });
    const pre = energy(await driver.until(isMain));
    expect(pre).toBeGreaterThan(post);
  });

  it('refuses surgery on paths in a sentence, and goes on training', async () => {
    const driver = new SessionDriver();
    await driver.start(BIMODAL);
    const before = lastLoss(driver);
    const from = driver.events.length;
    driver.send({ type: 'operate', operation: { kind: 'left', layer: 0 }, gesture: 1 });
    const problem = await driver.until((e) => e.type === 'problem', from);
    expect(problem.type === 'problem' && problem.detail).toMatch(/divided into parallel paths/);
    await driver.train(40);
    expect(lastLoss(driver)).toBeLessThan(before);
  });

  it('keeps diagonal and adapts where layers are isotropic, and leaves divided ones as they are', async () => {
    const driver = new SessionDriver();
    await driver.start({
      ...PHYSICS,
      activation: 'isotropic-tanh',
      hidden: [6, 5, 7],
      keepDiagonal: true,
      adapt: true,
      scaffold: 3,
      theta: 0.5,
      adaptEvery: 10,
    });
    await driver.train(30);
    const { spec } = (await sessionStateOf(driver)).main.training.network;
    expect(spec.hidden.slice(0, 2).map(({ width }) => width)).toEqual([18, 5]);
    expect(spec.hidden[2].width).not.toBe(7);
  });

  it('says why a configuration fits no data, and starts the next one', async () => {
    const driver = new SessionDriver();
    driver.send({
      type: 'start',
      configuration: {
        ...SMALL_CONFIGURATION,
        architecture: 'cnn',
        channels: [2, 2, 2],
        hidden: [4, 4, 4, 4],
      },
      resume: false,
      base: 'http://lab/',
      run: 1,
    });
    const failed = await driver.until((e) => e.type === 'status' && e.status === 'failed', 0);
    expect(failed.type === 'status' && failed.message).toMatch(/at most 6 hidden layers/);
    await driver.start(SMALL_CONFIGURATION);
    await driver.train(2);
    expect((await sessionStateOf(driver)).main.step).toBe(2);
  });
});

describe('an engine that refuses a network', () => {
  const engines = (driver: SessionDriver): string[] =>
    driver.events.flatMap((e) => (e.type === 'engine' ? [e.info.id] : []));
  const notices = (driver: SessionDriver): string[] =>
    driver.events.flatMap((e) => (e.type === 'problem' ? [e.detail] : []));

  it('is stood in for, with a notice, until a network comes that it takes', async () => {
    const driver = new SessionDriver();
    await driver.start({ ...BIMODAL, engine: 'auto' });
    expect(engines(driver)).toEqual(['parsimony-webgpu', 'tfjs-cpu']);
    expect(notices(driver)).toHaveLength(1);
    expect(notices(driver)[0]).toMatch(
      /^No paths, please\. .* runs it instead; .* goes back to The fussy one\.$/,
    );
    await driver.train(3);
    expect((await sessionStateOf(driver)).main.step).toBe(3);
    await driver.start({ ...SMALL_CONFIGURATION, engine: 'auto' });
    expect(engines(driver).at(-1)).toBe('parsimony-webgpu');
    await driver.start({ ...BIMODAL, engine: 'auto' });
    expect(engines(driver).at(-1)).toBe('tfjs-cpu');
    // Said once.
    expect(notices(driver)).toHaveLength(1);
  });

  it('keeps the run where it is when it is asked to take it over', async () => {
    const driver = new SessionDriver();
    await driver.start(BIMODAL);
    await driver.train(3);
    driver.send({ type: 'engine', engine: 'auto' });
    await driver.settle();
    expect(engines(driver).at(-1)).toBe('tfjs-cpu');
    expect(notices(driver)).toHaveLength(1);
    await driver.train(3);
    expect((await sessionStateOf(driver)).main.step).toBe(6);
  });
});

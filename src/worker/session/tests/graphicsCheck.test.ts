import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineGroup } from '../../../training/engine';
import { TILE_SETS } from '../../../training/webgpu/plan/tileSets';
import { openCompiledWasm } from '../../../training/wasm/open';
import type { SessionEvent } from '../../protocol';
import { freshMocks } from './mocks';
import { networksOf, SessionDriver, sessionStateOf, SMALL_CONFIGURATION } from './testing';

/** Tells that the device is lost, once there is one. */
const noDevice: (reason: string) => void = () => undefined;
/** A graphics card played by the WebAssembly engine: whether it computes right, and how fast it is said to be. */
const card = { opened: 0, broken: false, msPerStep: 1, lose: noDevice };
const settings = new Map<string, unknown>();

vi.mock('../storage/checkpoints', async () => ({
  ...(await import('./mocks')).memoryStorage(),
  loadSetting: (key: string) => Promise.resolve(settings.get(key)),
  saveSetting: (key: string, value: unknown) => Promise.resolve(void settings.set(key, value)),
}));
vi.mock('../../../data/load/load', async (original) =>
  (await import('./mocks')).diskLoader(await original()),
);
vi.mock('../../../training/webgpu/device', () => ({
  probeWebGpu: () =>
    Promise.resolve(
      card.msPerStep > 0 ? { status: 'ok', adapter: 'A card' } : { status: 'no-adapter', adapter: '' },
    ),
}));
vi.mock('../../../training/measure', () => ({
  measureEngine: ({ info }: { info: { id: string } }) =>
    Promise.resolve({ msPerStep: info.id === 'parsimony-webgpu' ? card.msPerStep : 5, note: '' }),
}));

/** How long a step is said to take by tile set, and how often that was asked. */
const tiles = { tunable: false, asked: 0, ms: { square: 1 } as Partial<Record<string, number>>, inUse: '' };
vi.mock('../../../training/webgpu/timeTiles', () => ({
  TileTimer: class {
    time({ id }: { id: string }): Promise<number> {
      tiles.asked += 1;
      return Promise.resolve(tiles.ms[id] ?? 2);
    }
    dispose(): void {
      tiles.asked += 0;
    }
  },
}));

/** A group whose first metric of each row is off by a tenth. */
function wrong(group: EngineGroup): EngineGroup {
  return Object.assign(Object.create(group) as EngineGroup, {
    dispose: () => group.dispose(),
    metrics: async () =>
      (await group.metrics()).map((rows) => ({ ...rows, values: rows.values.map((v) => v * 1.1) })),
  });
}
vi.mock('../../../training/webgpu/open', () => ({
  openCompiled: async () => {
    if (card.msPerStep <= 0) throw new Error('There is no card.');
    card.opened += 1;
    const engine = await openCompiledWasm(() => undefined, { threads: 1, build: 'simd' });
    const { broken } = card;
    const lost = new Promise<string>((resolve) => (card.lose = resolve));
    const info = { id: 'parsimony-webgpu', label: 'The card', adapter: 'A card', software: false } as const;
    return Object.create(engine, {
      info: { value: info },
      lost: { value: lost },
      ...(tiles.tunable && {
        tileSet: { get: () => TILE_SETS.find(({ id }) => id === tiles.inUse) },
        useTiles: { value: ({ id }: { id: string }) => (tiles.inUse = id) },
      }),
      createGroup: {
        value: (...made: Parameters<typeof engine.createGroup>) => {
          const group = engine.createGroup(...made);
          return broken ? wrong(group) : group;
        },
      },
    }) as typeof engine;
  },
}));

const AUTO = { ...SMALL_CONFIGURATION, engine: 'auto' as const };
const isEnded = (event: SessionEvent): boolean => event.type === 'graphics-check' && event.state === 'ended';
const enginesOf = ({ events }: SessionDriver): string[] =>
  events.flatMap((event) => (event.type === 'engine' ? [event.info.label] : []));
const titlesOf = ({ events }: SessionDriver): string[] =>
  events.flatMap((event) => (event.type === 'problem' ? [event.title] : []));

beforeEach(() => {
  freshMocks();
  settings.clear();
  Object.assign(tiles, { tunable: false, asked: 0, inUse: 'many-lanes' });
  Object.assign(card, { opened: 0, broken: false, msPerStep: 1 });
});

describe('a graphics card that was never checked', () => {
  it('is checked while another engine trains; the run moves over, the same weights, moments, batches and step', async () => {
    const driver = new SessionDriver();
    await driver.start(AUTO);
    expect(enginesOf(driver)).toEqual(['WebAssembly (compiled)']);
    expect(card.opened).toBe(0);
    driver.send({ type: 'play', pace: 'watch', restAt: null });
    await driver.until((event) => event.type === 'problem' && /goes on on the graphics/.test(event.title), 0);
    expect(enginesOf(driver).at(-1)).toBe('The card');
    driver.send({ type: 'pause' });
    await driver.train(5);
    const moved = await sessionStateOf(driver);
    const { step } = moved.main;
    expect(step).toBeGreaterThan(5);

    // The very run without any move.
    const kept = new Map(settings);
    card.msPerStep = 0;
    const still = new SessionDriver();
    await still.start(AUTO);
    await still.train(step);
    expect(networksOf(moved)).toEqual(networksOf(await sessionStateOf(still)));

    // Remembered: the next visit opens it at once, and checks nothing.
    card.msPerStep = 1;
    for (const [key, value] of kept) settings.set(key, value);
    const later = new SessionDriver();
    await later.start(AUTO);
    expect(enginesOf(later)).toEqual(['The card']);
    expect(card.opened).toBe(2);
    expect(later.events.filter((event) => event.type === 'graphics-check')).toHaveLength(1);
  }, 60_000);

  it('that computes wrong is not chosen, with what differed, and not checked again', async () => {
    card.broken = true;
    const driver = new SessionDriver();
    await driver.start(AUTO);
    const ended = await driver.until(isEnded, 0);
    if (ended.type !== 'graphics-check' || ended.state !== 'ended') throw new Error();
    expect(ended.outcome?.passed).toBe(false);
    expect(ended.outcome?.results[0].differences.join()).toMatch(/network 1: .*step/);
    await driver.train(3);
    expect(enginesOf(driver)).toEqual(['WebAssembly (compiled)']);

    const later = new SessionDriver();
    await later.start(AUTO);
    expect(enginesOf(later)).toEqual(['WebAssembly (compiled)']);
    // Pinned, it gives way with the reason.
    await later.start({ ...AUTO, engine: 'parsimony-webgpu' });
    const told = later.events.find((event) => event.type === 'problem');
    expect(told?.type === 'problem' && told.detail).toMatch(/differs? from float64 here.*fastest available/);
    expect(enginesOf(later).at(-1)).toBe('WebAssembly (compiled)');
    expect(card.opened).toBe(1);
  }, 60_000);

  it('that is slower stays unused, and that is remembered', async () => {
    card.msPerStep = 9;
    const driver = new SessionDriver();
    await driver.start(AUTO);
    await driver.until(
      (event) =>
        event.type === 'engine' &&
        event.measured.length > 1 &&
        event.measured.every(({ note }) => !/being checked/.test(note)),
      0,
    );
    await driver.train(3);
    expect(new Set(enginesOf(driver))).toEqual(new Set(['WebAssembly (compiled)']));
    expect(titlesOf(driver)).toEqual([]);
    expect(settings.get('fastest-engine')).toMatchObject({ engine: 'parsimony-wasm', adapter: 'A card' });
  }, 60_000);

  it('is checked first where it is pinned, in words, and then used', async () => {
    const driver = new SessionDriver();
    await driver.start({ ...AUTO, engine: 'parsimony-webgpu' });
    const states = driver.events.filter((event) => event.type === 'graphics-check');
    expect(states[0]).toMatchObject({ state: 'running', waits: true });
    expect(states.at(-1)).toMatchObject({ state: 'ended', outcome: { passed: true } });
    expect(enginesOf(driver)).toEqual(['The card']);
    expect(card.opened).toBe(1);
  }, 60_000);
});

describe('a graphics card that is lost for good', () => {
  it.each(['auto', 'parsimony-webgpu'] as const)(
    'leaves the run to WebAssembly (%s), with its weights, moments, batches and step',
    async (engine) => {
      const driver = new SessionDriver();
      await driver.start({ ...AUTO, engine: 'parsimony-webgpu' });
      await driver.start({ ...AUTO, engine });
      expect(enginesOf(driver).at(-1)).toBe('The card');
      await driver.train(7);
      card.msPerStep = 0;
      const from = driver.events.length;
      card.lose('The driver was reset.');
      const told = await driver.until(
        (event) => event.type === 'problem' && event.severity === 'notice',
        from,
      );
      expect(told.type === 'problem' && told.title).toBe('The GPU was lost: WebAssembly (compiled) goes on');
      expect(told.type === 'problem' && told.detail).toMatch(/driver was reset.*at step 7, with its weights/);
      await driver.train(6);
      const moved = await sessionStateOf(driver);
      const still = new SessionDriver();
      await still.start({ ...AUTO, engine: 'parsimony-wasm' });
      await still.train(13);
      expect(networksOf(moved)).toEqual(networksOf(await sessionStateOf(still)));
    },
    60_000,
  );
});

describe('tile sizes', () => {
  it('are tried while it trains, the best is taken without a change of the run, and kept for the next visit', async () => {
    tiles.tunable = true;
    const driver = new SessionDriver();
    await driver.start({ ...AUTO, engine: 'parsimony-webgpu' });
    await driver.train(3);
    expect(tiles.asked).toBe(0);
    driver.send({ type: 'play', pace: 'watch', restAt: null });
    const told = await driver.until((event) => event.type === 'tiles', 0);
    expect(told).toMatchObject({ using: '8 × 8 tiles' });
    if (told.type !== 'tiles') throw new Error();
    expect(told.rows.map(({ id, msPerStep }) => [id, msPerStep])).toContainEqual(['square', 1]);
    expect(tiles.asked).toBe(5 * TILE_SETS.length);
    driver.send({ type: 'pause' });
    await driver.train(4);
    expect(tiles.inUse).toBe('square');
    const tuned = await sessionStateOf(driver);
    const still = new SessionDriver();
    await still.start({ ...AUTO, engine: 'parsimony-wasm' });
    await still.train(tuned.main.step);
    expect(networksOf(tuned)).toEqual(networksOf(await sessionStateOf(still)));

    tiles.inUse = 'many-lanes';
    const later = new SessionDriver();
    await later.start({ ...AUTO, engine: 'parsimony-webgpu' });
    await later.train(3);
    expect(tiles.inUse).toBe('square');
    expect(tiles.asked).toBe(5 * TILE_SETS.length);
  }, 60_000);
});

import { describe, expect, it } from 'vitest';
import { fixtureNetwork } from '../check/fixtures';
import { TILE_SETS, tileSet } from './plan/tileSets';
import { shapeClass, tuneTiles, type TuningOptions } from './tuning';

const [current] = TILE_SETS;
/** A machine on which sets take these milliseconds a step (10 where not said), and pass the check unless named in `wrong`. */
const machine = (times: Record<string, number>, wrong: Record<string, string> = {}): TuningOptions => ({
  current,
  time: (set) => Promise.resolve(times[set.id] ?? 10),
  check: (set) => Promise.resolve(set.id in wrong ? [wrong[set.id]] : []),
});

describe('self-tuning of tile sizes', () => {
  it('takes the fastest set', async () => {
    expect((await tuneTiles(machine({ tall: 6, wide: 5 }))).best.id).toBe('wide');
  });

  it('keeps the set in use where none is clearly faster', async () => {
    expect((await tuneTiles(machine({ tall: 9.9 }))).best).toBe(current);
  });

  it('never takes a set that fails the self-check, however fast', async () => {
    const { best, rows } = await tuneTiles(machine({ wide: 1, tall: 5 }, { wide: 'weights 0: 3 apart' }));
    expect(best.id).toBe('tall');
    expect(rows.find(({ id }) => id === 'wide')).toMatchObject({
      msPerStep: null,
      note: expect.stringContaining('weights 0') as string,
    });
  });

  it('passes over a set that does not run here, in its words', async () => {
    const { time, ...rest } = machine({ tall: 5 });
    const { best, rows } = await tuneTiles({
      ...rest,
      time: (set) => (set.id === 'square' ? Promise.reject(new Error('too many registers')) : time(set)),
    });
    expect(best.id).toBe('tall');
    expect(rows.find(({ id }) => id === 'square')?.note).toBe('too many registers');
  });

  it('compares medians of measurements taken in turns, so that one slow spell decides nothing', async () => {
    const order: string[] = [];
    const { time, ...rest } = machine({ tall: 5 });
    let calls = 0;
    const { best } = await tuneTiles({
      ...rest,
      rounds: 3,
      // The first round of all is slow, and hits the fastest set hardest.
      time: async (set) => {
        order.push(set.id);
        return ++calls <= TILE_SETS.length && set.id === 'tall' ? 1000 : time(set);
      },
    });
    expect(best.id).toBe('tall');
    expect(order.slice(0, TILE_SETS.length)).toEqual(TILE_SETS.map(({ id }) => id));
  });

  it('stops when told, and keeps what is in use', async () => {
    let left = 8;
    const tuning = await tuneTiles({ ...machine({ tall: 1 }), pause: () => Promise.resolve(--left > 0) });
    expect(tuning.best).toBe(current);
  });

  it('names shapes alike that are tuned alike', () => {
    const of = (hidden: number[], models = 1): string =>
      shapeClass(fixtureNetwork(784, hidden, 10), models, 128);
    expect(of([128, 64])).toBe(of([120, 70]));
    expect(of([128, 64])).not.toBe(of([512, 64]));
    expect(of([128, 64])).not.toBe(of([128, 64], 10));
    expect(tileSet('gone')).toBeNull();
  });
});

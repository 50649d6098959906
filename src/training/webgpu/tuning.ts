import type { NetworkSpec } from '../../network/spec';
import { TILE_SETS, type TileSet } from './plan/tileSets';

/** What tuning measured of one set: the median milliseconds per step, or why it was not taken. */
export interface TuningRow {
  id: string;
  label: string;
  msPerStep: number | null;
  note: string;
}

/** The outcome of a search: the set to use, and what was measured. */
export interface Tuning {
  best: TileSet;
  rows: TuningRow[];
}

export interface TuningOptions {
  /** The set in use now: another one is taken only if it is clearly faster. */
  current: TileSet;
  /** Milliseconds per step with a set, measured once; throws where the set does not run here. */
  time: (set: TileSet) => Promise<number>;
  /** What differs from float64 with this set, in words; empty where the self-check passes. Asked once for each set. */
  check: (set: TileSet) => Promise<readonly string[]>;
  /** Called between measurements, so that training goes on; resolves with false to stop the search and keep what is in use. */
  pause?: () => Promise<boolean>;
  sets?: readonly TileSet[];
  /** How often each set is measured, in turns. */
  rounds?: number;
}

/** Another set must take at most this share of the time of the one in use: measurements on a busy machine differ by less. */
const CLEARLY_FASTER = 0.95;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Searches the fastest tile sizes for a network on this device. Every set first passes the self-check, then all are timed in turns
 * (interleaved, so that a slow spell of the machine meets all alike) and compared by their medians. Never chooses a set that was not
 * clearly faster than the one in use.
 */
export async function tuneTiles(options: TuningOptions): Promise<Tuning> {
  const { current, time, check, pause = () => Promise.resolve(true), rounds = 5 } = options;
  const others = (options.sets ?? TILE_SETS).filter(({ id }) => id !== current.id);
  const rows = new Map<string, TuningRow>(
    [current, ...others].map(({ id, label }) => [id, { id, label, msPerStep: null, note: '' }]),
  );
  const refuse = (set: TileSet, note: string): void => {
    rows.set(set.id, { id: set.id, label: set.label, msPerStep: null, note });
  };
  const stopped = (): Tuning => ({ best: current, rows: [...rows.values()] });

  const running: { set: TileSet; times: number[] }[] = [{ set: current, times: [] }];
  for (const set of others) {
    if (!(await pause())) return stopped();
    const wrong = await check(set);
    if (wrong.length > 0) refuse(set, `differs from float64: ${wrong[0]}`);
    else running.push({ set, times: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const entry of [...running]) {
      if (!(await pause())) return stopped();
      try {
        entry.times.push(await time(entry.set));
      } catch (error) {
        if (entry.set === current) throw error;
        running.splice(running.indexOf(entry), 1);
        refuse(entry.set, error instanceof Error ? error.message : String(error));
      }
    }
  for (const { set, times } of running)
    rows.set(set.id, {
      id: set.id,
      label: set.label,
      msPerStep: median(times),
      note: `median of ${times.length}`,
    });
  const own = median(running[0].times);
  const fastest = running.reduce((a, b) => (median(b.times) < median(a.times) ? b : a));
  return {
    best: median(fastest.times) <= CLEARLY_FASTER * own ? fastest.set : current,
    rows: [...rows.values()],
  };
}

/**
 * Networks that share their best tile sizes: the same kind of layers, widths within a factor of two, about as many models. Part of the key
 * under which a tuning is kept.
 */
export function shapeClass(spec: NetworkSpec, models: number, batch: number): string {
  const power = (n: number): number => Math.max(0, Math.round(Math.log2(Math.max(1, n))));
  const layers = spec.hidden.map((layer) => {
    const kind = layer.convolution ? 'c' : layer.paths ? 'p' : 'd';
    return `${kind}${power(layer.convolution?.channels ?? layer.width)}`;
  });
  return [
    `i${power(spec.inputs)}`,
    ...layers,
    `o${power(spec.outputs)}`,
    `m${power(models)}`,
    `b${power(batch)}`,
  ].join(' ');
}

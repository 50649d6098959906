import { initialTrainingState } from '../../network/initialise';
import type { Network } from '../../network/network';
import { seededRandom } from '../../network/random';
import type { DataSource } from '../../data/source';
import type { StepSettings } from '../engine';
import { noiseData } from '../noiseData';
import type { CompiledEngine } from './engine';
import type { CompiledGroup } from './group';
import type { TileSet } from './plan/tileSets';

/** Milliseconds a measurement lasts about, and most steps of one. */
const SPAN_MS = 25;
const MOST_STEPS = 64;

const SETTINGS: StepSettings = {
  lambda: 1e-2,
  measure: 'mean-square',
  psiDecay: 0.1,
  optimiser: { id: 'adam', learningRate: 1e-3, weightDecay: 0, decayAll: false, momentum: 0 },
};

/**
 * Times tile sets on copies of a network: a copy per set, compiled when first asked for, on noise of the shape of the data. By the
 * graphics card's own clock where it has one, else from submission to read-back.
 */
export class TileTimer {
  private readonly groups = new Map<string, { group: CompiledGroup; steps: number }>();
  private readonly data: DataSource;

  constructor(
    private readonly engine: CompiledEngine,
    private readonly network: Network,
    data: DataSource,
    private readonly batch: number,
  ) {
    const { train } = noiseData(seededRandom(0, 'tiles'), data.size, data.classes, 2 * batch);
    this.data = { ...data, train, test: train, texts: undefined };
  }

  /** Milliseconds per step with a set. Throws where it does not run here, or gives numbers that are none. */
  async time(set: TileSet): Promise<number> {
    const known = this.groups.get(set.id) ?? (await this.prepare(set));
    return this.round(known.group, known.steps);
  }

  private async prepare(set: TileSet): Promise<{ group: CompiledGroup; steps: number }> {
    const { engine, network, data, batch } = this;
    const state = initialTrainingState(network, 'adam');
    const group = engine.createGroup([state], data, { tiles: set.tiles, rows: batch });
    const made = { group, steps: 1 };
    this.groups.set(set.id, made);
    await group.ready();
    // The first step compiles; the second tells how many make a measurement.
    await this.round(group, 1);
    const once = await this.round(group, 1);
    made.steps = Math.max(1, Math.min(MOST_STEPS, Math.round(SPAN_MS / Math.max(once, 0.1))));
    return made;
  }

  private async round(group: CompiledGroup, steps: number): Promise<number> {
    const { batch } = this;
    const indices = Uint32Array.from({ length: steps * batch }, (_, i) => i % (2 * batch));
    const from = performance.now();
    group.train(indices, batch, steps, [SETTINGS]);
    const [{ values }] = await group.metrics();
    const wall = (performance.now() - from) / steps;
    if (!values.every(Number.isFinite)) throw new Error('A step gave numbers that are not finite.');
    const gpu = group.gpuTime();
    return gpu && gpu.milliseconds > 0 && gpu.steps === steps ? gpu.milliseconds / gpu.steps : wall;
  }

  /** Gives back the copies. */
  dispose(): void {
    for (const { group } of this.groups.values()) group.dispose();
    this.groups.clear();
  }
}

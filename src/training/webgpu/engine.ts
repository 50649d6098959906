import type { DataSource } from '../../data/source';
import type { TrainingState } from '../../network/network';
import type { Engine, EngineInfo } from '../engine';
import type { OpenDevice } from './device';
import { CompiledGroup, type GroupOptions } from './group';
import { CompiledModel } from './model';
import { TimestampQueries } from './gpuTimer';
import { TILE_SETS, type TileSet } from './plan/tileSets';

/** The compiled engine on one device: a training step is a short list of dispatches, K steps are one submission. */
export class CompiledEngine implements Engine {
  readonly lost: Promise<string>;
  readonly modelAxis = true;
  private readonly models = new Set<CompiledModel>();
  private readonly groups = new Set<CompiledGroup>();
  private options: GroupOptions;
  private set: TileSet;
  private readonly timestamps: TimestampQueries | null;
  private disposed = false;

  /** `close` gives the device back; `beforeSubmit` is for a device shared with tfjs (its `submitQueue`). */
  constructor(
    readonly info: EngineInfo,
    private readonly gpu: Pick<OpenDevice, 'device' | 'lost'>,
    private readonly close: () => void = () => undefined,
    beforeSubmit: () => void = () => undefined,
  ) {
    this.lost = gpu.lost;
    this.timestamps = TimestampQueries.of(gpu.device);
    const { timestamps } = this;
    this.set = TILE_SETS[info.software ? 1 : 0];
    this.options = { tiles: this.set.tiles, beforeSubmit, timestamps };
  }

  /** The tile sizes that networks made from now on are compiled with. */
  get tileSet(): TileSet {
    return this.set;
  }

  /** Compiles networks made from now on with other tile sizes; those that are there keep theirs. Results stay the same to rounding. */
  useTiles(set: TileSet): void {
    this.set = set;
    this.options = { ...this.options, tiles: set.tiles };
  }

  get device(): GPUDevice {
    return this.gpu.device;
  }

  createModel(state: TrainingState, data: DataSource): CompiledModel {
    const model = new CompiledModel(this.gpu.device, state, data, this.options, (gone) =>
      this.models.delete(gone),
    );
    this.models.add(model);
    return model;
  }

  /** M networks of one depth in the same dispatches (see CompiledGroup); dispose it when done. */
  createGroup(states: readonly TrainingState[], data: DataSource, options: GroupOptions = {}): CompiledGroup {
    const group = new CompiledGroup(this.gpu.device, states, data, { ...this.options, ...options });
    this.groups.add(group);
    return group;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const model of [...this.models]) model.dispose();
    for (const group of this.groups) group.dispose();
    this.timestamps?.dispose();
    this.close();
  }
}

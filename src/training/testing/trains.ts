import type { DataSource } from '../../data/source';
import type { TrainingState } from '../../network/network';
import type { TileSizes } from '../webgpu/plan/bufferLayout';
import type { EngineGroup, EngineModel, GroupBatching } from '../engine';

/** What the checks of this room want of an engine; each returns what is wrong, in words, and none looks inside. */
export interface Trains {
  createModel(state: TrainingState, data: DataSource): EngineModel;
  /** `tiles` are of concern to the engine on the GPU alone. */
  createGroup(
    states: readonly TrainingState[],
    data: DataSource,
    options?: GroupBatching & { tiles?: TileSizes },
  ): EngineGroup;
}

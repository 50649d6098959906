import * as tf from '@tensorflow/tfjs-core';
import type { DataSource } from '../../data/source';
import type { TrainingState } from '../../network/network';
import type { Engine, EngineGroup, EngineInfo, GroupBatching } from '../engine';
import { TfjsGroup } from './group';
import { TfjsModel } from './model';

/** The tfjs engine on one opened backend (see backends.ts); several may live in one worker, each switching to its own. */
export class TfjsEngine implements Engine {
  readonly modelAxis = false;
  private readonly models = new Set<TfjsModel>();
  private disposed = false;

  /** `backend` is tfjs's name of it, already initialised; `close` gives back what it holds. */
  constructor(
    readonly info: EngineInfo,
    private readonly backend: string,
    readonly lost: Promise<string> = new Promise(() => undefined),
    private readonly close: () => void = () => undefined,
  ) {}

  createModel(state: TrainingState, data: DataSource): TfjsModel {
    const model = new TfjsModel(
      state,
      data,
      () => this.activate(),
      (gone) => this.models.delete(gone),
    );
    this.models.add(model);
    return model;
  }

  createGroup(
    states: readonly TrainingState[],
    data: DataSource,
    { ownBatches = false }: GroupBatching = {},
  ): EngineGroup {
    return new TfjsGroup(
      states.map((state) => this.createModel(state, data)),
      ownBatches,
    );
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const model of [...this.models]) model.dispose();
    this.close();
  }

  /** Makes this engine's backend tfjs's current one; synchronous, since the backend is already initialised. */
  private activate(): void {
    if (tf.getBackend() !== this.backend) void tf.setBackend(this.backend);
  }
}

import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { type HotSetting, touchesBlocks } from '../configuration/hotSettings';
import type { Engine } from '../training/engine';
import { baselineStartState } from './startState';
import { baselineSettingsOf } from './stepSettings';
import { needsOtherBlocks, withTasks } from './tasks';
import { TrainedNetwork } from './trainedNetwork';

/** What trains beside the network of a run, on the same batches. */
export interface Companion {
  /** Takes `steps` steps on batches that were drawn for the run, [steps][batch]; hot settings are those of the run. */
  train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    configuration: Configuration,
  ): void | Promise<void>;
  /** Follows hot settings that have just changed in the run; the configuration is the one after the change. */
  follow(settings: readonly HotSetting[], configuration: Configuration): Promise<void>;
}

/**
 * The linear baseline every accuracy is shown beside: softmax regression, from zero weights, on the batches of a run and with its
 * optimiser, λ = 0.
 */
export class LinearBaseline extends TrainedNetwork implements Companion {
  constructor(engine: Engine, configuration: Configuration, source: DataSource) {
    super(engine, baselineStartState(configuration, source), source);
  }

  async train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    configuration: Configuration,
  ): Promise<void> {
    await this.model.train(indices, batch, steps, baselineSettingsOf(configuration));
  }

  async follow(settings: readonly HotSetting[], configuration: Configuration): Promise<void> {
    if (!settings.some(touchesBlocks) || !needsOtherBlocks(this.blocks, configuration)) return;
    this.reshape(withTasks(await this.model.exportState(), configuration, this.source));
  }
}

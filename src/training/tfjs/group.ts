import type { EnergySite, MeasureId } from '../../energy/ids';
import type { Network, TrainingState } from '../../network/network';
import type { Merge } from '../../network/spec';
import type { StepSettings, EngineGroup, Observation, StepMetrics } from '../engine';
import type { TfjsModel } from './model';

/** A group without a model axis: its networks take turns. */
export class TfjsGroup implements EngineGroup {
  constructor(
    private readonly models: readonly TfjsModel[],
    private readonly ownBatches: boolean,
  ) {}

  train(indices: Uint32Array, batch: number, steps: number, controls: readonly StepSettings[]): void {
    this.models.forEach((model, m) =>
      model.train(this.ownBatches ? this.own(indices, batch, steps, m) : indices, batch, steps, controls[m]),
    );
  }

  /** [step][model][batch] → [step][batch] of one model. */
  private own(all: Uint32Array, batch: number, steps: number, m: number): Uint32Array {
    const models = this.models.length;
    const own = new Uint32Array(steps * batch);
    for (let k = 0; k < steps; k++) {
      const from = (k * models + m) * batch;
      own.set(all.subarray(from, from + batch), k * batch);
    }
    return own;
  }

  metrics(): Promise<StepMetrics[]> {
    return inTurn(this.models, (model) => model.metrics());
  }

  observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site?: EnergySite,
  ): Promise<Observation[]> {
    return inTurn(this.models, (model) => model.observe(split, from, count, measure, site));
  }

  exportState(model: number): Promise<TrainingState> {
    return this.models[model].exportState();
  }

  exportNetwork(model: number): Promise<Network> {
    return this.models[model].exportNetwork();
  }

  importState(model: number, state: TrainingState): void {
    this.models[model].importState(state);
  }

  setO(model: number, layer: number, value: number): void {
    this.models[model].setO(layer, value);
  }

  setMerge(model: number, layer: number, merge: Merge): void {
    this.models[model].setMerge(layer, merge);
  }

  dispose(): void {
    for (const model of this.models) model.dispose();
  }
}

/** One after another: read-backs of one backend gain nothing from being asked for at once. */
async function inTurn<T>(models: readonly TfjsModel[], look: (model: TfjsModel) => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  for (const model of models) seen.push(await look(model));
  return seen;
}

import type { EnergySite, MeasureId } from '../../energy/ids';
import type { Network, TrainingState } from '../../network/network';
import type { Merge } from '../../network/spec';
import type { StepSettings, EngineModel, Observation, StepMetrics } from '../engine';
import type { WasmGroup } from './group';

/** A group of one. */
export class WasmModel implements EngineModel {
  constructor(private readonly group: WasmGroup) {}

  train(indices: Uint32Array, batch: number, steps: number, controls: StepSettings): void {
    this.group.train(indices, batch, steps, controls);
  }

  async metrics(): Promise<StepMetrics> {
    return (await this.group.metrics())[0];
  }

  async observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site?: EnergySite,
  ): Promise<Observation> {
    return (await this.group.observe(split, from, count, measure, site))[0];
  }

  exportState(): Promise<TrainingState> {
    return this.group.exportState(0);
  }

  exportNetwork(): Promise<Network> {
    return this.group.exportNetwork(0);
  }

  importState(state: TrainingState): void {
    this.group.importState(0, state);
  }

  setO(layer: number, value: number): void {
    this.group.setO(0, layer, value);
  }

  setMerge(layer: number, merge: Merge): void {
    this.group.setMerge(0, layer, merge);
  }

  dispose(): void {
    this.group.dispose();
  }
}

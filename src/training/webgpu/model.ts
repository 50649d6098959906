import type { EnergySite, MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import type { Network, TrainingState } from '../../network/network';
import type { Merge } from '../../network/spec';
import type { StepSettings, EngineModel, GpuTime, Observation, StepMetrics } from '../engine';
import { SINGLE_MODEL_ROWS } from './plan/bufferLayout';
import { CompiledGroup, type GroupOptions } from './group';

/** One network on the compiled engine: a group of one. */
export class CompiledModel implements EngineModel {
  private readonly group: CompiledGroup;
  private asked = false;

  constructor(
    device: GPUDevice,
    state: TrainingState,
    data: DataSource,
    options: GroupOptions,
    private readonly onDispose: (model: CompiledModel) => void,
  ) {
    this.group = new CompiledGroup(device, [state], data, { rows: SINGLE_MODEL_ROWS, ...options });
  }

  train(indices: Uint32Array, batch: number, steps: number, controls: StepSettings): void | Promise<void> {
    if (this.asked) return this.group.train(indices, batch, steps, controls);
    // Once, so that a lack of memory is told before anything is built on it.
    this.asked = true;
    return this.ready().then(() => this.group.train(indices, batch, steps, controls));
  }

  async metrics(): Promise<StepMetrics> {
    return (await this.group.metrics())[0];
  }

  gpuTime(): GpuTime | null {
    return this.group.gpuTime();
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
    return this.group.exportState();
  }

  exportNetwork(): Promise<Network> {
    return this.group.exportNetwork();
  }

  importState(state: TrainingState): void {
    this.asked = false;
    this.group.importState(0, state);
  }

  setO(layer: number, value: number): void {
    this.group.setO(0, layer, value);
  }

  setMerge(layer: number, merge: Merge): void {
    this.group.setMerge(0, layer, merge);
  }

  ready(): Promise<void> {
    return this.group.ready();
  }

  dispose(): void {
    this.group.dispose();
    this.onDispose(this);
  }
}

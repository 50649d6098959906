import type { TrainingState } from '../../../network/network';
import { debugLine } from '../../debug';
import { MAX_STEPS, type KernelResource } from '../kernels/kernel';
import { observedBlocks } from '../kernels/observe';
import type { DataBuffers } from './dataset';
import { bufferLayout, type PlanCapacity, type BufferLayout } from '../plan/bufferLayout';
import { bufferBytes, compileKernels, encodeDispatches, planKernels, type Dispatch } from '../plan/plan';
import { TABLE_WORDS } from '../plan/modelTable';
import { blockBytes, packBlock } from './transfer';

/** Buffers that hold what training carries from one step to the next. */
export const STATE_BUFFERS = ['parameters', 'first', 'second'] as const;

/** One plan on one set of buffers: as many models as fit into the device's largest binding. */
export class BufferSet {
  readonly layout: BufferLayout;
  /**
   * The models' table and the image indices of passes that observe, and the step counters of these, which stay at 0.
   */
  readonly observationModels: GPUBuffer;
  readonly observationIndices: GPUBuffer;
  private readonly observationScratch: GPUBuffer;
  private readonly buffers = new Map<KernelResource, GPUBuffer>();
  private readonly step: Dispatch[];
  private readonly compileShifted: () => Dispatch[];
  private shiftedStep: Dispatch[] | null = null;
  private readonly observation: Record<'train' | 'test', Dispatch[]>;

  constructor(
    private readonly device: GPUDevice,
    capacity: PlanCapacity,
    data: DataBuffers,
  ) {
    this.layout = bufferLayout(capacity);
    const { COPY_DST, COPY_SRC, STORAGE, UNIFORM } = GPUBufferUsage;
    const bytes = bufferBytes(this.layout);
    for (const [resource, size] of Object.entries(bytes) as [KernelResource, number][]) {
      const uniform = resource === 'models' || resource === 'schedule';
      const usage = (uniform ? UNIFORM : STORAGE) | COPY_DST | COPY_SRC;
      this.buffers.set(resource, device.createBuffer({ label: resource, size, usage }));
    }
    const { rows } = this.layout.capacity;
    this.observationModels = device.createBuffer({
      label: 'models seen',
      size: this.tableBytes,
      usage: UNIFORM | COPY_DST,
    });
    this.observationIndices = device.createBuffer({
      label: 'indices seen',
      size: 4 * rows * (capacity.ownBatches ? capacity.models : 1),
      usage: STORAGE | COPY_DST,
    });
    this.observationScratch = device.createBuffer({
      label: 'still counters',
      size: this.buffer('scratch').size,
      usage: STORAGE | COPY_DST,
    });
    const kernels = planKernels(this.layout);
    const training = (resource: KernelResource): GPUBuffer => {
      if (resource === 'standard') return data.standard;
      return resource === 'images' ? data.train.buffer : this.buffer(resource);
    };
    this.step = compileKernels(device, kernels.step, training);
    this.compileShifted = () => [
      ...compileKernels(device, [kernels.shifted], training),
      ...this.step.slice(1),
    ];
    const observing = (split: 'train' | 'test'): Dispatch[] =>
      compileKernels(device, kernels.observation, (resource) => {
        if (resource === 'models') return this.observationModels;
        if (resource === 'indices') return this.observationIndices;
        if (resource === 'scratch') return this.observationScratch;
        if (resource === 'standard') return data.standard;
        return resource === 'images' ? data[split].buffer : this.buffer(resource);
      });
    this.observation = { train: observing('train'), test: observing('test') };
    debugLine('plan', () => this.description(kernels.step.map(({ label }) => label)));
  }

  private description(dispatches: readonly string[]): string {
    const { models, sizes, rows } = this.layout.capacity;
    const bytes = [...this.buffers.values()].reduce((sum, { size }) => sum + size, 0);
    return (
      `${models} ${models === 1 ? 'model' : 'models'} of up to ${sizes.join('-')}, up to ${rows} images a pass: ` +
      `${dispatches.length} dispatches a step (${dispatches.join(', ')}), ${(bytes / 2 ** 20).toFixed(1)} MB of buffers`
    );
  }

  get tableBytes(): number {
    return 4 * TABLE_WORDS * this.layout.capacity.models;
  }

  get dispatchesPerStep(): number {
    return this.step.length;
  }

  /** What a training step runs, in order. */
  get pipelines(): GPUComputePipeline[] {
    return this.step.map(({ pipeline }) => pipeline);
  }

  buffer(resource: KernelResource): GPUBuffer {
    const found = this.buffers.get(resource);
    if (!found) throw new Error(`A plan has no buffer “${resource}”.`);
    return found;
  }

  /** Sets what a submission needs: the models' table, the optimiser's schedule, image indices, and the step counters at 0. */
  upload(table: ArrayBuffer, schedule: Float32Array<ArrayBuffer>, indices: Uint32Array<ArrayBuffer>): void {
    const { queue } = this.device;
    const { models } = this.layout.capacity;
    queue.writeBuffer(this.buffer('models'), 0, table);
    queue.writeBuffer(this.buffer('schedule'), 0, schedule, 0, 4 * models * MAX_STEPS);
    queue.writeBuffer(this.buffer('indices'), 0, indices);
    const perModel = this.buffer('scratch').size / models;
    const zero = new Float32Array(2);
    for (let m = 0; m < models; m++) queue.writeBuffer(this.buffer('scratch'), m * perModel, zero);
  }

  /** `shifts`: some model's images are augmented (compiled when first asked for). */
  encodeSteps(pass: GPUComputePassEncoder, images: number, steps: number, shifts: boolean): void {
    encodeDispatches(pass, shifts ? (this.shiftedStep ??= this.compileShifted()) : this.step, images, steps);
  }

  encodeObservation(pass: GPUComputePassEncoder, split: 'train' | 'test', images: number): void {
    encodeDispatches(pass, this.observation[split], images);
  }

  /** Writes everything of one model. */
  write(model: number, state: TrainingState): void {
    const { spec, parameters } = state.network;
    const { first, second } = state.optimiser;
    const { queue } = this.device;
    for (let l = 1; l < this.layout.vectors.length; l++) {
      const at = blockBytes(this.layout, l, model);
      const values = packBlock(this.layout, l, spec, parameters, true);
      queue.writeBuffer(this.buffer('parameters'), at, values);
      queue.writeBuffer(this.buffer('first'), at, packBlock(this.layout, l, spec, first, false));
      const moment = second ? packBlock(this.layout, l, spec, second, false) : values.fill(0);
      queue.writeBuffer(this.buffer('second'), at, moment);
    }
  }

  get seenBytes(): number {
    return 16 * observedBlocks(this.layout).length;
  }

  dispose(): void {
    [
      ...this.buffers.values(),
      this.observationModels,
      this.observationIndices,
      this.observationScratch,
    ].forEach((b) => b.destroy());
  }
}

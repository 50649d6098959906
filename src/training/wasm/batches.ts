import type { DataSource, SplitData } from '../../data/source';
import { UPDATE_BLOCK } from '../../layers/affine.wasm';
import { augmentationShift } from '../../data/augment';
import { outputOf, taskOf } from '../../data/tasks';
import type { NetworkSpec } from '../../network/spec';
import { GATHER } from './fields';
import type { InputLayout } from './layout';
import type { LinearMemory } from './memory';

const up = (n: number, step: number): number => Math.ceil(n / step) * step;

/** The affine map from bytes to inputs in linear memory, each task's padded with zeros to whole sixteens. */
export class Standard {
  readonly mean: number;
  readonly inverse: number;
  readonly taskBytes: number;

  constructor(
    private readonly memory: LinearMemory,
    { size, tasks, mean, inverseDeviation }: DataSource,
  ) {
    const padded = up(size, 16);
    const count = tasks ?? 1;
    this.taskBytes = 4 * padded;
    this.mean = memory.allocate(this.taskBytes * count);
    this.inverse = memory.allocate(this.taskBytes * count);
    for (let t = 0; t < count; t++)
      for (const [at, values] of [
        [this.mean, mean],
        [this.inverse, inverseDeviation],
      ] as const)
        memory.floatsAt(at + t * this.taskBytes, size).set(values.subarray(t * size, (t + 1) * size));
  }

  dispose(): void {
    this.memory.release(this.mean);
    this.memory.release(this.inverse);
  }
}

/** What decides what a network sees of an image: networks alike in this share one gather. */
export const inputKey = ({ blocks, hidden }: NetworkSpec): string =>
  JSON.stringify([blocks ?? null, hidden.at(0)?.convolution ? 'planes' : 'plain']);

/**
 * A batch for some networks: bytes of the images of some steps as the driver lays them out, and the inputs x the kernels make of one
 * step's at a time.
 */
export class Batches {
  /** Address of its record, of x [rows, stride] and of the labels of the step at hand. */
  record = 0;
  x = 0;
  labels = 0;
  /** x once more as the first layer's update reads it; 0 of what convolutions read. */
  packed = 0;
  private block = 0;
  private rows = 0;
  private steps = 0;
  private places = { bytes: 0, labels: 0, place: 0, shifts: 0, standard: 0 };
  private readonly rowBytes: number;

  constructor(
    private readonly memory: LinearMemory,
    private readonly data: DataSource,
    private readonly standard: Standard,
    private readonly spec: NetworkSpec,
    private readonly input: InputLayout,
  ) {
    this.rowBytes = up(data.size, 16);
  }

  private get packs(): boolean {
    return this.input.planes === null;
  }

  private get packedLanes(): number {
    return up(this.spec.inputs, 4);
  }

  /** Bytes a step of this many rows takes. */
  stepBytes(rows: number): number {
    return rows * (this.rowBytes + 16);
  }

  /** Bytes of scratch each thread needs for it. */
  get scratchBytes(): number {
    return this.rowBytes + 4 * this.rowBytes;
  }

  /** Makes room for `steps` steps of `rows` rows. */
  reserve(rows: number, steps: number): void {
    if (rows <= this.rows && steps <= this.steps) return;
    const most = Math.max(rows, this.rows);
    const mostSteps = Math.max(steps, this.steps);
    let bytes = 0;
    const take = (size: number): number => {
      bytes += up(size, 64);
      return bytes - up(size, 64);
    };
    const record = take(4 * GATHER.length);
    const x = take(4 * this.input.stride * most + 64);
    const current = take(4 * most);
    const packed = this.packs
      ? take(4 * UPDATE_BLOCK * Math.ceil(this.packedLanes / UPDATE_BLOCK) * most)
      : 0;
    const count = most * mostSteps;
    const raw = take(this.rowBytes * count);
    const lists = [0, 1, 2, 3].map(() => take(4 * count));
    const block = this.memory.allocate(bytes);
    if (this.block) this.memory.release(this.block);
    this.block = block;
    [this.rows, this.steps] = [most, mostSteps];
    [this.record, this.x, this.labels] = [block + record, block + x, block + current];
    this.packed = this.packs ? block + packed : 0;
    const [labels, place, shifts, standard] = lists.map((at) => block + at);
    this.places = { bytes: block + raw, labels, place, shifts, standard };
  }

  /**
   * Lays out the images `indices[from + k·stride …]` of a split for `steps` steps of `rows` rows, shifted as at optimiser steps
   * `shiftStep` + k where one is given.
   */
  lay(
    split: SplitData,
    indices: Uint32Array,
    { from, stride, rows, steps }: { from: number; stride: number; rows: number; steps: number },
    shiftStep: number | null,
  ): void {
    const { data, memory, spec, rowBytes, places } = this;
    const { size } = data;
    const { bytes } = memory;
    const labels = new Int32Array(memory.memory.buffer);
    const shifts = shiftStep !== null && data.width !== undefined;
    const outputs = Array.from({ length: data.classes }, (_, label) => outputOf(data, spec.blocks, label));
    const tasks = Array.from({ length: data.classes }, (_, label) => taskOf(data, label));
    let row = 0;
    for (let k = 0; k < steps; k++)
      for (let b = 0; b < rows; b++, row++) {
        const image = indices[from + k * stride + b];
        const label = split.labels[image];
        bytes.set(split.images.subarray(image * size, (image + 1) * size), places.bytes + row * rowBytes);
        labels[(places.labels >> 2) + row] = outputs[label];
        if (spec.blocks) labels[(places.place >> 2) + row] = spec.blocks.indexOf(tasks[label]);
        if (data.tasks) labels[(places.standard >> 2) + row] = tasks[label] * this.standard.taskBytes;
        if (shifts) {
          const { dx, dy } = augmentationShift(image, shiftStep + k);
          labels[(places.shifts >> 2) + row] = (dx + 8) | ((dy + 8) << 8);
        }
      }
    this.write(rows, shifts);
  }

  private write(rows: number, shifts: boolean): void {
    const { data, input, places, standard, spec } = this;
    const { words, floats } = this.memory;
    const at = this.record >> 2;
    const fields: Partial<Record<keyof typeof GATHER.at, number>> = {
      bytes: places.bytes,
      rowBytes: this.rowBytes,
      count: rows,
      size: data.size,
      place: spec.blocks ? places.place : 0,
      shifts: shifts ? places.shifts : 0,
      standard: data.tasks ? places.standard : 0,
      mean: standard.mean,
      inverse: standard.inverse,
      x: this.x,
      stride: 4 * input.stride,
      width: data.width ?? data.size,
      planes: data.channels ?? 1,
      blockBytes: 4 * data.size,
      labels: places.labels,
      current: this.labels,
      packed: this.packed,
      lanes: this.packedLanes,
      channels: input.planes?.channels ?? 0,
      height: input.planes?.height ?? 0,
      pictureWidth: input.planes?.width ?? 0,
    };
    for (const [name, value] of Object.entries(fields)) words[at + GATHER.at[name as 'x']] = value;
    floats[at + GATHER.at.scale] = data.byteScale;
    floats[at + GATHER.at.clip] = Math.min(data.clip, 3e38);
  }

  dispose(): void {
    if (this.block) this.memory.release(this.block);
    this.block = 0;
  }
}

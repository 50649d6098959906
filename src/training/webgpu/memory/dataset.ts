import type { DataSource, SplitData } from '../../../data/source';
import { classesPerTask } from '../../../data/tasks';
import type { TaskShape } from '../plan/bufferLayout';
import { MAX_TASKS } from '../plan/modelTable';

/** What kernels must know of data made of tasks; null for other data. Throws where they cannot be taken. */
export function taskShapeOf(source: DataSource): TaskShape | null {
  const { tasks, size } = source;
  if (!tasks) return null;
  if (tasks > MAX_TASKS || size % 4 !== 0)
    throw new Error(
      `The compiled engine takes up to ${MAX_TASKS} tasks of images of a multiple of four values, not ${tasks} of ${size}.`,
    );
  return { tasks, size, vectors: size / 4, classes: classesPerTask(source) };
}

/** A split's images on the GPU: bytes four to a word, rows padded to whole words, each row followed by a word with its label. */
class SplitBuffer {
  readonly buffer: GPUBuffer;
  private uploaded = 0;
  private readonly words: number;

  constructor(
    private readonly device: GPUDevice,
    private readonly split: SplitData,
    private readonly size: number,
  ) {
    this.words = Math.ceil(size / 4) + 1;
    const bytes = Math.max(4, 4 * this.words * split.total);
    if (bytes > device.limits.maxStorageBufferBindingSize)
      throw new Error(
        `${split.total} images take ${megabytes(bytes)}, more than this graphics device binds at once (${megabytes(device.limits.maxStorageBufferBindingSize)}).`,
      );
    this.buffer = device.createBuffer({
      label: 'images',
      size: bytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  /** Uploads the images that have become ready since the last call. */
  update(): void {
    const { split, size, words } = this;
    const block = 4096;
    while (this.uploaded < split.ready) {
      const count = Math.min(block, split.ready - this.uploaded);
      const packed = new Uint32Array(count * words);
      const bytes = new Uint8Array(packed.buffer);
      for (let i = 0; i < count; i++) {
        const image = this.uploaded + i;
        bytes.set(split.images.subarray(image * size, (image + 1) * size), 4 * i * words);
        packed[(i + 1) * words - 1] = split.labels[image];
      }
      this.device.queue.writeBuffer(this.buffer, 4 * this.uploaded * words, packed);
      this.uploaded += count;
    }
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** A data source on the GPU, shared by the models that learn from it. */
export class DataBuffers {
  readonly train: SplitBuffer;
  readonly test: SplitBuffer;
  /** Mean and inverse deviation of each four inputs, alternating; one task after the other. */
  readonly standard: GPUBuffer;
  private users = 0;

  constructor(device: GPUDevice, source: DataSource) {
    this.train = new SplitBuffer(device, source.train, source.size);
    this.test = source.test === source.train ? this.train : new SplitBuffer(device, source.test, source.size);
    const { length } = source.mean;
    const values = new Float32Array(8 * Math.ceil(length / 4));
    for (let j = 0; j < length; j++) {
      const at = 8 * (j >> 2) + (j & 3);
      values[at] = source.mean[j];
      values[at + 4] = source.inverseDeviation[j];
    }
    this.standard = device.createBuffer({
      label: 'standard',
      size: values.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(this.standard, 0, values);
  }

  private static readonly known = new WeakMap<GPUDevice, Map<DataSource, DataBuffers>>();

  /** The buffers of a source on a device; each call is to be answered by one `release`. */
  static of(device: GPUDevice, source: DataSource): DataBuffers {
    let sources = DataBuffers.known.get(device);
    if (!sources) DataBuffers.known.set(device, (sources = new Map<DataSource, DataBuffers>()));
    let buffers = sources.get(source);
    if (!buffers) sources.set(source, (buffers = new DataBuffers(device, source)));
    buffers.users += 1;
    return buffers;
  }

  release(device: GPUDevice, source: DataSource): void {
    this.users -= 1;
    if (this.users > 0) return;
    DataBuffers.known.get(device)?.delete(source);
    [this.train.buffer, this.test.buffer, this.standard].forEach((buffer) => buffer.destroy());
  }
}

import { debugLine, stepTimeText } from '../debug';
import type { GpuTime } from '../engine';

/** How many submissions can be timed between two reads. Further ones are not timed. */
const SLOTS = 32;
/** Bytes of two timestamps of 64 bits. */
const PAIR = 16;
/** Milliseconds by which a time can seem too long, because browsers round timestamps to 100 µs. */
const QUANTUM = 0.1;

/**
 * The two timestamp queries of a device. All its groups use them in turn, which is possible because a device does its
 * work in order, and wanted because some graphics drivers have few query sets to give.
 */
export class TimestampQueries {
  private readonly set: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  /** The descriptor that a compute pass has to begin with to be timed. */
  readonly pass: GPUComputePassDescriptor;

  private constructor(device: GPUDevice) {
    this.set = device.createQuerySet({ label: 'timestamps', type: 'timestamp', count: 2 });
    this.resolved = device.createBuffer({
      label: 'timestamps',
      size: PAIR,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.pass = {
      timestampWrites: { querySet: this.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    };
  }

  /** Null where the device was opened without `timestamp-query`. */
  static of(device: GPUDevice): TimestampQueries | null {
    return device.features.has('timestamp-query') ? new TimestampQueries(device) : null;
  }

  /** Encodes a copy of the two timestamps of the last timed pass to byte `at` of `to`. */
  copy(encoder: GPUCommandEncoder, to: GPUBuffer, at: number): void {
    encoder.resolveQuerySet(this.set, 0, 2, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, to, at, PAIR);
  }

  dispose(): void {
    this.set.destroy();
    this.resolved.destroy();
  }
}

/** Times the passes of one group's submissions on the GPU. While a read is under way, submissions go untimed: nothing waits. */
export class GpuTimer {
  private readonly to: GPUBuffer;
  private used = 0;
  private steps = 0;
  private since = 0;
  private reading = false;
  private total: GpuTime | null = null;

  constructor(
    device: GPUDevice,
    private readonly timestamps: TimestampQueries,
  ) {
    this.to = device.createBuffer({
      label: 'timestamps read',
      size: SLOTS * PAIR,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** The descriptor for the pass of the next submission; undefined where it is not to be timed. */
  start(): GPUComputePassDescriptor | undefined {
    if (this.reading || this.used === SLOTS) return undefined;
    if (this.used === 0) this.since = performance.now();
    return this.timestamps.pass;
  }

  /** Encodes what keeps the timestamps of a pass that was begun with `start` and takes `steps` steps. */
  stop(encoder: GPUCommandEncoder, steps: number): void {
    this.timestamps.copy(encoder, this.to, this.used * PAIR);
    this.used += 1;
    this.steps += steps;
  }

  /** Reads what was timed; resolves when what was submitted is done. Never rejects: without a device there is no time. */
  async read(): Promise<void> {
    const { used, steps, since } = this;
    if (this.reading || used === 0) return;
    this.reading = true;
    try {
      await this.to.mapAsync(GPUMapMode.READ, 0, used * PAIR);
      const milliseconds = sum(new BigUint64Array(this.to.getMappedRange(0, used * PAIR)));
      this.to.unmap();
      // Counters that jump or wrap: what the clock on the wall contradicts is not a time.
      if (milliseconds === null || milliseconds > performance.now() - since + QUANTUM) return;
      debugLine(
        'timing',
        () => `${steps} steps took ${stepTimeText(milliseconds, steps)}, by the GPU's own timestamps`,
      );
      const before = this.total ?? { milliseconds: 0, steps: 0 };
      this.total = { milliseconds: before.milliseconds + milliseconds, steps: before.steps + steps };
    } catch {
      // The device is lost, or the group disposed of.
    } finally {
      this.used = this.steps = 0;
      this.reading = false;
    }
  }

  /** The time that was read since the last call; null where there was none. */
  take(): GpuTime | null {
    const { total } = this;
    this.total = null;
    return total;
  }

  dispose(): void {
    this.to.destroy();
  }
}

/** Milliseconds of pairs of begin and end in nanoseconds; null where one ends before it begins. */
function sum(pairs: BigUint64Array): number | null {
  let nanoseconds = 0n;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i + 1] < pairs[i]) return null;
    nanoseconds += pairs[i + 1] - pairs[i];
  }
  return Number(nanoseconds) / 1e6;
}

import type { NetworkSpec } from '../../../network/spec';
import type { DataBuffers } from './dataset';
import type { PlanCapacity } from '../plan/bufferLayout';
import type { BufferSet } from './bufferSet';
import { moveModels, planBufferSets } from './bufferSets';
import type { PlanStructure } from '../plan/planStructure';

/** Capacities by layer, images per pass, and what layers are besides their widths. */
export interface GroupCapacity {
  sizes: readonly number[];
  rows: number;
  structure: PlanStructure;
}

interface Held extends GroupCapacity {
  shards: BufferSet[];
  /** Called where these shards are in force again, to set their owner back to that time. */
  restore: () => void;
}

/**
 * The buffers of a group, in one or more shards, and their growth. A device tells only some time later whether it had
 * the memory. Until then the shards before are kept; where memory did not suffice they come into force again.
 */
export class GroupBuffers {
  shards: BufferSet[] = [];
  private problem: Promise<void> | null = null;
  private before: Held | null = null;
  private recovered = false;
  private disposed = false;

  constructor(
    private readonly device: GPUDevice,
    private readonly models: number,
    private readonly how: Pick<PlanCapacity, 'ownBatches' | 'tiles' | 'taskShape'>,
    private room: GroupCapacity,
  ) {}

  get sizes(): readonly number[] {
    return this.room.sizes;
  }

  get structure(): PlanStructure {
    return this.room.structure;
  }

  get rows(): number {
    return this.room.rows;
  }

  /** Says how to make the first shards, and to fill them. Throws where the device cannot bind them. */
  plan(): (data: DataBuffers, fill: () => void) => void {
    const make = planBufferSets(this.device, this.models, { ...this.room, ...this.how });
    return (data, fill) => {
      this.problem = this.attempt(this.room.sizes, () => {
        this.shards = make(data);
        fill();
      });
    };
  }

  /**
   * Moves to shards of another capacity: `specs` are copied on the GPU (null leaves a model out), `fill` writes what is not
   * copied, `restore` is called if memory did not suffice and the shards before are back. Throws where the device cannot bind them.
   */
  grow(
    room: GroupCapacity,
    data: DataBuffers,
    specs: readonly (NetworkSpec | null)[],
    fill: () => void,
    restore: () => void,
  ): void {
    const make = planBufferSets(this.device, this.models, { ...room, ...this.how });
    const from = this.shards;
    let fresh: BufferSet[] = [];
    const attempt = this.attempt(room.sizes, () => {
      fresh = make(data);
      moveModels(this.device, specs, from, fresh);
      this.shards = fresh;
      fill();
    });
    // Growth upon growth goes back to the last shards known to be sound.
    if (this.before) from.forEach((shard) => shard.dispose());
    else this.before = { ...this.room, shards: from, restore };
    this.room = room;
    const earlier = this.problem;
    const problem = Promise.all([earlier, attempt]).then(
      () => this.settle(fresh, true),
      (error: unknown) => {
        this.settle(fresh, false);
        throw error;
      },
    );
    // Looked at by whatever is awaited next: imports stay synchronous.
    problem.catch(() => undefined);
    this.problem = problem;
  }

  /** Rejects, once for each growth, with a message for the visitor where the device's memory did not suffice. */
  async ready(): Promise<void> {
    const { problem } = this;
    try {
      await problem;
    } finally {
      // Told once; where there was nothing to go back to, it stays a problem.
      if (this.problem === problem && this.recovered) {
        this.problem = null;
        this.recovered = false;
      }
    }
  }

  /**
   * Called when a growth is known to have succeeded or failed. Where several followed each other, only the last one
   * counts.
   */
  private settle(fresh: BufferSet[], well: boolean): void {
    const { before } = this;
    if (this.disposed || this.shards !== fresh || !before) return;
    this.before = null;
    if (well) {
      before.shards.forEach((shard) => shard.dispose());
      return;
    }
    fresh.forEach((shard) => shard.dispose());
    this.shards = before.shards;
    this.room = { sizes: before.sizes, rows: before.rows, structure: before.structure };
    before.restore();
    this.recovered = true;
  }

  /** Runs `act`, which asks the device for memory. The promise it leaves rejects where the device had too little. */
  private attempt(sizes: readonly number[], act: () => void): Promise<void> {
    const { device } = this;
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    let found: Promise<(GPUError | null)[]> = Promise.resolve([]);
    try {
      act();
    } finally {
      found = Promise.all([device.popErrorScope(), device.popErrorScope()]);
      found.catch(() => undefined);
    }
    const problem = found.then(([full, invalid]) => {
      const what = `${this.models > 1 ? `${this.models} × ` : ''}${sizes.join('-')}`;
      if (full) throw new Error(`The graphics device has no memory left for ${what}.`);
      if (invalid) throw new Error(invalid.message);
    });
    problem.catch(() => undefined);
    return problem;
  }

  dispose(): void {
    this.disposed = true;
    [...this.shards, ...(this.before?.shards ?? [])].forEach((shard) => shard.dispose());
  }
}

import type { StepMetrics } from '../engine';
import { metricColumns } from './kernels/finish';
import { RING_ROWS } from './plan';
import type { Shard } from './shard';
import type { Staging } from './staging';

/** Rows copied out of one shard's ring: [rows][models][columns]. */
interface Page {
  rows: number;
  columns: number;
  models: number;
  firstModel: number;
  values: Promise<Float32Array>;
}

/** The host's side of the metrics rings: which rows are filled, and pages moved out because a ring was full. */
export class Ring {
  private used = 0;
  private pages: Page[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly staging: Staging,
  ) {}

  /** First free row, with room for `steps` rows after it. */
  reserve(shards: readonly Shard[], steps: number): number {
    if (this.used + steps > RING_ROWS) this.turn(shards);
    const from = this.used;
    this.used += steps;
    return from;
  }

  /** Copies the filled rows out; they wait as a page. */
  turn(shards: readonly Shard[]): void {
    const rows = this.used;
    this.used = 0;
    if (rows === 0) return;
    const encoder = this.device.createCommandEncoder();
    const copies = shards.map((shard) => {
      const ring = shard.buffer('ring');
      const to = this.staging.take(ring.size);
      const { models } = shard.layout.capacity;
      const columns = metricColumns(shard.layout);
      encoder.copyBufferToBuffer(ring, 0, to, 0, 4 * rows * models * columns);
      return { to, models, columns };
    });
    this.device.queue.submit([encoder.finish()]);
    let firstModel = 0;
    for (const { to, models, columns } of copies) {
      const values = this.staging.read(to, rows * models * columns);
      // A failure is for whoever reads the metrics, not for the console.
      values.catch(() => undefined);
      this.pages.push({ rows, columns, models, firstModel, values });
      firstModel += models;
    }
  }

  /** All rows since the last read, by model. */
  async read(shards: readonly Shard[], models: number, columns: number): Promise<StepMetrics[]> {
    this.turn(shards);
    const { pages } = this;
    this.pages = [];
    const values = await Promise.all(pages.map((page) => page.values));
    return Array.from({ length: models }, (_, m) => {
      const own = pages.flatMap((page, p) =>
        m >= page.firstModel && m < page.firstModel + page.models ? [{ page, values: values[p] }] : [],
      );
      const rows = own.reduce((sum, { page }) => sum + page.rows, 0);
      const out = new Float32Array(rows * columns);
      let next = 0;
      for (const { page, values: from } of own)
        for (let r = 0; r < page.rows; r++) {
          const at = (r * page.models + m - page.firstModel) * columns;
          out.set(from.subarray(at, at + columns), next);
          next += columns;
        }
      return { rows, columns, values: out };
    });
  }

  /** Forgets all rows. */
  clear(): void {
    this.used = 0;
    this.pages = [];
  }
}

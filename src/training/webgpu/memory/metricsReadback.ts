import type { StepMetrics } from '../../engine';
import { metricColumns } from '../kernels/stepMetrics';
import { METRICS_RING_ROWS } from '../plan/plan';
import type { BufferSet } from './bufferSet';
import type { ReadbackBuffers } from './readbackBuffers';

/** Rows copied out of one shard's ring: [rows][models][columns]. */
interface Page {
  rows: number;
  columns: number;
  models: number;
  firstModel: number;
  values: Promise<Float32Array>;
}

/**
 * The host's side of the metrics rings. Each submission copies its rows into a page for reading back, so that reading takes no
 * submission of its own; a page that is full, or asked for, is closed.
 */
export class MetricsReadback {
  private used = 0;
  private open: { to: GPUBuffer; models: number; columns: number }[] = [];
  private pages: Page[] = [];

  constructor(private readonly staging: ReadbackBuffers) {}

  /** First free row, with room for `steps` rows after it. */
  reserve(steps: number): number {
    if (this.used + steps > METRICS_RING_ROWS) this.close();
    const from = this.used;
    this.used += steps;
    return from;
  }

  /** Encodes the copy of `steps` rows from row `from` on into the open page. */
  copy(encoder: GPUCommandEncoder, shards: readonly BufferSet[], from: number, steps: number): void {
    shards.forEach((shard, i) => {
      const ring = shard.buffer('ring');
      const { models } = shard.layout.capacity;
      const columns = metricColumns(shard.layout);
      this.open[i] ??= { to: this.staging.take(ring.size), models, columns };
      const row = 4 * models * columns;
      encoder.copyBufferToBuffer(ring, from * row, this.open[i].to, from * row, steps * row);
    });
  }

  /** Ends the page: nothing is added to it any more. */
  close(): void {
    const { used: rows, open } = this;
    this.used = 0;
    this.open = [];
    let firstModel = 0;
    for (const { to, models, columns } of open) {
      const values = this.staging.read(to, rows * models * columns);
      // A failure is for whoever reads the metrics, not for the console.
      values.catch(() => undefined);
      this.pages.push({ rows, columns, models, firstModel, values });
      firstModel += models;
    }
  }

  /** All rows since the last read, by model. */
  async read(models: number, columns: number): Promise<StepMetrics[]> {
    this.close();
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
    this.close();
    this.pages = [];
  }
}

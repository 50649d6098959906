import type { MetricsBlock } from '../../worker/protocol';

/** A table as it is stored. */
export interface StoredTable {
  rows: number;
  columns: number;
  step: Int32Array<ArrayBuffer>;
  data: Float32Array<ArrayBuffer>;
}

/** A growing table of per-step rows, kept outside React. Rows are in step order; a row's step need not be contiguous. */
export class SeriesTable {
  rows = 0;
  columns = 0;
  private step = new Int32Array(1024);
  private data = new Float32Array(0);

  append(block: MetricsBlock): void {
    if (this.columns === 0) {
      this.columns = block.columns;
      this.data = new Float32Array(this.step.length * this.columns);
    }
    if (block.columns !== this.columns) throw new Error('The columns of a run do not change.');
    while (this.rows + block.rows > this.step.length) this.grow();
    for (let r = 0; r < block.rows; r++) this.step[this.rows + r] = block.firstStep + r;
    this.data.set(block.values.subarray(0, block.rows * block.columns), this.rows * this.columns);
    this.rows += block.rows;
  }

  /** Adds the rows of another table of the same columns. */
  appendTable(other: SeriesTable): void {
    for (let r = 0; r < other.rows; r++) {
      const values = other.data.subarray(r * other.columns, (r + 1) * other.columns);
      this.append({ runner: 'main', firstStep: other.step[r], rows: 1, columns: other.columns, values });
    }
  }

  private grow(): void {
    const size = Math.max(1024, this.step.length * 2);
    const step = new Int32Array(size);
    step.set(this.step);
    const data = new Float32Array(size * this.columns);
    data.set(this.data);
    this.step = step;
    this.data = data;
  }

  stepAt(row: number): number {
    return this.step[row];
  }

  at(row: number, column: number): number {
    return this.data[row * this.columns + column];
  }

  /** First row whose step is ≥ `step` (rows if none). */
  lowerBound(step: number): number {
    let low = 0;
    let high = this.rows;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.step[middle] < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Compact copy for storage. */
  stored(): StoredTable {
    const { rows, columns } = this;
    return { rows, columns, step: this.step.slice(0, rows), data: this.data.slice(0, rows * columns) };
  }

  /** Makes a table from a stored copy. */
  static from({ rows, columns, step, data }: StoredTable): SeriesTable {
    const table = new SeriesTable();
    if (rows === 0) return table;
    return Object.assign(table, { rows, columns, step, data });
  }

  /** Removes all rows with a step above `step` and returns them as a table of their own. */
  cutAfter(step: number): SeriesTable {
    const from = this.lowerBound(step + 1);
    const rest = new SeriesTable();
    rest.columns = this.columns;
    rest.rows = this.rows - from;
    rest.step = this.step.slice(from, this.rows);
    rest.data = this.data.slice(from * this.columns, this.rows * this.columns);
    this.rows = from;
    return rest;
  }
}

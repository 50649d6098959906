import type { Reading } from './csv';

/** A file of a table, and how its columns lie in it. */
export interface TableFile extends Required<Reading> {
  file: string;
  bytes: Uint8Array;
  test: boolean;
  /** Cells of a row. */
  width: number;
  /** Rows above the first one of data, its header included. */
  skip: number;
  /** Place of each column of the table in this file; null where they lie as in the first one. */
  places: readonly number[] | null;
}

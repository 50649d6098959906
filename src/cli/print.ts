import type { FloatArray } from '../network/linearAlgebra';

/** Writes one line, or many, to standard output. */
export function printLines(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Rows of a row-major array. */
export function matrixRows(values: FloatArray, rows: number): number[][] {
  const columns = values.length / rows;
  return Array.from({ length: rows }, (_, r) => [...values.subarray(r * columns, (r + 1) * columns)]);
}

/** A number in at most ten characters, six digits where there are as many. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(6)));

/** The lines of a table, with its columns aligned. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widest = rows.reduce<number[]>(
    (wide, row) => row.map((cell, c) => Math.max(cell.length, wide[c] ?? 0)),
    [],
  );
  return rows.map((row) => row.map((cell, c) => cell.padStart(widest[c])).join('  ')).join('\n');
}

/** Logits [n, classes] as a table, an image a line. */
export const logitTable = (logits: FloatArray, n: number): string =>
  alignedTable(matrixRows(logits, n).map((row, b) => [`${b}:`, ...row.map(shortNumber)]));

/** "Accuracy 96.67 % of 360" from a share of right answers. */
export const accuracyLine = (share: number, n: number): string =>
  `Accuracy ${(100 * share).toFixed(2)} % of ${n}`;

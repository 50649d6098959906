/** Text helpers of the WGSL beside each layer: code is unrolled here, so that no kernel indexes a register array. */

/** `of(0) … of(n − 1)` joined by line breaks. */
export function joinLines(n: number, of: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => of(i)).join('\n');
}

/** `of(0) … of(n − 1)` joined by `by`. */
export function joinWgsl(n: number, by: string, of: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => of(i)).join(by);
}

/** Lines for each row r and column vector c of a register tile. */
export function tileWgsl(rows: number, columns: number, of: (r: number, c: number) => string): string {
  return joinLines(rows, (r) => joinLines(columns, (c) => of(r, c)));
}

export const LANES = ['x', 'y', 'z', 'w'] as const;

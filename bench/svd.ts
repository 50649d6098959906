/** The lab's SVD beside ml-matrix's, in float64 on the CPU, by turns. */
import { Matrix as Library, SVD } from 'ml-matrix';
import { createMatrix } from '../src/network/network';
import { seededRandom } from '../src/network/random';
import { svd } from '../src/topology/linear/svd';

/** Medians in milliseconds; `ratio` is ours to theirs. */
export interface SvdRow {
  shape: string;
  parsimonyMs: number;
  mlMatrixMs: number;
  ratio: number;
}

const milliseconds = (act: () => unknown): number => {
  const from = performance.now();
  act();
  return performance.now() - from;
};

/**
 * Times both on one random matrix of each shape, `rounds` times after one that is not counted, singular vectors of both sides included.
 * Throws where their singular values are further apart than 1e-10·σ_max.
 */
export function svdRows(
  shapes: readonly [number, number][],
  rounds: number,
  median: (values: number[]) => number,
): SvdRow[] {
  return shapes.map(([rows, columns]) => {
    const shape = `${rows}x${columns}`;
    const rng = seededRandom(1, `SVD of ${shape}`);
    const a = createMatrix(
      rows,
      columns,
      Float64Array.from({ length: rows * columns }, () => rng.normal()),
    );
    const theirs = Library.from1DArray(rows, columns, Array.from(a.data));
    const library = (): SVD => new SVD(theirs, { autoTranspose: true });
    const found = svd(a).sigma;
    library().diagonal.forEach((sigma, i) => {
      if (!(Math.abs(found[i] - sigma) <= 1e-10 * found[0]))
        throw new Error(`σ ${i} of ${shape}: ${found[i]} for ${sigma}.`);
    });
    const times = Array.from({ length: rounds }, () => [milliseconds(() => svd(a)), milliseconds(library)]);
    const [parsimonyMs, mlMatrixMs] = [0, 1].map((side) => median(times.map((pair) => pair[side])));
    return { shape, parsimonyMs, mlMatrixMs, ratio: parsimonyMs / mlMatrixMs };
  });
}

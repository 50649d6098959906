import { Matrix as Library, SVD } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../network/initialise';
import { multiplyMatrices, transposeMatrix } from '../../network/linearAlgebra';
import { createMatrix, type Matrix } from '../../network/network';
import { seededRandom } from '../../network/random';
import { completedQ, singularValues, svd } from './svd';

function gaussian(rows: number, cols: number, seed: number): Matrix {
  const rng = seededRandom(seed, 'svd test');
  return createMatrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => rng.normal()),
  );
}

/** A matrix with these singular values (any order) in random bases. */
function withSigma(rows: number, cols: number, sigma: number[], seed: number): Matrix {
  const left = initialWeights('orthogonal', rows, sigma.length, seed, 0);
  const right = initialWeights('orthogonal', sigma.length, cols, seed, 1);
  for (let i = 0; i < left.data.length; i++) left.data[i] *= sigma[i % sigma.length];
  return multiplyMatrices(left, right);
}

const largest = (values: Float64Array): number => values.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
const minus = (a: Matrix, b: Matrix): Float64Array => a.data.map((v, i) => v - b.data[i]);
const eye = (n: number): Matrix =>
  createMatrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
  );

/** Checks bases, order, signs and reconstruction of a; returns its singular values. */
function checked(a: Matrix): Float64Array {
  const parts = svd(a);
  const { r, sigma, qt } = parts;
  const k = Math.min(a.rows, a.cols);
  expect([r.rows, r.cols, sigma.length, qt.rows, qt.cols]).toEqual([a.rows, a.rows, k, k, a.cols]);
  expect(largest(minus(multiplyMatrices(transposeMatrix(r), r), eye(a.rows)))).toBeLessThan(2e-13);
  const q = completedQ(parts);
  expect(largest(minus(multiplyMatrices(transposeMatrix(q), q), eye(a.cols)))).toBeLessThan(2e-13);
  const lambda = createMatrix(a.rows, a.cols);
  sigma.forEach((s, i) => (lambda.data[i * a.cols + i] = s));
  const rebuilt = multiplyMatrices(multiplyMatrices(r, lambda), transposeMatrix(q));
  expect(largest(minus(rebuilt, a))).toBeLessThanOrEqual(1e-13 * (sigma[0] || 1) * Math.sqrt(a.cols));
  for (let i = 1; i < k; i++) expect(sigma[i]).toBeLessThanOrEqual(sigma[i - 1]);
  for (let i = 0; i < a.rows; i++) {
    const column = transposeMatrix(r).data.subarray(i * a.rows, (i + 1) * a.rows);
    expect(Math.max(...column)).toBeGreaterThanOrEqual((1 - 1e-9) * largest(column));
  }
  return sigma;
}

function expectClose(sigma: Float64Array, reference: ArrayLike<number>): void {
  for (let i = 0; i < sigma.length; i++)
    expect(Math.abs(sigma[i] - reference[i])).toBeLessThanOrEqual(1e-12 * (reference[0] || 1));
}

const librarySigma = (a: Matrix): number[] =>
  new SVD(Library.from1DArray(a.rows, a.cols, a.data), { autoTranspose: true }).diagonal;

const geometric = (count: number, condition: number): number[] =>
  Array.from({ length: count }, (_, i) => condition ** (-i / Math.max(1, count - 1)));

describe('svd', () => {
  it('agrees with ml-matrix on random matrices of all shapes', () => {
    const rng = seededRandom(11, 'shapes');
    for (let seed = 0; seed < 60; seed++) {
      const a = gaussian(1 + rng.integer(24), 1 + rng.integer(24), seed);
      expectClose(checked(a), librarySigma(a));
    }
  });

  it.each([
    [1, 9],
    [9, 1],
    [1, 1],
    [2, 2],
    [64, 784],
    [60, 40],
  ])('handles %d×%d', (rows, cols) => {
    const a = gaussian(rows, cols, 5);
    expectClose(checked(a), librarySigma(a));
  });

  it.each([1e4, 1e8, 1e10, 1e15])('is accurate at condition %d', (condition) => {
    for (const [rows, cols] of [
      [40, 60],
      [60, 40],
      [64, 64],
    ]) {
      const sigma = geometric(Math.min(rows, cols), condition);
      expectClose(checked(withSigma(rows, cols, sigma, 3)), sigma);
    }
  });

  it('gets a tight cluster of small values right, where a Gram matrix alone fails', () => {
    const sigma = Array.from({ length: 50 }, (_, i) => (i < 3 ? 1 : 1e-9 * (2 - i / 50)));
    const found = checked(withSigma(50, 80, sigma, 4));
    expectClose(found, sigma);
    for (let i = 3; i < 50; i++) expect(found[i] / sigma[i]).toBeCloseTo(1, 5);
  });

  it.each([
    [30, 50],
    [50, 30],
    [30, 30],
  ])('gives exact zeros to a rank-deficient %d×%d', (rows, cols) => {
    const sigma = checked(multiplyMatrices(gaussian(rows, 7, 1), gaussian(7, cols, 2)));
    expect(sigma[6]).toBeGreaterThan(0.1);
    expect([...sigma.subarray(7)].every((s) => s === 0)).toBe(true);
  });

  it('handles repeated, equal and zero singular values', () => {
    const repeated = Array.from({ length: 20 }, (_, i) => (i < 10 ? 2 : 1));
    expectClose(checked(withSigma(20, 33, repeated, 6)), repeated);
    expectClose(checked(initialWeights('orthogonal', 33, 20, 1, 0)), new Float64Array(20).fill(1));
    expect([...checked(createMatrix(4, 6))]).toEqual([0, 0, 0, 0]);
    expect([...checked(createMatrix(6, 4))]).toEqual([0, 0, 0, 0]);
  });

  it('agrees with ml-matrix where it is hard: rank-deficient, repeated, ill-conditioned, one row or column', () => {
    const rng = seededRandom(12, 'hard shapes');
    for (let seed = 0; seed < 20; seed++) {
      const [rows, cols] = [2 + rng.integer(20), 2 + rng.integer(20)];
      const k = Math.min(rows, cols);
      const rank = 1 + rng.integer(k);
      for (const a of [
        multiplyMatrices(gaussian(rows, rank, seed), gaussian(rank, cols, seed + 100)),
        withSigma(
          rows,
          cols,
          Array.from({ length: k }, (_, i) => 1 + (i % 2)),
          seed,
        ),
        withSigma(rows, cols, geometric(k, 1e10), seed),
        gaussian(1, cols, seed),
        gaussian(rows, 1, seed),
      ])
        expectClose(checked(a), librarySigma(a));
    }
  });

  it('fixes signs by R alone: negated inputs leave the picture of R as it is', () => {
    const a = gaussian(7, 11, 3);
    const { r } = svd(a);
    // Columns negated change Q only; R, with its signs, stays.
    const flipped = createMatrix(
      7,
      11,
      a.data.map((v, i) => (i % 11 < 5 ? -v : v)),
    );
    expect(largest(minus(svd(flipped).r, r))).toBeLessThan(1e-12);
  });

  it('leaves rows that are orthogonal and ordered alone: R = I', () => {
    for (const [rows, cols] of [
      [8, 12],
      [12, 8],
    ]) {
      const { r, sigma, qt } = svd(gaussian(rows, cols, 2));
      const turned = createMatrix(rows, cols);
      sigma.forEach((s, i) => {
        for (let j = 0; j < cols; j++) turned.data[i * cols + j] = s * qt.data[i * cols + j];
      });
      expect(largest(minus(svd(turned).r, eye(r.rows)))).toBeLessThan(1e-12);
    }
    expect(svd(initialWeights('orthogonal', 16, 40, 1, 0)).r.data).toEqual(eye(16).data);
  });

  it('is unchanged by scale, however small or large', () => {
    const a = gaussian(6, 9, 1);
    const { sigma } = svd(a);
    for (const scale of [1e-200, 1e200]) {
      const scaled = svd({ ...a, data: a.data.map((v) => v * scale) }).sigma;
      for (let i = 0; i < 6; i++) expect(scaled[i] / scale / sigma[i]).toBeCloseTo(1, 12);
    }
  });

  it('refuses NaN, infinity and emptiness', () => {
    expect(() => svd(createMatrix(1, 2, Float64Array.from([1, NaN])))).toThrow(/NaN/);
    expect(() => svd(createMatrix(1, 2, Float64Array.from([1, Infinity])))).toThrow(/infinite/);
    expect(() => svd(createMatrix(0, 3))).toThrow(/no singular values/);
  });

  it('singular values alone are as accurate, where the Gram matrix would do and where it would not', () => {
    const cases: [number, number, number[]][] = [
      [20, 50, geometric(20, 10)],
      [20, 50, geometric(20, 60)],
      [50, 20, geometric(20, 1e4)],
      [30, 40, geometric(30, 1e10)],
      [12, 40, [1, 1, 1, 1e-3, 1e-6, 2e-8, 1e-8, 1e-9, 1e-12, 0, 0, 0]],
      [40, 12, [1, 1, 1, 1e-3, 1e-6, 2e-8, 1e-8, 1e-9, 1e-12, 0, 0, 0]],
      [4, 6, [0, 0, 0, 0]],
    ];
    for (const [rows, cols, sigma] of cases)
      expectClose(singularValues(withSigma(rows, cols, sigma, 8)), sigma);
    const scaffold = gaussian(6, 9, 3);
    scaffold.data.fill(0, 4 * 9);
    expect([...singularValues(scaffold).subarray(4)]).toEqual([0, 0]);
  });
});

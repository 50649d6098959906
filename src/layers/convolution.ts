import * as tf from '@tensorflow/tfjs-core';
import { convolutionUnits, pooledSize } from '../network/convolution';
import type { ConvolutionSpec } from '../network/spec';
import { matrixProduct } from './product';

/*
 * Convolution and pooling by matrix products, as not every backend has the gradients of tfjs's own (wasm has none of filters and of
 * pooling). Images are innermost throughout, so that every shift of the planes moves long runs. The 2×2 of a pooled position read a
 * 4×4 window together; of these 16 shifted planes the patches of each of the four are 3×3 next to each other.
 */

type Save = (tensors: tf.Tensor[]) => void;

/** dx and dy of the four positions that are pooled, in the order in which the first of equal ones is chosen. */
const POSITIONS = [0, 1, 2, 3].map((k) => ({ dx: k & 1, dy: k >> 1 }));

/**
 * Sizes of a stage's picture with zeros around it. Rows and columns come in pairs, of which there is one more than
 * pooled ones.
 */
function sizesOf(stage: ConvolutionSpec) {
  const { height, width } = pooledSize(stage);
  const [rows, cols] = [2 * (height + 1), 2 * (width + 1)];
  return {
    planes: stage.inChannels,
    height,
    width,
    cols,
    bottom: rows - 1 - stage.inHeight,
    right: cols - 1 - stage.inWidth,
  };
}

/** The planes x [n, inputs] under each position of the 4×4 windows: [4 (x), 4 (y), planes·height·width·n]. */
function windows(stage: ConvolutionSpec, x: tf.Tensor2D): tf.Tensor3D {
  const n = x.shape[0];
  const { planes, height, width, cols, bottom, right } = sizesOf(stage);
  const whole = tf.reshape(tf.transpose(x), [planes, stage.inHeight, stage.inWidth * n]);
  const padded = tf.pad3d(whole as tf.Tensor3D, [
    [0, 0],
    [1, bottom],
    [n, right * n],
  ]);
  // Even and odd rows, then even and odd columns, apart: [x parity, y parity, planes, height + 1, width + 1, n].
  const byRow = tf.transpose(tf.reshape(padded, [planes * (height + 1), 2, cols * n]), [1, 0, 2]);
  const lines = 2 * planes * (height + 1);
  const byBoth = tf.transpose(tf.reshape(byRow, [lines * (width + 1), 2, n]), [1, 0, 2]);
  // The two pairs of columns of a window, then its two pairs of rows.
  const grid = tf.reshape<tf.Rank.R2>(byBoth, [2 * lines, (width + 1) * n]);
  const acrossX = tf.concat2d(
    [0, 1].map((b) => tf.slice2d(grid, [0, b * n], [2 * lines, width * n])),
    0,
  );
  const rows = tf.reshape<tf.Rank.R3>(acrossX, [8 * planes, height + 1, width * n]);
  const acrossBoth = tf.concat2d(
    [0, 1].map((a) => tf.reshape(tf.slice3d(rows, [0, a, 0], [8 * planes, height, width * n]), [4, -1])),
    1,
  );
  return tf.reshape(acrossBoth, [4, 4, -1]);
}

/** The transpose of `windows`: ∂L/∂x [n, inputs] from ∂L/∂windows. */
function windowsBackward(stage: ConvolutionSpec, d: tf.Tensor3D, n: number): tf.Tensor2D {
  const { planes, height, width, cols } = sizesOf(stage);
  const pairs = tf.reshape<tf.Rank.R3>(d, [4, 2, -1]);
  const run = pairs.shape[2];
  const [above, below] = [0, 1].map((a) =>
    tf.pad3d(tf.reshape(tf.slice3d(pairs, [0, a, 0], [4, 1, run]), [8 * planes, height, width * n]), [
      [0, 0],
      [a, 1 - a],
      [0, 0],
    ]),
  );
  const lines = 2 * planes * (height + 1);
  const acrossX = tf.reshape<tf.Rank.R2>(tf.add(above, below), [4 * lines, width * n]);
  const [left, right] = [0, 1].map((b) =>
    tf.pad2d(tf.slice2d(acrossX, [b * 2 * lines, 0], [2 * lines, width * n]), [
      [0, 0],
      [b * n, (1 - b) * n],
    ]),
  );
  const byBoth = tf.reshape(tf.add(left, right), [2, lines * (width + 1), n]);
  const byRow = tf.reshape(tf.transpose(byBoth, [1, 0, 2]), [2, planes * (height + 1), cols * n]);
  const padded = tf.reshape(tf.transpose(byRow, [1, 0, 2]), [planes, 2 * (height + 1), cols * n]);
  const { inHeight, inWidth } = stage;
  const whole = tf.slice3d(padded as tf.Tensor3D, [0, 1, n], [planes, inHeight, inWidth * n]);
  return tf.transpose(tf.reshape(whole, [planes * inHeight * inWidth, n]));
}

/** Weights [channels, planes·9] in the order of patches, [channels, 3 (x)·3 (y)·planes], or back. */
function reordered(stage: ConvolutionSpec, w: tf.Tensor, back: boolean): tf.Tensor2D {
  const { channels, inChannels } = stage;
  const shape = back ? [channels, 3, 3, inChannels] : [channels, inChannels, 3, 3];
  return tf.reshape(tf.transpose(tf.reshape(w, shape), [0, 3, 2, 1]), [channels, 9 * inChannels]);
}

/**
 * z at the four positions that are pooled, and the largest of them, each [channels, height·width·n]; with the patches
 * [9·planes, height·width·n] they were computed from.
 */
function positions(stage: ConvolutionSpec, x: tf.Tensor2D, weights: tf.Tensor2D) {
  const all = windows(stage, x);
  const run = all.shape[2];
  const patches = POSITIONS.map(({ dx, dy }) =>
    tf.reshape<tf.Rank.R2>(tf.slice3d(all, [dx, dy, 0], [3, 3, run]), [
      9 * stage.inChannels,
      run / stage.inChannels,
    ]),
  );
  const values = patches.map((patch) => matrixProduct(weights, patch, false, false));
  return { patches, values, top: values.reduce((a, b) => tf.maximum(a, b)) };
}

/**
 * ∂L/∂z at each of the four positions, from `d`, that of the largest of them. All of it goes to the first position
 * that is the largest.
 */
function routed(d: tf.Tensor2D, values: tf.Tensor[], top: tf.Tensor): tf.Tensor2D[] {
  let rest: tf.Tensor2D = d;
  return values.map((value, k) => {
    if (k === values.length - 1) return rest;
    const largest = tf.equal(value, top);
    const own: tf.Tensor2D = tf.mul(rest, tf.cast(largest, 'float32'));
    rest = tf.sub(rest, own);
    return own;
  });
}

const sum = (terms: tf.Tensor[]): tf.Tensor => terms.reduce((a, b) => tf.add(a, b));

/**
 * z [n, channels·height·width] of a convolution stage after pooling (see ConvolutionSpec), from x [n, inputs], weights
 * [channels, 9·planes] and biases [channels]. `isInput`: x is data, so ∂x is neither wanted nor computed.
 */
export function pooledConvolution(
  stage: ConvolutionSpec,
  x: tf.Tensor2D,
  w: tf.Tensor2D,
  b: tf.Tensor1D,
  isInput: boolean,
): tf.Tensor2D {
  const n = x.shape[0];
  const units = convolutionUnits(stage);
  const places = units / stage.channels;
  const compute = (input: tf.Tensor2D, weights: tf.Tensor, bias: tf.Tensor, save: Save): tf.Tensor2D => {
    const kernels = reordered(stage, weights, false);
    const { patches, values, top } = positions(stage, input, kernels);
    save([kernels, top, ...patches, ...values]);
    const z = tf.add(top, tf.reshape(bias, [stage.channels, 1]));
    return tf.transpose(tf.reshape(z, [units, n]));
  };
  /** ∂L/∂w, ∂L/∂b, and ∂L/∂z at each position. */
  const backward = (dz: tf.Tensor, [, top, ...rest]: tf.Tensor[]) => {
    const d = tf.reshape<tf.Rank.R2>(tf.transpose(dz), [stage.channels, places * n]);
    const each = routed(d, rest.slice(4), top);
    const byPatch = sum(each.map((own, k) => matrixProduct(rest[k] as tf.Tensor2D, own, false, true)));
    return { each, byWeights: reordered(stage, tf.transpose(byPatch), true), byBias: tf.sum(d, 1) };
  };
  if (isInput)
    return tf.customGrad((...args) => {
      const [weights, bias, save] = args as [tf.Tensor2D, tf.Tensor1D, Save];
      return {
        value: compute(x, weights, bias, save),
        gradFunc: (dz: tf.Tensor, saved: tf.Tensor[]) => {
          const { byWeights, byBias } = backward(dz, saved);
          return [byWeights, byBias];
        },
      };
    })(w, b);
  return tf.customGrad((...args) => {
    const [input, weights, bias, save] = args as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, Save];
    return {
      value: compute(input, weights, bias, save),
      gradFunc: (dz: tf.Tensor, saved: tf.Tensor[]) => {
        const { each, byWeights, byBias } = backward(dz, saved);
        const byWindows = POSITIONS.map(({ dx, dy }, k) =>
          tf.pad3d(tf.reshape(matrixProduct(saved[0] as tf.Tensor2D, each[k], true, false), [3, 3, -1]), [
            [dx, 1 - dx],
            [dy, 1 - dy],
            [0, 0],
          ]),
        );
        return [windowsBackward(stage, sum(byWindows) as tf.Tensor3D, n), byWeights, byBias];
      },
    };
  })(x, w, b);
}

/** How many values per image the largest stage holds at once while it is computed. 0 without stages. */
export function convolutionFootprint(stages: readonly ConvolutionSpec[]): number {
  return Math.max(
    0,
    ...stages.map((stage) => 36 * (stage.inChannels / stage.channels) * convolutionUnits(stage)),
  );
}

import * as tf from '@tensorflow/tfjs-core';
import { elementwiseOf } from '../activations/lookup';
import { mergedWidth, mergeRule, pathStarts } from '../network/merge';
import type { HiddenSpec, PathSpec } from '../network/spec';

const columns = (x: tf.Tensor2D, from: number, width: number): tf.Tensor2D =>
  tf.slice2d(x, [0, from], [x.shape[0], width]);

/** h [n, width] of a layer's z, each path with its own activation. */
export function activatePaths(layer: HiddenSpec, paths: readonly PathSpec[], z: tf.Tensor2D): tf.Tensor2D {
  const starts = pathStarts(layer);
  const parts = paths.map(({ width, activation }, p) =>
    elementwiseOf(activation).tensor(tf, columns(z, starts[p], width)),
  );
  return parts.length === 1 ? parts[0] : tf.concat2d(parts, 1);
}

/** What the next affine map reads of a layer's h [n, width]: [n, merged width] (see Merge in network/spec.ts). */
export function mergePaths(layer: HiddenSpec, h: tf.Tensor2D): tf.Tensor2D {
  const merge = mergeRule(layer);
  if (merge.kind === 'concatenate') return h;
  const size = mergedWidth(layer);
  const path = (p: number): tf.Tensor2D => columns(h, p * size, size);
  return merge.kind === 'add'
    ? merge.coefficients.map((c, p) => tf.mul<tf.Tensor2D>(path(p), c)).reduce((a, b) => tf.add(a, b))
    : merge.offsets.map((offset, p) => tf.add<tf.Tensor2D>(path(p), offset)).reduce((a, b) => tf.mul(a, b));
}

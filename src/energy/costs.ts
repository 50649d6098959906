import { layerCounts } from '../network/architectures/counts';
import type { FloatArray } from '../network/linearAlgebra';
import { toFloat64 } from '../network/linearAlgebra';
import { mergePathActivations, weightParts, weightShapes } from '../network/merge';
import type { Network } from '../network/network';
import { referenceForward } from '../network/reference';
import type { ConvolutionSpec } from '../network/spec';
import { WORD_BITS, type CostRates, type WeightMemory } from './costTable';

/** What one affine layer does for one image (means over the images looked at where zeros are skipped). */
export interface LayerCost {
  /**
   * Multiply-accumulates of one image: all of them (`dense`), and those that remain where inputs of exactly 0 are
   * skipped (`skipping`).
   */
  dense: number;
  skipping: number;
  /** Weights and biases of the layer, each of them read once for an image. */
  weightWords: number;
  /** Values read and values written: all of them, and those that are not 0. */
  activationWords: number;
  activationWordsSkipping: number;
}

/**
 * How many values of x [n, width] are not 0. Exact zeros count as 0, and so do inputs that are black (the input that a
 * byte of 0 becomes).
 */
function nonZero(x: Float64Array, width: number, black: FloatArray | null): Uint8Array {
  return Uint8Array.from(x, (value, i) => (value === 0 || (black && value === black[i % width]) ? 0 : 1));
}

/**
 * Multiply-accumulates a convolution makes with the inputs that are not 0, summed over all images. Each input takes part
 * in up to nine windows of the 3×3 kernel.
 */
function convolutionUses({ inHeight, inWidth, channels }: ConvolutionSpec, there: Uint8Array): number {
  const reach = (at: number, size: number): number => Math.min(size - 1, at + 1) - Math.max(0, at - 1) + 1;
  let uses = 0;
  for (let i = 0; i < there.length; i++) {
    if (there[i] === 0) continue;
    const pixel = i % (inHeight * inWidth);
    uses += reach(Math.floor(pixel / inWidth), inHeight) * reach(pixel % inWidth, inWidth);
  }
  return uses * channels;
}

const count = (there: Uint8Array, from = 0, to = there.length): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += there[i];
  return sum;
};

/**
 * Multiply-accumulates and words moved per image, layer by layer, dense and with zeros skipped, on n images x [n, inputs]. `black` is
 * what an input is where its pixel is 0 (standardised inputs are not 0 there; a constant can be folded into the bias), or null.
 */
export function layerCosts(
  network: Network,
  x: FloatArray,
  n: number,
  black: FloatArray | null,
): LayerCost[] {
  const { spec } = network;
  const pass = referenceForward(network, x, n);
  const counts = layerCounts(spec);
  const shapes = weightShapes(spec);
  const images = Math.max(1, n);
  let input = toFloat64(x).subarray(0, n * spec.inputs);
  let there = nonZero(input, spec.inputs, black);
  return counts.map(({ multiplies }, l): LayerCost => {
    const hidden = l < spec.hidden.length ? spec.hidden[l] : null;
    const parts = weightParts(spec, l);
    const width = n > 0 ? input.length / n : 0;
    let skipping = 0;
    if (hidden?.convolution) skipping = convolutionUses(hidden.convolution, there);
    else
      for (let b = 0; b < n; b++)
        for (const { rows, col, cols } of parts)
          skipping += rows * count(there, b * width + col, b * width + col + cols);
    const weightWords = parts.reduce((sum, { rows, cols }) => sum + rows * cols, shapes[l].rows);
    const read = count(there);
    if (hidden) {
      input = mergePathActivations(hidden, pass.h[l], n);
      there = nonZero(input, 1, null);
    }
    const outputs = hidden && n > 0 ? input.length / n : spec.outputs;
    const written = hidden ? count(there) : n * spec.outputs;
    return {
      dense: multiplies,
      skipping: skipping / images,
      weightWords,
      activationWords: width + outputs,
      activationWordsSkipping: (read + written) / images,
    };
  });
}

/** An estimate of energy for one image, in joules, with the parts it is the sum of. */
export interface CostEstimate {
  multiplies: number;
  weightWords: number;
  activationWords: number;
  bits: number;
  arithmetic: number;
  weights: number;
  activations: number;
  joules: number;
}

const PICO = 1e-12;

/**
 * Estimated energy of one image at batch size 1: multiply-accumulates, every weight and bias from memory once, every activation to or
 * from SRAM. With zeros skipped only what is not 0 is multiplied and moved; weights are counted whole (skipping their rows as well
 * would need an order of memory that follows the image). Control, index and leakage are not counted.
 */
export function estimateCost(
  layers: readonly LayerCost[],
  rates: CostRates,
  { memory, skip }: { memory: WeightMemory; skip: boolean },
): CostEstimate {
  const sum = (of: (layer: LayerCost) => number): number => layers.reduce((total, l) => total + of(l), 0);
  const multiplies = sum((l) => (skip ? l.skipping : l.dense));
  const weightWords = sum((l) => l.weightWords);
  const activationWords = sum((l) => (skip ? l.activationWordsSkipping : l.activationWords));
  const arithmetic = PICO * multiplies * (rates.multiply + rates.add);
  const weights = PICO * weightWords * rates[memory];
  const activations = PICO * activationWords * rates.sram;
  return {
    multiplies,
    weightWords,
    activationWords,
    bits: WORD_BITS * (weightWords + activationWords),
    arithmetic,
    weights,
    activations,
    joules: arithmetic + weights + activations,
  };
}

/**
 * Estimated energy of one training step: forward, gradient of the weights and (above the first layer) gradient of the activations, so
 * twice the multiply-accumulates of the first layer and three times those of the others per image; weights read forward and backward,
 * then read and written with `moments` moments of the optimiser each. Activations are written forward and read backward.
 */
export function trainingStep(
  layers: readonly LayerCost[],
  rates: CostRates,
  { memory, batch, moments }: { memory: WeightMemory; batch: number; moments: number },
): number {
  const macs = layers.reduce((sum, { dense }, l) => sum + (l === 0 ? 2 : 3) * dense, 0);
  const words = layers.reduce((sum, { weightWords }) => sum + weightWords, 0);
  const activations = layers.reduce((sum, { activationWords }) => sum + activationWords, 0);
  return (
    PICO *
    (batch * macs * (rates.multiply + rates.add) +
      (2 + 2 * (1 + moments)) * words * rates[memory] +
      2 * batch * activations * rates.sram)
  );
}

/**
 * The first evaluation at or above a target accuracy, with the time (milliseconds) and the estimated energy (joules)
 * that training took until then. Null where the target was never reached.
 */
export function timeToTarget(
  points: readonly { step: number; accuracy: number }[],
  target: number,
  per: { msPerStep: number | null; joulesPerStep: number },
): { step: number; accuracy: number; seconds: number | null; joules: number } | null {
  const first = points.find(({ accuracy }) => accuracy >= target);
  if (!first) return null;
  const { step, accuracy } = first;
  return {
    step,
    accuracy,
    seconds: per.msPerStep === null ? null : (step * per.msPerStep) / 1000,
    joules: step * per.joulesPerStep,
  };
}

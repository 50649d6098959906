import { activationBackward, psiOf } from '../network/activationPass';
import { convolveBackward } from '../network/convolutionPass';
import { dotProduct, timesTransposed, transposeArray } from '../network/linearAlgebra';
import { mergePathsBackward } from '../network/merge';
import { createMatrix, type Network } from '../network/network';
import type { ForwardPass } from '../network/reference';
import { mergeWeights, whyNotHomogeneous } from './scaleFreedom';
import { columnMeanSquares, summedEnergies, type LayerEnergies } from './layers';

/**
 * Path energy Σₗ Σᵢ E[hₗᵢ²]·τₗᵢ: each unit's squared activation, weighted by how strongly its paths reach the logits (τ
 * = 1 at the logits, below them τ = (W∘W)ᵀ·τ of the layer above). No function-preserving rescaling changes it. Null
 * where it is not defined: on networks that are not homogeneous, and with convolutions, because there the pooled maximum
 * makes a unit's way upwards depend on the image.
 */
export function pathEnergy({ spec, parameters }: Network, pass: ForwardPass): LayerEnergies | null {
  if (whyNotHomogeneous(spec) !== null || spec.hidden.some(({ convolution }) => convolution)) return null;
  let tau: Float64Array = new Float64Array(spec.outputs).fill(1);
  const perUnit: Float64Array[] = [];
  for (let l = spec.hidden.length - 1; l >= 0; l--) {
    const { rows, cols, data } = parameters.weights[l + 1];
    const layer = spec.hidden[l];
    const merged = new Float64Array(cols);
    for (let k = 0; k < rows; k++)
      for (let j = 0; j < cols; j++) merged[j] += data[k * cols + j] ** 2 * tau[k];
    // Added paths meet in one value, each with its own coefficient.
    const own = mergeWeights(layer).map((weight, i) => weight * weight * merged[i % cols]);
    perUnit[l] = columnMeanSquares(pass.h[l], pass.n, layer.width).map((square, i) => square * own[i]);
    tau = own;
  }
  return summedEnergies(spec, perUnit);
}

/**
 * Carries a gradient back through one affine layer: from d = ∂/∂z [n, rows] to the gradient of what the layer reads, [n,
 * columns]. `flipped` are the layer's weights transposed.
 */
function readBackward(
  { spec, parameters }: Network,
  l: number,
  { n, picked }: ForwardPass,
  d: Float64Array,
  flipped: Float64Array,
): Float64Array {
  const w = parameters.weights[l];
  const stage = spec.hidden.at(l)?.convolution;
  const chosen = picked.at(l);
  if (stage && chosen) {
    const read = new Float64Array(n * stage.inChannels * stage.inHeight * stage.inWidth);
    // Gradients of the weights come with it; nobody wants them here.
    const unused = createMatrix(w.rows, w.cols);
    convolveBackward(stage, w, read, chosen, d, n, unused, new Float64Array(w.rows), read);
    return read;
  }
  const read = new Float64Array(n * w.cols);
  timesTransposed(d, n, flipped, w.cols, w.rows, read);
  return read;
}

/**
 * Gradient-times-activation energy Σₗ E Σᵢ Σₖ (hₗᵢ·∂zₖ/∂hₗᵢ)² over all logits k: what each unit contributes to the
 * logits, squared. No function-preserving rescaling changes it. In isotropic layers h is what the next weights read, and
 * the scalar s that multiplies ψ is held constant.
 */
export function gradientEnergy(network: Network, pass: ForwardPass): LayerEnergies {
  const { spec, parameters } = network;
  const depth = spec.hidden.length;
  const { n } = pass;
  const perUnit = spec.hidden.map(({ width }) => new Float64Array(width));
  const flipped = parameters.weights.map(({ data, rows, cols }) => transposeArray(data, rows, cols));
  for (let k = 0; k < spec.outputs; k++) {
    let d: Float64Array = new Float64Array(n * spec.outputs);
    for (let b = 0; b < n; b++) d[b * spec.outputs + k] = 1;
    for (let l = depth - 1; l >= 0; l--) {
      const dMerged = readBackward(network, l + 1, pass, d, flipped[l + 1]);
      const psi = psiOf(network, l);
      const scalar =
        psi && Float64Array.from({ length: n }, (_, b) => dotProduct(d, b * psi.length, psi, 0, psi.length));
      const layer = spec.hidden[l];
      const dH = mergePathsBackward(layer, pass.h[l], dMerged, n);
      const { width } = layer;
      const h = pass.h[l];
      for (let b = 0; b < n; b++)
        for (let j = 0, at = b * width; j < width; j++, at++) perUnit[l][j] += (h[at] * dH[at]) ** 2;
      if (l > 0)
        activationBackward(network, l, n, pass.z[l], { h, s: pass.s[l], rms: pass.rms[l] }, dH, scalar);
      d = dH;
    }
  }
  const images = Math.max(1, n);
  return summedEnergies(
    spec,
    perUnit.map((sums) => sums.map((value) => value / images)),
  );
}

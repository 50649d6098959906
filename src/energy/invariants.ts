import { ELEMENTWISE, isotropicSlope } from '../network/activation';
import { dot, timesTransposed, transposed } from '../network/linear';
import { mergedBackward, pathStarts } from '../network/merge';
import type { Network } from '../network/network';
import { lengthOf, psiOf, type ForwardPass } from '../network/reference';
import { NORMALISE_EPSILON } from '../network/spec';
import { mergeWeights, whyNotHomogeneous } from './gauge';
import { meanSquares, summedEnergies, type LayerEnergies } from './layers';

/**
 * Path energy, Σₗ Σᵢ E[hₗᵢ²]·τₗᵢ with τ = 1 at the logits and τ below = (W∘W)ᵀ τ (facts/energy-first §6.2): unchanged by every
 * function-preserving rescaling. Null where it is not: on networks that are not homogeneous, and with convolutions, where the pooled
 * maximum makes a unit's way up depend on the image.
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
    perUnit[l] = meanSquares(pass.h[l], pass.n, layer.width).map((square, i) => square * own[i]);
    tau = own;
  }
  return summedEnergies(spec, perUnit);
}

/** Turns ∂/∂h of hidden layer l (in place) into ∂/∂z, through its normalisation and activation; `scalar` is ∂/∂s by ψ. */
function toPreActivation(
  network: Network,
  l: number,
  { z, h, s, n }: ForwardPass,
  d: Float64Array,
  scalar: Float64Array | null,
): void {
  const { spec } = network;
  const layer = spec.hidden[l];
  const { width } = layer;
  if (!layer.paths && !layer.convolution && spec.activation === 'isotropic-tanh') {
    const o = lengthOf(network, l);
    for (let b = 0; b < n; b++) {
      const at = b * width;
      const byScale =
        isotropicSlope(o + dot(z[l], at, z[l], at, width)) *
        (dot(d, at, z[l], at, width) + (scalar ? scalar[b] : 0));
      for (let j = at; j < at + width; j++) d[j] = s[l][b] * d[j] + byScale * z[l][j];
    }
    return;
  }
  const starts = pathStarts(layer);
  const kind = layer.convolution?.activation ?? (spec.activation === 'tanh' ? 'tanh' : 'relu');
  const by = Array.from({ length: width }, (_, j) => {
    const path = layer.paths?.[starts.findLastIndex((start) => start <= j)];
    return ELEMENTWISE[path?.activation ?? kind];
  });
  for (let b = 0; b < n; b++) {
    const at = b * width;
    if (layer.normalise) {
      let squares = 0;
      for (let j = 0; j < width; j++) squares += by[j].value(z[l][at + j]) ** 2;
      const size = Math.sqrt(squares / width + NORMALISE_EPSILON);
      const along = dot(d, at, h[l], at, width) / width;
      for (let j = at; j < at + width; j++) d[j] = (d[j] - along * h[l][j]) / size;
      for (let j = 0; j < width; j++) d[at + j] *= by[j].slope(z[l][at + j], by[j].value(z[l][at + j]));
    } else for (let j = 0; j < width; j++) d[at + j] *= by[j].slope(z[l][at + j], h[l][at + j]);
  }
}

/**
 * Gradient-times-activation energy, Σₗ E Σᵢ Σₖ (hₗᵢ·∂zₖ/∂hₗᵢ)² over all logits k (facts/energy-first §6.2): exact attribution,
 * unchanged by function-preserving rescaling. Where hidden units are isotropic, h is what the next weights read (s of ψ held).
 * Null where the way up from a layer leads through a convolution.
 */
export function gradientEnergy(network: Network, pass: ForwardPass): LayerEnergies | null {
  const { spec, parameters } = network;
  const depth = spec.hidden.length;
  if (spec.hidden.some(({ convolution }, l) => convolution && l > 0)) return null;
  const { n } = pass;
  const perUnit = spec.hidden.map(({ width }) => new Float64Array(width));
  const flipped = parameters.weights.map(({ data, rows, cols }) => transposed(data, rows, cols));
  for (let k = 0; k < spec.outputs; k++) {
    let d: Float64Array = new Float64Array(n * spec.outputs);
    for (let b = 0; b < n; b++) d[b * spec.outputs + k] = 1;
    for (let l = depth - 1; l >= 0; l--) {
      const { rows, cols, data } = parameters.weights[l + 1];
      const dMerged = new Float64Array(n * cols);
      if (l === depth - 1)
        for (let b = 0; b < n; b++) dMerged.set(data.subarray(k * cols, (k + 1) * cols), b * cols);
      else timesTransposed(d, n, flipped[l + 1], cols, rows, dMerged);
      const psi = psiOf(network, l);
      const scalar = psi && Float64Array.from({ length: n }, (_, b) => dot(d, b * rows, psi, 0, rows));
      const layer = spec.hidden[l];
      const dH = mergedBackward(layer, pass.h[l], dMerged, n);
      const { width } = layer;
      const h = pass.h[l];
      for (let b = 0; b < n; b++)
        for (let j = 0, at = b * width; j < width; j++, at++) perUnit[l][j] += (h[at] * dH[at]) ** 2;
      if (l > 0) toPreActivation(network, l, pass, dH, scalar);
      d = dH;
    }
  }
  const images = Math.max(1, n);
  return summedEnergies(
    spec,
    perUnit.map((sums) => sums.map((value) => value / images)),
  );
}

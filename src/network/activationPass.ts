import {
  elementwiseId,
  elementwiseOf,
  isIsotropicActivation,
  type ElementwiseId,
} from '../activations/lookup';
import type { ElementwiseActivation, IsotropicActivation } from '../activations/types';
import { dotProduct } from './linearAlgebra';
import { pathStarts } from './merge';
import { isotropicActivation, type Network } from './network';
import { hasPsi, NORMALISE_EPSILON, type NetworkSpec } from './spec';

/** What a hidden layer makes of its pre-activations z [n, width], in float64. */
export interface Activated {
  /** Activations [n, width] before a merge, normalised where the layer is. */
  h: Float64Array;
  /** The isotropic scalar of each image [n]; empty on elementwise layers. */
  s: Float64Array;
  /** What each image's activations were divided by [n]; empty where the layer is not normalised. */
  rms: Float64Array;
}

const NONE = new Float64Array(0);

/** o in force on hidden layer l: exactly 0 where it is off or the activation is elementwise. */
export function intrinsicLengthOf({ spec, parameters }: Network, l: number): number {
  return isIsotropicActivation(spec.activation) && spec.hidden[l].o !== 'off' ? parameters.o[l] : 0;
}

/** ψ in force on hidden layer l; null where there is none. */
export function psiOf({ spec, parameters }: Network, l: number): Float64Array | null {
  return isIsotropicActivation(spec.activation) && hasPsi(spec.hidden[l].psi) ? parameters.psi[l] : null;
}

/** The parts of hidden layer l that act unit by unit, by their first units; null where the layer is isotropic. */
function elementwiseParts(
  { activation, hidden }: Pick<NetworkSpec, 'activation' | 'hidden'>,
  l: number,
): { start: number; width: number; activation: ElementwiseId }[] | null {
  const layer = hidden[l];
  if (layer.paths) {
    const starts = pathStarts(layer);
    return layer.paths.map((path, p) => ({
      start: starts[p],
      width: path.width,
      activation: path.activation,
    }));
  }
  const own = elementwiseId(layer.convolution?.activation ?? activation);
  return own && [{ start: 0, width: layer.width, activation: own }];
}

/** Calls `each` with the activation and the index of each value of n images. */
function overUnits(
  parts: NonNullable<ReturnType<typeof elementwiseParts>>,
  width: number,
  n: number,
  each: (by: ElementwiseActivation, index: number) => void,
): void {
  for (const part of parts) {
    const by = elementwiseOf(part.activation);
    for (let b = 0; b < n; b++) {
      const at = b * width + part.start;
      for (let i = at; i < at + part.width; i++) each(by, i);
    }
  }
}

/** Divides the activations of each image by √(mean square + ε), in place; returns the divisors [n]. */
function normalise(h: Float64Array, width: number, n: number): Float64Array {
  const rms = new Float64Array(n);
  for (let b = 0; b < n; b++) {
    const at = b * width;
    rms[b] = Math.sqrt(dotProduct(h, at, h, at, width) / width + NORMALISE_EPSILON);
    for (let i = at; i < at + width; i++) h[i] /= rms[b];
  }
  return rms;
}

/** The activation of hidden layer l, which has no parts that act unit by unit. */
function isotropicOfLayer({ spec }: Network, l: number): IsotropicActivation {
  const found = isotropicActivation(spec, l);
  if (!found) throw new Error(`Hidden layer ${l + 1} is not isotropic.`);
  return found;
}

/** The activations of hidden layer l from its pre-activations z [n, width]. */
export function activate(network: Network, l: number, z: Float64Array, n: number): Activated {
  const layer = network.spec.hidden[l];
  const width = z.length / Math.max(1, n);
  const h = new Float64Array(z.length);
  const parts = elementwiseParts(network.spec, l);
  if (parts) {
    overUnits(parts, width, n, (by, i) => (h[i] = by.value(z[i])));
    return { h, s: NONE, rms: layer.normalise ? normalise(h, width, n) : NONE };
  }
  const { scale } = isotropicOfLayer(network, l);
  const o = intrinsicLengthOf(network, l);
  const s = new Float64Array(n);
  for (let b = 0; b < n; b++) {
    const at = b * width;
    s[b] = scale(o + dotProduct(z, at, z, at, width));
    for (let j = at; j < at + width; j++) h[j] = s[b] * z[j];
  }
  return { h, s, rms: NONE };
}

/** Turns ∂L/∂h [n, width] (in place) into the derivative by what was normalised; returns that, a = rms·h. */
function normaliseBackward({ h, rms }: Activated, width: number, n: number, d: Float64Array): Float64Array {
  const a = new Float64Array(h.length);
  for (let b = 0; b < n; b++) {
    const at = b * width;
    const along = dotProduct(d, at, h, at, width) / width;
    for (let i = at; i < at + width; i++) {
      a[i] = rms[b] * h[i];
      d[i] = (d[i] - along * h[i]) / rms[b];
    }
  }
  return a;
}

/** Backward through the activation of hidden layer l: turns ∂L/∂h (in place) into ∂L/∂z; returns ∂L/∂o. `scalar` is ∂L/∂s by ψ, or null. */
export function activationBackward(
  network: Network,
  l: number,
  n: number,
  z: Float64Array,
  active: Activated,
  d: Float64Array,
  scalar: Float64Array | null,
): number {
  const layer = network.spec.hidden[l];
  const { width } = layer;
  const parts = elementwiseParts(network.spec, l);
  if (parts) {
    const a = layer.normalise ? normaliseBackward(active, width, n, d) : active.h;
    overUnits(parts, width, n, (by, i) => (d[i] *= by.slope(z[i], a[i])));
    return 0;
  }
  const { slope } = isotropicOfLayer(network, l);
  const o = intrinsicLengthOf(network, l);
  let byO = 0;
  for (let b = 0; b < n; b++) {
    const at = b * width;
    const g = slope(o + dotProduct(z, at, z, at, width));
    const byScale = g * (dotProduct(d, at, z, at, width) + (scalar ? scalar[b] : 0));
    const s = active.s[b];
    byO += 0.5 * byScale;
    for (let j = at; j < at + width; j++) d[j] = s * d[j] + byScale * z[j];
  }
  return byO;
}

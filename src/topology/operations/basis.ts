import { multiplyMatrices, transposeMatrix } from '../../network/linearAlgebra';
import {
  createMatrix,
  type Matrix,
  type Network,
  type OptimiserState,
  type ParameterTensors,
} from '../../network/network';
import { cloneSpec, cloneParameters, type TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { prepareOptimiser, tensorsTouchedBy, warmSecondMoments } from '../optimiserTransport';
import type { OperationOptions } from '../types';

const isSquare = (a: Matrix, n: number): boolean => a.rows === n && a.cols === n;

/** The squares of a matrix's entries: how second moments (one per entry) follow a rotation, approximately. */
function squared(a: Matrix): Matrix {
  return { rows: a.rows, cols: a.cols, data: a.data.map((value) => value * value) };
}

function turnVector(rt: Matrix, v: Float64Array): Float64Array {
  return multiplyMatrices(rt, { rows: v.length, cols: 1, data: v }).data;
}

/**
 * Applies a change of basis to anything with the shape of the parameters; `r` and `q` are as in `applyBasis`. `turned`
 * is Rᵀ·W of the layer where the caller already has it.
 */
function turnTensors(
  t: ParameterTensors,
  layer: number,
  r: Matrix,
  q: Matrix | null,
  turned?: Matrix,
): ParameterTensors {
  const out = cloneParameters(t);
  const rt = transposeMatrix(r);
  let own = turned ?? multiplyMatrices(rt, t.weights[layer]);
  out.biases[layer] = turnVector(rt, t.biases[layer]);
  if (layer >= 1) out.psi[layer - 1] = turnVector(rt, t.psi[layer - 1]);
  out.weights[layer + 1] = multiplyMatrices(t.weights[layer + 1], r);
  if (q) {
    const qt = transposeMatrix(q);
    own = multiplyMatrices(own, q);
    out.weights[layer - 1] = multiplyMatrices(qt, t.weights[layer - 1]);
    out.biases[layer - 1] = turnVector(qt, t.biases[layer - 1]);
    if (layer >= 2) out.psi[layer - 2] = turnVector(qt, t.psi[layer - 2]);
  }
  out.weights[layer] = own;
  return out;
}

/** Why parallel paths, or being a convolution, keep hidden layer `layer` from being turned or resized; null where nothing does. */
export function basisRefusal(spec: NetworkSpec, layer: number): string | null {
  if (spec.hidden.at(layer)?.convolution)
    return `Hidden layer ${layer + 1} is a convolution: it can be neither turned nor resized, because each kernel makes many units.`;
  const found = [layer, layer - 1, layer + 1].find((l) => spec.hidden[l]?.paths);
  if (found === undefined) return null;
  const which =
    found === layer
      ? `Hidden layer ${layer + 1} is divided into parallel paths`
      : `Hidden layer ${layer + 1} lies next to hidden layer ${found + 1}, which is divided into parallel paths`;
  return `${which}: it can be neither turned nor resized, because the units of paths act one by one.`;
}

/** Throws a sentence for people where hidden layer `layer` cannot be turned, cut or grown. */
export function requireHidden(spec: NetworkSpec, layer: number): void {
  if (!Number.isInteger(layer) || layer < 0 || layer >= spec.hidden.length)
    throw new Error(`There is no hidden layer ${layer + 1}: the network has ${spec.hidden.length}.`);
  const reason = basisRefusal(spec, layer);
  if (reason) throw new Error(reason);
}

function check({ spec }: Network, layer: number, r: Matrix, q: Matrix | null): void {
  requireHidden(spec, layer);
  const { width } = spec.hidden[layer];
  if (!isSquare(r, width)) throw new Error(`Hidden layer ${layer + 1} needs a ${width}×${width} basis.`);
  if (!q) return;
  if (layer === 0)
    throw new Error('The input layer has no basis to choose: only hidden layers can be turned.');
  const below = spec.hidden[layer - 1].width;
  if (!isSquare(q, below)) throw new Error(`Hidden layer ${layer} needs a ${below}×${below} basis.`);
}

/**
 * The network with hidden layer `layer` (0-based) expressed in the basis of R's columns [m, m], and, if given, the
 * hidden layer below in that of Q's columns [n, n]: W_l ← Rᵀ·W_l·Q, W_{l+1} ← W_{l+1}·R and so on.
 * Leaves an isotropic network's function unchanged for any orthogonal R and Q; the input is not touched.
 */
export function networkInBasis(network: Network, layer: number, r: Matrix, q: Matrix | null = null): Network {
  return inBasis(network, layer, r, q);
}

function inBasis(network: Network, layer: number, r: Matrix, q: Matrix | null, turned?: Matrix): Network {
  check(network, layer, r, q);
  return { spec: cloneSpec(network.spec), parameters: turnTensors(network.parameters, layer, r, q, turned) };
}

/**
 * Does what `networkInBasis` does and carries the optimiser along. First moments follow by the same linear map, which is
 * exact; second moments by the squares of the entries of R and Q, which is approximate and keeps their sum; both only as
 * far as `transport` allows. A caller who has a decomposition gets Rᵀ·W_l without a product and may give it as `turned`;
 * it is then used as it is, not copied.
 */
export function applyBasis(
  state: TrainingState,
  layer: number,
  r: Matrix,
  q: Matrix | null = null,
  options: OperationOptions = {},
  turned?: Matrix,
): TrainingState {
  const network = inBasis(state.network, layer, r, q, turned);
  const { step, first, second } = prepareOptimiser(
    state.optimiser,
    tensorsTouchedBy(layer, q !== null),
    options,
  );
  const optimiser: OptimiserState = {
    step,
    first: turnTensors(first, layer, r, q),
    second: second && turnTensors(second, layer, squared(r), q && squared(q)),
  };
  return { network, optimiser };
}

/** A matrix cut or padded with zeros at its end. */
function resizeMatrix(a: Matrix, rows: number, cols: number): Matrix {
  const out = createMatrix(rows, cols);
  const kept = Math.min(cols, a.cols);
  for (let i = 0; i < Math.min(rows, a.rows); i++)
    out.data.set(a.data.subarray(i * a.cols, i * a.cols + kept), i * cols);
  return out;
}

function resizedVector(v: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  out.set(v.subarray(0, Math.min(length, v.length)));
  return out;
}

/** Tensors with hidden layer `layer` cut or zero-padded at its end to `width` units. */
function withWidth(t: ParameterTensors, layer: number, width: number): ParameterTensors {
  const out = cloneParameters(t);
  out.weights[layer] = resizeMatrix(t.weights[layer], width, t.weights[layer].cols);
  out.biases[layer] = resizedVector(t.biases[layer], width);
  if (layer >= 1) out.psi[layer - 1] = resizedVector(t.psi[layer - 1], width);
  out.weights[layer + 1] = resizeMatrix(t.weights[layer + 1], t.weights[layer + 1].rows, width);
  return out;
}

/** A training state with hidden layer `layer` cut or zero-padded at its end; moments as `transport` and `warmUp` say. */
export function stateWithWidth(
  state: TrainingState,
  layer: number,
  width: number,
  options: OperationOptions = {},
): TrainingState {
  const spec = cloneSpec(state.network.spec);
  spec.hidden[layer].width = width;
  const touched = tensorsTouchedBy(layer);
  const pad = (t: ParameterTensors): ParameterTensors => withWidth(t, layer, width);
  const { step, first, second } = prepareOptimiser(state.optimiser, touched, options);
  const optimiser: OptimiserState = { step, first: pad(first), second: second && pad(second) };
  warmSecondMoments(state.optimiser, optimiser, touched, pad, options);
  return { network: { spec, parameters: pad(state.network.parameters) }, optimiser };
}

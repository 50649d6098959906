import { activationOf, elementwiseOf } from '../activations/lookup';
import { pooledSize } from '../network/convolution';
import { mergedWidth, mergeNumbers, mergeRule, pathStarts, weightShapes } from '../network/merge';
import { cloneNetwork, type Network } from '../network/network';
import type { HiddenSpec, NetworkSpec } from '../network/spec';

/**
 * Which parts of a hidden layer can each be multiplied by a factor without changing what the network computes (ReLU is
 * positively homogeneous): single units of a dense layer, whole channels of a convolution, and the units of added paths
 * that meet in one value. All that must share a factor is one group. The arrays give the number of its group to each row
 * of the weights that write the layer, to each unit, and to each column of the next weights.
 */
export interface ScaleFreedom {
  groups: number;
  ofRow: Int32Array;
  ofUnit: Int32Array;
  ofColumn: Int32Array;
}

const numbers = (length: number, group: (i: number) => number): Int32Array =>
  Int32Array.from({ length }, (_, i) => group(i));
const same = (i: number): number => i;

/** Why the units of one hidden layer cannot be rescaled, or null. */
function whyNotLayer(layer: HiddenSpec, activation: NetworkSpec['activation'], name: string): string | null {
  if (layer.normalise)
    return `${name} is normalised: its activations have one size whatever its weights are, so there is nothing to rescale.`;
  if (layer.paths) {
    const other = layer.paths.find((path) => activationOf(path.activation).notHomogeneous !== null);
    if (other)
      return `${name} has a ${elementwiseOf(other.activation).pathName} path, which is not homogeneous: twice its input is not twice its output.`;
    if (mergeRule(layer).kind === 'multiply')
      return `${name} multiplies its paths: scaling them scales their product by another factor.`;
    return null;
  }
  const { notHomogeneous } = activationOf(layer.convolution?.activation ?? activation);
  return notHomogeneous && `${name} ${notHomogeneous}`;
}

/**
 * Why a network cannot be rescaled without changing what it computes, as a sentence for people; null where it can (all
 * of its activations are homogeneous, as ReLU is).
 */
export function whyNotHomogeneous({ hidden, activation }: NetworkSpec): string | null {
  if (hidden.length === 0) return 'It has no hidden layer, so no activations to rescale.';
  for (let l = 0; l < hidden.length; l++) {
    const reason = whyNotLayer(hidden[l], activation, `Hidden layer ${l + 1}`);
    if (reason !== null) return reason;
  }
  return null;
}

/**
 * Finds these groups for each hidden layer. Throws the sentence of `whyNotHomogeneous` where the network cannot be
 * rescaled.
 */
export function scaleFreedom(spec: NetworkSpec): ScaleFreedom[] {
  const reason = whyNotHomogeneous(spec);
  if (reason !== null) throw new Error(reason);
  const shapes = weightShapes(spec);
  return spec.hidden.map((layer, l): ScaleFreedom => {
    const { rows } = shapes[l];
    const { cols } = shapes[l + 1];
    if (layer.convolution) {
      const { height, width } = pooledSize(layer.convolution);
      const perColumn = l + 1 < spec.hidden.length && spec.hidden[l + 1].convolution ? 9 : height * width;
      const channel = (size: number) => (i: number) => Math.floor(i / size);
      return {
        groups: rows,
        ofRow: numbers(rows, same),
        ofUnit: numbers(layer.width, channel(height * width)),
        ofColumn: numbers(cols, channel(perColumn)),
      };
    }
    const groups = mergedWidth(layer);
    const unit = numbers(layer.width, (i) => i % groups);
    return { groups, ofRow: unit, ofUnit: unit, ofColumn: numbers(cols, same) };
  });
}

/**
 * A copy of a ReLU network whose units are multiplied by factors > 0, scales[l][group]: its weights and biases in, its weights out
 * divided, so that the logits are the same. Throws where the network is not homogeneous.
 */
export function withScales(network: Network, scales: readonly ArrayLike<number>[]): Network {
  const gauge = scaleFreedom(network.spec);
  const out = cloneNetwork(network);
  const { weights, biases } = out.parameters;
  weights.forEach(({ rows, cols, data }, l) => {
    const own = l < gauge.length ? gauge[l] : null;
    const below = l > 0 ? gauge[l - 1] : null;
    for (let r = 0; r < rows; r++) {
      const factor = own ? scales[l][own.ofRow[r]] : 1;
      biases[l][r] *= factor;
      for (let j = 0; j < cols; j++)
        data[r * cols + j] *= below ? factor / scales[l - 1][below.ofColumn[j]] : factor;
    }
  });
  return out;
}

/** A copy with all hidden activations multiplied by one factor > 0 and the output weights divided by it: the same logits. */
export function scaledBy(network: Network, factor: number): Network {
  return withScales(
    network,
    scaleFreedom(network.spec).map(({ groups }) => new Float64Array(groups).fill(factor)),
  );
}

/**
 * The size of the coefficient with which each unit of a layer enters the next weights: 1, or that of its path where
 * paths are added.
 */
export function mergeWeights(layer: HiddenSpec): Float64Array {
  const out = new Float64Array(layer.width).fill(1);
  const starts = pathStarts(layer);
  const merge = mergeRule(layer);
  if (layer.paths && merge.kind === 'add')
    mergeNumbers(merge).forEach((number, p) =>
      out.fill(number, starts[p], starts[p] + (layer.paths?.[p].width ?? 0)),
    );
  return out;
}

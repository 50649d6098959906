import { dotProduct, multiplyMatrices } from '../../network/linearAlgebra';
import { createMatrix, type Network } from '../../network/network';
import { logitAccuracy, logitDeviation } from '../invariance';
import type { ProbeInputs } from '../types';
import { logSlope } from './logs';
import {
  cacheHiddenLayer,
  logitsWithout,
  outgoingOf,
  requireIsotropic,
  type CachedHiddenLayer,
} from './singleUnit';
import type { NaturalRemovals, UnitReport } from './types';

/** Probe images named in a unit's report. */
const TOP = 12;
const BOTH = { o: true, psi: true };

const labelsOf = ({ labels, n }: ProbeInputs): number[] => Array.from({ length: n }, (_, b) => labels[b]);

/** Every unit of the diagonal basis removed alone, o and ψ corrected: errors of different units, for which no law is claimed. */
export function naturalRemovals(network: Network, layer: number, probe: ProbeInputs): NaturalRemovals {
  requireIsotropic(network, 'Removing the units of the diagonal basis');
  const bench = cacheHiddenLayer(network, layer, probe);
  const labels = labelsOf(probe);
  const points = Array.from(bench.sigma, (sigma, unit) => {
    const after = logitsWithout(bench, unit, BOTH);
    const { epsilonScaledPercent } = logitDeviation(bench.logits, after, labels, network.spec.outputs);
    return { unit, sigma, epsilonPercent: epsilonScaledPercent };
  });
  return {
    layer,
    n: probe.n,
    points,
    slope: logSlope(
      points.map((point) => point.sigma),
      points.map((point) => point.epsilonPercent),
    ),
  };
}

/** The row of a unit's weights at unit length; zeros for a unit without σ, whose row is rounding. */
function readsOf({ network, layer, sigma }: CachedHiddenLayer, unit: number): Float64Array {
  const { data, cols } = network.parameters.weights[layer];
  const row = data.subarray(unit * cols, (unit + 1) * cols);
  const norm = Math.sqrt(dotProduct(row, 0, row, 0, cols));
  return row.map((value) => (sigma[unit] > 0 ? value / norm : 0));
}

/** A column of the next weights carried on to the logits by the weights above alone (every scalar s taken as 1). */
function toLogits({ network, layer }: CachedHiddenLayer, outgoing: Float64Array): Float64Array {
  return network.parameters.weights
    .slice(layer + 2)
    .reduce((column, w) => multiplyMatrices(w, column), createMatrix(outgoing.length, 1, outgoing.slice()))
    .data;
}

/**
 * One unit of a hidden layer's diagonal basis (of an elementwise network: of the basis it has): what it reads and writes, which
 * probe images drive it, and the accuracy without it. Throws when there is no such unit.
 */
export function unitReport(network: Network, layer: number, unit: number, probe: ProbeInputs): UnitReport {
  const bench = cacheHiddenLayer(network, layer, probe);
  const { width, n, h } = bench;
  if (!Number.isInteger(unit) || unit < 0 || unit >= width)
    throw new Error(`Hidden layer ${layer + 1} has ${width} units: there is no unit ${unit + 1}.`);
  const labels = labelsOf(probe);
  const classes = network.spec.outputs;
  const activations = Array.from({ length: n }, (_, b) => h[b * width + unit]);
  const outgoing = outgoingOf(bench, unit);
  const without = logitsWithout(bench, unit, BOTH);
  return {
    layer,
    unit,
    sigma: bench.sigma[unit],
    bias: bench.network.parameters.biases[layer][unit],
    reads: readsOf(bench, unit),
    outgoing,
    perClass: toLogits(bench, outgoing),
    top: activations
      .map((activation, image) => ({ image, activation }))
      .sort((a, b) => Math.abs(b.activation) - Math.abs(a.activation))
      .slice(0, TOP),
    meanSquare: activations.reduce((sum, value) => sum + value * value, 0) / Math.max(1, n),
    n,
    accuracy: logitAccuracy(bench.logits, labels, n, classes),
    accuracyWithout: logitAccuracy(without, labels, n, classes),
    epsilonPercent: logitDeviation(bench.logits, without, labels, classes).epsilonScaledPercent,
  };
}

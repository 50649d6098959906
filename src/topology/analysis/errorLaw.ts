import type { Network } from '../../network/network';
import { logitDeviation } from '../invariance';
import type { ProbeInputs } from '../types';
import { logSlope } from './logs';
import {
  cacheHiddenLayer,
  logitsWith,
  requireIsotropic,
  remainingLayer,
  type CachedHiddenLayer,
  type RemainingLayer,
} from './singleUnit';
import { CORRECTION_MODES, type CorrectionMode, type ErrorLaw } from './types';

/** The smallest σ the unit is scaled down to. */
const LEAST_SIGMA = 1e-6;
/**
 * Where the unit's own σ is below this, too few decades are left to draw a law, and the steps begin at σ = 1 instead.
 */
const LEAST_START = 1e-2;
const STEPS = 13;
/** Errors below this (per cent) are rounding, and the fitted line leaves them out. */
export const FLOOR_PERCENT = 1e-10;

/**
 * The unit that is removed, and the layer without it: `read` is the part of its pre-activation that varies with the
 * image, per unit of σ.
 */
export interface ErrorLawUnit {
  bench: CachedHiddenLayer;
  rest: RemainingLayer;
  unit: number;
  sigma: number;
  bStar: number;
  /** Pre-activation without the bias, divided by σ: what the unit reads of each image [n]. */
  read: Float64Array;
}

/**
 * Prepares one unit for the error law: the one with the smallest σ that is not 0, which a removal would take first. It
 * keeps its bias or is given the bias `bStar`. What ψ of the layer below adds to it varies with the image, as its row
 * does, and so is scaled with σ.
 */
export function prepareErrorLaw(
  network: Network,
  layer: number,
  bStar: number | null,
  probe: ProbeInputs,
): ErrorLawUnit {
  requireIsotropic(network, 'The error law');
  const bench = cacheHiddenLayer(network, layer, probe);
  const unit = bench.sigma.findLastIndex((sigma) => sigma > 1e-9 * bench.sigma[0]);
  if (unit < 0) throw new Error(`Every singular value of layer ${layer + 1} is 0: there is none to scale.`);
  const sigma = bench.sigma[unit];
  const own = bench.network.parameters.biases[layer][unit];
  const read = Float64Array.from(
    { length: bench.n },
    (_, b) => (bench.z[b * bench.width + unit] - own) / sigma,
  );
  return { bench, rest: remainingLayer(bench, unit), unit, sigma, bStar: bStar ?? own, read };
}

/**
 * The error of removing the unit in each of the four correction modes (ε scaled, per cent), against the network whose
 * unit has the singular value `sigma`.
 */
export function removalErrors(
  { bench, rest, bStar, read }: ErrorLawUnit,
  sigma: number,
  labels: ArrayLike<number>,
): Record<CorrectionMode, number> {
  const classes = bench.network.spec.outputs;
  const before = logitsWith(
    bench,
    rest,
    read.map((value) => sigma * value + bStar),
  );
  const error = (mode: CorrectionMode): number => {
    const o = mode === 'o+psi' || mode === 'o' ? bStar * bStar : 0;
    const psi = mode === 'o+psi' || mode === 'psi' ? bStar : 0;
    const after = logitsWith(bench, rest, null, o, psi);
    return logitDeviation(before, after, labels, classes).epsilonScaledPercent;
  };
  return { 'o+psi': error('o+psi'), o: error('o'), psi: error('psi'), none: error('none') };
}

/**
 * The error law on one unit of a trained network: its σ from its own value (from 1 where that is below 0.01) down to 1e-6 in equal
 * factors, removed in four modes at each; o and ψ count as `fixed` at what they are, whatever their modes.
 */
export function errorLaw(
  network: Network,
  layer: number,
  bStar: number | null,
  probe: ProbeInputs,
): ErrorLaw {
  const law = prepareErrorLaw(network, layer, bStar, probe);
  const start = law.sigma >= LEAST_START ? law.sigma : 1;
  const labels = Array.from({ length: probe.n }, (_, b) => probe.labels[b]);
  const sigmas = Array.from({ length: STEPS }, (_, i) => start * (LEAST_SIGMA / start) ** (i / (STEPS - 1)));
  const errors = sigmas.map((sigma) => removalErrors(law, sigma, labels));
  const curves = Object.fromEntries(
    CORRECTION_MODES.map((mode) => [mode, errors.map((error) => error[mode])]),
  ) as Record<CorrectionMode, number[]>;
  const first = curves['o+psi'];
  const above = first.map((_, i) => i).filter((i) => first[i] > FLOOR_PERCENT);
  return {
    layer,
    sigma: law.sigma,
    bStar: law.bStar,
    n: probe.n,
    sigmas,
    curves,
    slope: logSlope(
      above.map((i) => sigmas[i]),
      above.map((i) => first[i]),
    ),
  };
}

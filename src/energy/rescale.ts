import type { EnergySite, MeasureId } from './ids';
import type { FloatArray } from '../network/linearAlgebra';
import type { Network } from '../network/network';
import { referenceForward } from '../network/reference';
import { scaledBy, whyNotHomogeneous } from './scaleFreedom';
import { measuredEnergies, siteValues } from './layers';
import { energyMeasure } from './measures';

/**
 * The degree d with which a measure grows when all activations are multiplied by c: E(c·h) = c^d·E(h). It is 2 for
 * squares, 1 for absolute values and 0 for ratios of these. Null for the count of active units, which follows no such
 * law.
 */
export function homogeneityDegree(measure: MeasureId): number | null {
  const by = energyMeasure(measure);
  const of = (c: number): number => by.combine([by.layer(Float64Array.of(c, -2 * c, 3 * c), 1, 3)]);
  const [first, second] = [Math.log2(of(2) / of(1)), Math.log2(of(64) / of(32))];
  return Math.abs(first - second) < 1e-9 ? Math.round(first) : null;
}

/**
 * A rescaled network, the factor c its activations were multiplied by, and the E that follows from it: c^d times E
 * before, with d the degree of the measure.
 */
export interface RescaledNetwork {
  network: Network;
  factor: number;
  predicted: number;
}

/** The images [n, inputs] that E is taken on, the measure, and whether E is taken before or after the activation. */
export interface RescaleOptions {
  measure: MeasureId;
  site?: EnergySite;
}

/**
 * The network with all its hidden activations multiplied by one factor, so that its E on n images x is `target`, and the same logits:
 * the first weights and all hidden biases times c, the output weights divided by c. Throws a sentence for people where the network or
 * the measure is not homogeneous, or there is nothing to scale.
 */
export function rescaleTo(
  network: Network,
  { x, n }: { x: FloatArray; n: number },
  target: number,
  { measure, site = 'post' }: RescaleOptions,
): RescaledNetwork {
  const reason = whyNotHomogeneous(network.spec);
  if (reason !== null) throw new Error(reason);
  const degree = homogeneityDegree(measure);
  const label = energyMeasure(measure).label.toLowerCase();
  if (degree === null)
    throw new Error(
      `E as ${label} does not grow by a power of the activations: no factor is known beforehand.`,
    );
  if (degree === 0) throw new Error(`E as ${label} is the same at every scale: rescaling cannot change it.`);
  if (!(target > 0) || !Number.isFinite(target))
    throw new Error(`A network can be rescaled to an energy above 0, not to ${target}.`);
  const pass = referenceForward(network, x, n);
  const { total } = measuredEnergies(network.spec, siteValues(pass, site), n, measure);
  if (!(total > 0)) throw new Error('All its activations are 0: there is nothing to rescale.');
  const factor = (target / total) ** (1 / degree);
  return { network: scaledBy(network, factor), factor, predicted: total * factor ** degree };
}

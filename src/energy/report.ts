import type { EnergySite, MeasureId } from './ids';
import type { Network } from '../network/network';
import { crossEntropy, referenceForward } from '../network/reference';
import type { FloatArray } from '../network/linearAlgebra';
import { layerActivity, weightNorms, type LayerActivity } from './activity';
import { balancedEnergy, type Balance } from './balance';
import { whyNotHomogeneous } from './scaleFreedom';
import { gradientEnergy, pathEnergy } from './invariants';
import { logitEnergyOf, measuredEnergies, siteValues, type LayerEnergies } from './layers';
import { MEASURES } from './measures';

/** All that the Energy lens shows about one network, measured on n images in float64. */
export interface NetworkEnergy {
  n: number;
  accuracy: number;
  /** Mean cross-entropy, nats. */
  crossEntropy: number;
  /** Raw E under the measure and site asked for. */
  raw: LayerEnergies;
  /** E of the network under every measure, same site. */
  measures: { id: MeasureId; energies: LayerEnergies }[];
  /** Logit energy: the mean over images of the squared length of the logits. */
  logits: number;
  /** Path energy; null where it is not defined. */
  path: LayerEnergies | null;
  /** Gradient-times-activation energy. */
  gradient: LayerEnergies;
  /** Raw E after weight balancing; null where units cannot be rescaled. */
  balanced: (LayerEnergies & Pick<Balance, 'sweeps' | 'tolerance'>) | null;
  activity: LayerActivity[];
  /** ‖W‖ of each affine layer. */
  norms: number[];
  /** Why its units cannot be rescaled, or null. */
  notHomogeneous: string | null;
}

/** Images with the output that is the right answer for each. */
export interface LabelledImages {
  x: FloatArray;
  labels: ArrayLike<number>;
  n: number;
}

/** All energies, activity and weight norms of a network on n images. */
export function energyReport(
  network: Network,
  { x, labels, n }: LabelledImages,
  { measure, site }: { measure: MeasureId; site: EnergySite },
): NetworkEnergy {
  const { spec } = network;
  const pass = referenceForward(network, x, n);
  const values = siteValues(pass, site);
  const measures = MEASURES.map(({ id }) => ({ id, energies: measuredEnergies(spec, values, n, id) }));
  const { loss, correct } = crossEntropy(pass.logits, labels, n, spec.outputs, spec.blocks?.length);
  return {
    n,
    accuracy: n > 0 ? correct / n : 0,
    crossEntropy: loss,
    raw: measuredEnergies(spec, values, n, measure),
    measures,
    logits: logitEnergyOf(pass, spec.outputs),
    path: pathEnergy(network, pass),
    gradient: gradientEnergy(network, pass),
    balanced: balancedEnergy(network, pass, measure, site),
    activity: layerActivity(network, pass),
    norms: weightNorms(network),
    notHomogeneous: whyNotHomogeneous(spec),
  };
}

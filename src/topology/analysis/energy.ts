import type { EnergySite, MeasureId } from '../../energy/ids';
import { isIsotropicActivation } from '../../activations/lookup';
import { errorMessage } from '../../base/errorMessage';
import { layerCosts } from '../../energy/costs';
import { measuredEnergies, siteValues } from '../../energy/layers';
import { cacheFirstLayer, robustness, type CachedFirstLayer } from '../../energy/disturbance';
import { energyReport } from '../../energy/report';
import { rescaleTo, type RescaledNetwork } from '../../energy/rescale';
import { waterfall } from '../../energy/waterfall';
import { layerCounts } from '../../network/architectures/counts';
import { initialTrainingState } from '../../network/initialise';
import type { Network } from '../../network/network';
import { referenceForward } from '../../network/reference';
import { applyOperation } from '../operations/operations';
import type { ProbeInputs } from '../types';
import type {
  BasisEnergy,
  ComparedNetwork,
  CostReport,
  EnergyReport,
  AnalysisQuery,
  RobustnessReport,
  AnalysisSubject,
} from './types';

type Of<Kind extends AnalysisQuery['kind']> = Extract<AnalysisQuery, { kind: Kind }>;

/**
 * The most multiply-accumulates one robustness answer may take, so that a slider stays live. Where more would be needed,
 * fewer draws of the noise are made.
 */
const BUDGET = 3e9;
/** The most draws of the noise an answer is averaged over. */
const MOST_DRAWS = 5;
/** Seed of the noise: the same in every answer, so that only σ and the networks differ. */
const NOISE_SEED = 1;

const BASIS_MEASURES: readonly MeasureId[] = ['mean-square', 'sum-square', 'l1', 'active-count'];

/** E of a network under a measure. */
function rawEnergy(network: Network, { x, n }: ProbeInputs, measure: MeasureId, site: EnergySite): number {
  return measuredEnergies(network.spec, siteValues(referenceForward(network, x, n), site), n, measure).total;
}

/** The twin rescaled to the E of the network, or why not. */
function rescaledTwin(
  { network, twin, probe }: AnalysisSubject,
  measure: MeasureId,
  site: EnergySite,
): { rescaled: RescaledNetwork | null; refusal: string | null } {
  if (!twin) return { rescaled: null, refusal: null };
  try {
    const target = rawEnergy(network, probe, measure, site);
    return { rescaled: rescaleTo(twin.network, probe, target, { measure, site }), refusal: null };
  } catch (error) {
    return { rescaled: null, refusal: errorMessage(error) };
  }
}

/** The network with each hidden layer in its diagonal basis. */
function diagonalised(network: Network): Network {
  return network.spec.hidden.reduce(
    (state, _, layer) => applyOperation(state, { kind: 'left', layer }).state,
    initialTrainingState(network, 'sgd'),
  ).network;
}

function basisEnergies(network: Network, probe: ProbeInputs, site: EnergySite): BasisEnergy[] | null {
  const { activation, hidden } = network.spec;
  if (!isIsotropicActivation(activation) || hidden.some(({ paths, convolution }) => paths ?? convolution))
    return null;
  const turned = diagonalised(network);
  return BASIS_MEASURES.map((measure) => ({
    measure,
    before: rawEnergy(network, probe, measure, site),
    after: rawEnergy(turned, probe, measure, site),
  }));
}

/** Energies of the network, its λ = 0 twin and that twin rescaled, and how the fall of E comes about. */
export function energyOfSubject(subject: AnalysisSubject, { measure, site }: Of<'energy'>): EnergyReport {
  const { network, probe, twin } = subject;
  const options = { measure, site };
  const own = energyReport(network, probe, options);
  const other = twin ? energyReport(twin.network, probe, options) : null;
  const { rescaled, refusal } = rescaledTwin(subject, measure, site);
  const split =
    other && rescaled
      ? waterfall(
          { energy: other.raw.total, gradient: other.gradient.total, logits: other.logits },
          { energy: own.raw.total, gradient: own.gradient.total, logits: own.logits },
        )
      : null;
  return {
    ...options,
    network: own,
    twin: other,
    behind: twin?.behind ?? 0,
    rescaled: rescaled && {
      factor: rescaled.factor,
      energy: energyReport(rescaled.network, probe, options),
    },
    refusal,
    waterfall: split,
    basis: basisEnergies(network, probe, site),
  };
}

/** The prepared networks of a subject, kept because a slider asks about the same networks again and again. */
const benches = new WeakMap<
  ProbeInputs,
  { key: string; of: { contender: ComparedNetwork; bench: CachedFirstLayer }[] }
>();

function benchesOf(subject: AnalysisSubject, measure: MeasureId, site: EnergySite) {
  const { network, probe, twin } = subject;
  const key = `${measure}/${site}`;
  const found = benches.get(probe);
  if (found?.key === key) return found.of;
  const { rescaled } = rescaledTwin(subject, measure, site);
  const networks: [ComparedNetwork, Network | undefined][] = [
    ['twin', twin?.network],
    ['network', network],
    ['rescaled', rescaled?.network],
  ];
  const of = networks.flatMap(([contender, net]) =>
    net ? [{ contender, bench: cacheFirstLayer(net, probe.x, probe.n) }] : [],
  );
  benches.set(probe, { key, of });
  return of;
}

/** Accuracy under disturbed activations, at each of the sizes asked for. */
export function robustnessOf(
  subject: AnalysisSubject,
  { disturbance, sizes, measure, site }: Of<'robustness'>,
): RobustnessReport {
  const { probe } = subject;
  const of = benchesOf(subject, measure, site);
  const perPass = of.reduce(
    (sum, { bench }) =>
      sum +
      layerCounts(bench.network.spec)
        .slice(1)
        .reduce((total, { multiplies }) => total + multiplies, 0),
    0,
  );
  const affordable = Math.floor(BUDGET / (perPass * probe.n * Math.max(1, sizes.length)));
  const found = robustness(
    of.map(({ bench }) => bench),
    probe.labels,
    disturbance,
    sizes,
    { draws: Math.max(1, Math.min(MOST_DRAWS, affordable)), seed: NOISE_SEED },
  );
  return {
    disturbance,
    n: probe.n,
    curves: of.map(({ contender }, k) => ({ contender, points: found[k] })),
  };
}

/** What one image costs, in operations and words. */
export function costReport({ network, probe, twin }: AnalysisSubject): CostReport {
  const black = probe.black ?? null;
  const of = (net: Network) => layerCosts(net, probe.x, probe.n, black);
  return {
    n: probe.n,
    network: of(network),
    twin: twin ? of(twin.network) : null,
    blackKnown: black !== null,
  };
}

import { around, swinging, verdictCases, type MadeUpWorld, type VerdictCase } from '../../testing';
import type { FactorLevel, Trial } from '../../types';
import { architectureByDataset } from './architectureByDataset';
import { closedLoophole } from './closedLoophole';
import { compressionRatio } from './compressionRatio';
import { efficiencyPareto } from './efficiencyPareto';
import { energyMeetsIsotropy } from './energyMeetsIsotropy';
import { hiddenDimension } from './hiddenDimension';
import { jouleProxy } from './jouleProxy';
import { lambdaSweep } from './lambdaSweep';
import { noiseFloor } from './noiseFloor';
import { rescalingControl } from './rescalingControl';
import { seedVariability } from './seedVariability';

/** E that falls by so many decades wherever λ is not 0; it differs by at most 2 % from run to run. */
const fallen = (lambda: FactorLevel, decades: number, trial: Trial): number =>
  around(lambda === 0 ? 1 : 10 ** -decades, lambda === 0 ? 0.02 : 0.02 * 10 ** -decades, trial, 'E');

const sweep =
  (decades: number, accuracy: (lambda: FactorLevel, seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: {
      energy: fallen(f.lambda, decades, trial),
      accuracy: around(accuracy(f.lambda, seed), 2e-4, trial),
    },
  });

/** Accuracies in which each architecture is best on other data, and none on the average over the data sets. */
const trading = ({ f: { data, architecture } }: Parameters<MadeUpWorld>[0], sets: string[]): number => {
  const a = ['mlp', 'bimodal', 'lagrangian'].indexOf(String(architecture));
  return Math.cos(2 * Math.PI * (a / 3 + sets.indexOf(String(data)) / sets.length));
};
const MODALITIES = [...architectureByDataset.sizes.quick.levels.data] as string[];

const efficiency =
  (gain: (seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => {
    const proposed = f.architecture === 'bimodal' || f.architecture === 'lagrangian';
    return {
      metrics: { efficiency: around(proposed ? 1 + gain(seed) : 1, 2e-3, trial), accuracy: 0.8, spent: 1 },
    };
  };

/** Accuracy and energy that vary over the seeds by these shares, in turns up and down and a little more each time. */
const varying =
  (accuracy: number, energy: number): MadeUpWorld =>
  ({ seed }) => {
    const way = (seed % 2 === 0 ? 1 : -1) * (0.9 + 0.02 * seed);
    return { metrics: { accuracy: 0.9 * (1 + accuracy * way), energy: 0.02 * (1 + energy * way) } };
  };

const widths =
  (accuracy: (architecture: string, units: number, seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: { accuracy: around(accuracy(String(f.architecture), Number(f.units), seed), 1e-4, trial) },
  });

const ratios =
  (ratio: (glia: number, seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({ metrics: { ratio: around(ratio(Number(f.glia), seed), 1e-3, trial) } });

/** The λ = 0 network as it is and rescaled: points and nats that rescaling costs it, and the fall of E left after all. */
const rescaled =
  (points: number, nats: number, rest: (seed: number) => number): MadeUpWorld =>
  ({ seed, trial }) => ({
    metrics: {
      ...{ 'base accuracy': 0.9, 'base loss': 0.3 },
      ...{ 'rescaled accuracy': 0.9 - points / 100, 'rescaled loss': 0.3 },
      ...{ 'thousandth accuracy': 0.9, 'thousandth loss': 0.3 + nats },
      total: 100,
      rest: around(rest(seed), 0.02, trial),
    },
  });

const noise =
  (rescaledTo: (seed: number) => number, trainedTo: number): MadeUpWorld =>
  ({ seed, trial }) => {
    const at = (accuracy: number, purpose: string) => ({
      x: [0.3],
      y: [around(accuracy, 2e-3, trial, purpose)],
    });
    return {
      series: {
        'noise, baseline': at(0.9, 'baseline'),
        'noise, rescaled': at(rescaledTo(seed), 'rescaled'),
        'noise, trained': at(trainedTo, 'trained'),
      },
    };
  };

/** E falls by two decades with the loophole open, and by this part of them with each way of closing it. */
const closed =
  (decay: (seed: number) => number, normalised = 0.1): MadeUpWorld =>
  ({ f, seed, trial }) => {
    const part = f.closure === 'open' ? 1 : f.closure === 'normalised' ? normalised : decay(seed);
    return { metrics: { energy: fallen(f.lambda, 2 * part, trial) } };
  };

const joules =
  (decades: number, exponent: (seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => {
    // The more λ the less E, so that a line through the sweep has a slope.
    const energy = fallen(
      f.lambda,
      f.lambda === 0 ? 0 : decades * (1 + Math.log10(1 + Number(f.lambda))),
      trial,
    );
    return { metrics: { energy, joulesSkipping: 1e-6 * energy ** exponent(seed) } };
  };

const grip =
  (least: number, most: (seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: { energy: fallen(f.lambda, Number(f.o) < 1e-3 ? least : most(seed), trial), accuracy: 0.8 },
  });

/** For each energy recipe the worlds in which its rule must say each of its three verdicts; a world for each part it can miss. */
export const ENERGY_VERDICTS: readonly VerdictCase[] = [
  ...verdictCases(lambdaSweep, [
    ['E falls a thousandfold and accuracy stays', 'reproduced', /All \d+ parts/, sweep(3, () => 0.9)],
    ['E falls a hundredfold only', 'not reproduced', /300-fold/, sweep(2, () => 0.9)],
    [
      'λ costs two points',
      'not reproduced',
      /half a point/,
      sweep(3, (lambda) => (lambda === 0 ? 0.9 : 0.88)),
    ],
    [
      'λ costs half a point, more or less',
      'cannot say',
      /half a point/,
      sweep(3, (lambda, seed) => (lambda === 0 ? 0.9 : swinging(0.895, 0.001, seed))),
    ],
  ]),
  ...verdictCases(architectureByDataset, [
    [
      'each architecture has its own data',
      'reproduced',
      /All 2 parts/,
      (run) => ({
        metrics: {
          accuracy: 0.8 + around(0.05, 0.005, { ...run.trial, id: `${run.seed}` }) * trading(run, MODALITIES),
        },
      }),
    ],
    [
      'one architecture is better everywhere as well',
      'not reproduced',
      /architecture alone/,
      (run) => ({
        metrics: {
          accuracy:
            0.8 +
            around(0.05, 0.005, { ...run.trial, id: `${run.seed}` }) * trading(run, MODALITIES) +
            (run.f.architecture === 'mlp' ? 0.04 : 0),
        },
      }),
    ],
    [
      'all data like the same',
      'not reproduced',
      /interaction/,
      ({ f, seed, trial }) => ({
        metrics: { accuracy: around(0.8, 0.02, { ...trial, id: `${f.architecture} ${seed}` }) },
      }),
    ],
    [
      'there is nothing but noise',
      'cannot say',
      /does not decide/,
      ({ trial }) => ({ metrics: { accuracy: around(0.8, 0.02, trial) } }),
    ],
  ]),
  ...verdictCases(efficiencyPareto, [
    ['they gain 20 %', 'reproduced', /All \d+ parts/, efficiency(() => 0.2)],
    ['they lose', 'not reproduced', /gains 5 to 33 %/, efficiency(() => -0.1)],
    ['they gain more than is published', 'not reproduced', /gains 5 to 33 %/, efficiency(() => 0.6)],
    [
      'they gain 5 %, more or less',
      'cannot say',
      /gains 5 to 33 %/,
      efficiency((seed) => swinging(0.05, 0.01, seed)),
    ],
  ]),
  ...verdictCases(seedVariability, [
    ['seeds matter as published', 'reproduced', /All 2 parts/, varying(0.0037, 0.11), 10],
    [
      'accuracy varies ten times as much',
      'not reproduced',
      /variation of accuracy/,
      varying(0.037, 0.11),
      10,
    ],
    ['energy hardly varies', 'not reproduced', /variation of energy/, varying(0.0037, 0.01), 10],
    ['energy varies by half of it', 'cannot say', /variation of energy/, varying(0.0037, 0.0525), 10],
  ]),
  ...verdictCases(hiddenDimension, [
    [
      'a curve dips and the best changes with the width',
      'reproduced',
      /All \d+ parts/,
      widths((a, units) => (a === 'mlp' ? 0.9 - units / 2000 : a === 'bimodal' ? 0.7 + units / 1000 : 0.75)),
    ],
    [
      'wider is always better',
      'not reproduced',
      /accuracy falls/,
      widths((a, units) =>
        a === 'mlp' ? 0.6 + units / 1000 : a === 'bimodal' ? 0.7 + units / 5000 : 0.5 + units / 700,
      ),
    ],
    [
      'one architecture is always best',
      'not reproduced',
      /is beaten somewhere/,
      widths((a, units) => (a === 'mlp' ? 0.9 : 0.8) - units / 2000),
    ],
    [
      'accuracy swings from seed to seed',
      'cannot say',
      /does not decide/,
      ({ f, seed, trial }) => ({ metrics: { accuracy: around(0.8, 0.05, trial, `${f.units} ${seed}`) } }),
    ],
  ]),
  ...verdictCases(compressionRatio, [
    ['the published line is there', 'reproduced', /All 2 parts/, ratios((glia) => 0.68 * glia + 0.12)],
    ['the ratio hardly depends on glia', 'not reproduced', /slope/, ratios((glia) => 2 + 0.01 * glia)],
    [
      'it is no line',
      'not reproduced',
      /straight line/,
      ratios((glia) => 0.68 * glia + (glia === 1 ? 1 : 0)),
    ],
    [
      'the slope swings about its bound',
      'cannot say',
      /slope/,
      ratios((glia, seed) => swinging(0.85, 0.03, seed) * glia),
    ],
  ]),
  ...verdictCases(rescalingControl, [
    [
      'rescaling changes nothing, and is most of the fall',
      'reproduced',
      /All \d+ parts/,
      rescaled(0, 0, () => 2),
    ],
    ['rescaling costs a point', 'not reproduced', /keeps its accuracy/, rescaled(1, 0, () => 2)],
    ['rescaling costs a hundredth of a nat', 'not reproduced', /cross-entropy/, rescaled(0, 0.01, () => 2)],
    ['most of the fall is left', 'not reproduced', /half of the decades/, rescaled(0, 0, () => 60)],
    [
      'about half of it is left',
      'cannot say',
      /half of the decades/,
      rescaled(0, 0, (seed) => swinging(10, 1, seed)),
    ],
  ]),
  ...verdictCases(noiseFloor, [
    [
      'the rescaled network drowns and the trained one does not',
      'reproduced',
      /All \d+ parts/,
      noise(() => 0.5, 0.85),
    ],
    ['the rescaled network bears the noise', 'not reproduced', /loses at least/, noise(() => 0.89, 0.895)],
    ['the trained network drowns deeper', 'not reproduced', /does better/, noise(() => 0.5, 0.3)],
    [
      'the rescaled network loses five points, more or less',
      'cannot say',
      /loses at least/,
      noise((seed) => swinging(0.85, 0.01, seed), 0.89),
    ],
  ]),
  ...verdictCases(closedLoophole, [
    ['little of the fall is left', 'reproduced', /All \d+ parts/, closed(() => 0.1)],
    ['weight decay leaves all of it', 'not reproduced', /weight decay 1/, closed(() => 1)],
    ['normalisation leaves all of it', 'not reproduced', /normalisation/, closed(() => 0.1, 1)],
    [
      'weight decay leaves about half',
      'cannot say',
      /weight decay 1/,
      closed((seed) => swinging(0.5, 0.05, seed)),
    ],
  ]),
  ...verdictCases(jouleProxy, [
    ['E falls and joules do not', 'reproduced', /All \d+ parts/, joules(2, () => 0.02)],
    ['joules fall with E', 'not reproduced', /hardly follow/, joules(2, () => 1)],
    ['E does not fall', 'not reproduced', /E falls/, joules(0.1, () => 0.02)],
    [
      'the exponent swings about its bound',
      'cannot say',
      /hardly follow/,
      joules(2, (seed) => swinging(0.1, 0.01, seed)),
    ],
  ]),
  ...verdictCases(energyMeetsIsotropy, [
    ['λ has a grip at the largest o only', 'reproduced', /All 2 parts/, grip(0.05, () => 1.5)],
    ['λ has a grip at the smallest o', 'not reproduced', /little grip/, grip(1.5, () => 1.5)],
    ['λ has no grip at all', 'not reproduced', /fivefold/, grip(0.05, () => 0.05)],
    ['the grip is about fivefold', 'cannot say', /fivefold/, grip(0.05, (seed) => swinging(0.7, 0.05, seed))],
  ]),
];

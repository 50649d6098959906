import { isIsotropicActivation, type ActivationId } from '../../../activations/lookup';
import { around, swinging, verdictCases, type MadeUpWorld, type VerdictCase } from '../../testing';
import type { FactorLevels } from '../../types';
import { criterionComparison } from './criterionComparison';
import { directionsPerClass } from './directionsPerClass';
import { invarianceTable } from './invarianceTable';
import { isotropicVsStandard } from './isotropicVsStandard';
import { linearArgmax } from './linearArgmax';
import { linearBaseline } from './linearBaseline';
import { neuroabundance } from './neuroabundance';
import { operationTiming } from './operationTiming';
import { removalError } from './removalError';
import { scheduledTasks } from './scheduledTasks';
import { singularValueEvolution } from './singularValueEvolution';
import { sparsification } from './sparsification';

/** Whether a run is of the isotropic arm of a comparison. */
const isotropicArm = (factors: FactorLevels): boolean =>
  isIsotropicActivation(factors.activation as ActivationId);

/** Seconds of the operations by kind, beside epochs of one second; the first epoch warms up. */
const timed =
  (remove: (seed: number) => number, grow = 0.002): MadeUpWorld =>
  ({ f, seed, trial }) => {
    const seconds = f.case === 'remove' ? remove(seed) : grow;
    const operation = Array.from({ length: 3 }, (_, k) => around(seconds, seconds / 50, trial, `${k}`));
    return { timings: { epoch: [9, 1, 1], ...(f.case !== 'baseline' && { operation }) } };
  };

const GROWN = ['+75 %', '+50 %', '+25 %', '+5 %', '+1 %', '0'];
/** Per cent of the logits that diagonalising and growing change, and the points that removing 5 % of the units costs. */
const changed =
  (epsilon: number, points: (seed: number) => number): MadeUpWorld =>
  ({ seed, trial }) => ({
    metrics: {
      ...Object.fromEntries(
        GROWN.map((row) => [`epsilon ${row}`, around(epsilon, epsilon / 10, trial, row)]),
      ),
      'accuracy −1 %': around(0, 0.02, trial, '1'),
      'accuracy −5 %': around(points(seed), 0.02, trial, '5'),
    },
  });

const stayed =
  (isotropic: (seed: number) => number, tanh: number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: { stayed: around(isotropicArm(f) ? isotropic(seed) : tanh, 0.01, trial) },
  });

/** Hidden units after each of the four phases. */
const units =
  (...after: readonly ((seed: number) => number)[]): MadeUpWorld =>
  ({ seed, trial }) => ({
    metrics: Object.fromEntries(
      after.map((of, k) => [`units after ${k + 1}`, around(of(seed), 1, trial, `${k}`)]),
    ),
  });
const always = (value: number) => (): number => value;

const shrunk =
  (gain: (seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: { accuracy: around(0.8 + (Number(f.start) > Number(f.end) ? gain(seed) : 0), 1e-3, trial) },
  });

const vanished =
  (removed: (seed: number) => number, change = 0): MadeUpWorld =>
  ({ seed, trial }) => ({
    metrics: {
      removed: around(removed(seed), 0.02, trial),
      expected: 30,
      change: around(change, 0.01, trial),
    },
  });

const rivals =
  (points: (seed: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: {
      accuracy: around(0.8 + (isotropicArm(f) ? points(seed) / 100 : 0), 1e-4, trial),
    },
  });

/** Decades by which the error ends above the one with both corrections, without one of them and without any. */
const errors =
  (slope: (seed: number) => number, above: { o: number; psi: number; none: number }): MadeUpWorld =>
  ({ seed, trial }) => {
    const both = 1e-8;
    const end = (decades: number): number => both * 10 ** around(decades, 0.05, trial, `${decades}`);
    const flat = { x: [1e-4, 1], y: [both, 1e-2] };
    return {
      metrics: {
        slope: around(slope(seed), 0.005, trial, 'slope'),
        'last o+psi': both,
        'last o': end(above.o),
        'last psi': end(above.psi),
        'last none': end(above.none),
      },
      series: { 'o and ψ corrected': flat, 'o only': flat, 'ψ only': flat, neither: flat },
    };
  };

/** Bars above the plateau by the number of classes, and the step after them in the isotropic network and in the others. */
const bars =
  (count: (classes: number, seed: number) => number, isotropic = 5, others = 2): MadeUpWorld =>
  ({ f, seed, trial }) => {
    const own = isotropicArm(f);
    return {
      metrics: {
        bars: around(count(Number(f.classes), seed), 0.05, trial, 'bars'),
        step: around(own ? isotropic : others, 0.1, trial, 'step'),
      },
      series: { 'σ by rank': { x: [1, 2], y: [3, 1] } },
    };
  };

const metric =
  (id: string, value: (seed: number) => number, spread: number): MadeUpWorld =>
  ({ seed, trial }) => ({ metrics: { [id]: around(value(seed), spread, trial) } });
const overLinear =
  (points: (seed: number, o: number) => number): MadeUpWorld =>
  ({ f, seed, trial }) => ({
    metrics: { accuracy: around(0.8 + points(seed, Number(f.o)) / 100, 1e-4, trial), linear: 0.8 },
  });

/** For each isotropic recipe the worlds in which its rule must say each of its three verdicts; a world for each part it can miss. */
export const ISOTROPIC_VERDICTS: readonly VerdictCase[] = [
  ...verdictCases(operationTiming, [
    ['operations take 0.2 % of an epoch', 'reproduced', /All 2 parts/, timed(always(0.002))],
    ['removing takes 5 %', 'not reproduced', /remove one unit/, timed(always(0.05))],
    ['growing takes 5 %', 'not reproduced', /grow one unit/, timed(always(0.002), 0.05)],
    [
      'removing takes 1 %, more or less',
      'cannot say',
      /remove one unit/,
      timed((seed) => swinging(0.01, 0.001, seed)),
    ],
  ]),
  ...verdictCases(invarianceTable, [
    ['the logits stay and so does accuracy', 'reproduced', /All \d+ parts/, changed(1e-5, always(0))],
    ['the logits change by 1 %', 'not reproduced', /diagonalising|growing/, changed(1, always(0))],
    ['removing 5 % costs three points', 'not reproduced', /removing \d %/, changed(1e-5, always(-3))],
    [
      'removing 5 % costs half a point, more or less',
      'cannot say',
      /removing 5 %/,
      changed(1e-5, (seed) => swinging(-0.5, 0.1, seed)),
    ],
  ]),
  ...verdictCases(singularValueEvolution, [
    ['more σ stay in the isotropic network', 'reproduced', /All \d+ parts|Met/, stayed(always(0.6), 0.2)],
    ['more σ stay in elementwise tanh', 'not reproduced', /more σ stay/, stayed(always(0.2), 0.6)],
    [
      'the two differ by chance',
      'cannot say',
      /more σ stay/,
      stayed((seed) => swinging(0.4, 0.2, seed), 0.4),
    ],
    ['no σ stays in either', 'cannot say', /no results/, () => ({ metrics: { stayed: 0 } })],
  ]),
  ...verdictCases(scheduledTasks, [
    [
      'width follows the tasks',
      'reproduced',
      /All 6 parts/,
      units(always(60), always(90), always(120), always(70)),
    ],
    [
      'a second task adds nothing',
      'not reproduced',
      /as a second task comes/,
      units(always(90), always(60), always(120), always(70)),
    ],
    [
      'a third takes units away',
      'not reproduced',
      /as a third comes/,
      units(always(60), always(120), always(90), always(70)),
    ],
    [
      'units stay as tasks go',
      'not reproduced',
      /shrinks/,
      units(always(60), always(90), always(120), always(150)),
    ],
    [
      'units go or come',
      'cannot say',
      /shrinks/,
      units(always(60), always(90), always(120), (seed) => swinging(120, 3, seed)),
    ],
  ]),
  ...verdictCases(neuroabundance, [
    ['shrinking is better than small all along', 'reproduced', /All \d+ parts/, shrunk(always(0.05))],
    ['shrinking is worse', 'not reproduced', /better than/, shrunk(always(-0.05))],
    ['shrinking is better or worse', 'cannot say', /better than/, shrunk((seed) => swinging(0, 0.05, seed))],
  ]),
  ...verdictCases(sparsification, [
    ['as many parameters go as the closed form says', 'reproduced', /All \d+ parts/, vanished(always(30))],
    ['half as many go', 'not reproduced', /closed form/, vanished(always(15))],
    ['accuracy changes', 'not reproduced', /accuracy unchanged/, vanished(always(30), 2)],
    [
      'half a point fewer go, more or less',
      'cannot say',
      /closed form/,
      vanished((seed) => swinging(29.5, 0.1, seed)),
    ],
  ]),
  ...verdictCases(isotropicVsStandard, [
    ['isotropic tanh is a point better', 'reproduced', /All|Met/, rivals(always(1))],
    ['it is three points worse', 'not reproduced', /within one point/, rivals(always(-3))],
    [
      'it is a point worse, more or less',
      'cannot say',
      /within one point/,
      rivals((seed) => swinging(-1, 0.2, seed)),
    ],
  ]),
  ...verdictCases(removalError, [
    [
      'the error is linear in σ, and only with both corrections',
      'reproduced',
      /All \d+ parts/,
      errors(always(1), { o: 4, psi: 4, none: 5 }),
    ],
    ['the exponent is 2', 'not reproduced', /exponent/, errors(always(2), { o: 4, psi: 4, none: 5 })],
    ['o alone does as well', 'not reproduced', /with o only/, errors(always(1), { o: 0.1, psi: 4, none: 5 })],
    ['ψ alone does as well', 'not reproduced', /with ψ only/, errors(always(1), { o: 4, psi: 0.1, none: 5 })],
    [
      'no correction is needed',
      'not reproduced',
      /neither correction/,
      errors(always(1), { o: 4, psi: 4, none: 0.1 }),
    ],
    [
      'the exponent is 1.1, more or less',
      'cannot say',
      /exponent/,
      errors((seed) => swinging(1.1, 0.03, seed), { o: 4, psi: 4, none: 5 }),
    ],
  ]),
  ...verdictCases(criterionComparison, [
    ['σ orders the units', 'reproduced', /All 2 parts/, metric('ρ sigma', always(0.9), 0.02)],
    ['σ knows nothing', 'not reproduced', /rank correlation/, metric('ρ sigma', always(0), 0.02)],
    [
      'σ knows something',
      'cannot say',
      /rank correlation/,
      metric('ρ sigma', (seed) => swinging(0.5, 0.05, seed), 0.02),
    ],
  ]),
  ...verdictCases(directionsPerClass, [
    [
      'a direction for each class but one, then a step',
      'reproduced',
      /All \d+ parts/,
      bars((classes) => classes - 1),
    ],
    ['all of thirty directions, whatever the classes', 'not reproduced', /classes use/, bars(() => 30)],
    [
      'half a direction a class',
      'not reproduced',
      /each class adds/,
      bars((classes) => 9 - (10 - classes) / 2),
    ],
    ['tanh has a higher step', 'not reproduced', /step after them/, bars((classes) => classes - 1, 2, 5)],
    [
      'half a bar too many, more or less',
      'cannot say',
      /classes use/,
      bars((classes, seed) => classes - 1 + swinging(0.5, 0.2, seed)),
    ],
  ]),
  ...verdictCases(linearBaseline, [
    ['the network is five points better everywhere', 'reproduced', /All \d+ parts/, overLinear(always(5))],
    ['it is worse everywhere', 'not reproduced', /better than softmax/, overLinear(always(-5))],
    ['it is worse at one o', 'not reproduced', /o 100/, overLinear((_, o) => (o === 100 ? -5 : 5))],
    [
      'it is better or worse at one o',
      'cannot say',
      /o 100/,
      overLinear((seed, o) => (o === 100 ? swinging(0, 0.2, seed) : 5)),
    ],
  ]),
  ...verdictCases(linearArgmax, [
    [
      'nearly every answer is the linear map’s',
      'reproduced',
      /All \d+ parts/,
      metric('without', always(0.9998), 1e-4),
    ],
    ['one in a hundred is not', 'not reproduced', /every answer/, metric('without', always(0.99), 1e-4)],
    [
      'one in a thousand is not',
      'cannot say',
      /every answer/,
      metric('without', (seed) => swinging(0.999, 5e-4, seed), 1e-4),
    ],
  ]),
];

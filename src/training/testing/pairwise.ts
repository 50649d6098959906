import type { AugmentId } from '../../data/ids';
import type { EnergySite, MeasureId } from '../../energy/ids';
import type { OptimiserId } from '../../network/network';
import { gradients } from '../../energy/loss';
import { seededRandom } from '../../network/random';
import type { ActivationId } from '../../activations/lookup';
import type { NetworkSpec, OMode, PsiMode } from '../../network/spec';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomData,
  randomState,
} from '../check/fixtures';
import { metricDisagreements } from '../check/metrics';
import { referenceBatch, referenceSteps } from '../check/referenceSteps';
import { CPU_TILES, GPU_TILES } from '../webgpu/plan/bufferLayout';
import { dividedNetwork, DIVISIONS } from './dividedNetworks';
import type { Trains } from './trains';

/** What the cases vary; pairs of values of any two factors meet in at least one of them. */
const FACTORS = {
  division: [...DIVISIONS],
  activation: ['isotropic-tanh', 'tanh', 'relu'] as ActivationId[],
  o: ['off', 'fixed', 'trained'] as OMode[],
  psi: ['off', 'fixed', 'trained', 'decay'] as PsiMode[],
  measure: ['mean-square', 'sum-square', 'l1', 'active-count', 'hoyer-square'] as MeasureId[],
  site: ['post', 'pre'] as EnergySite[],
  optimiser: ['adam', 'adamw', 'sgd'] as OptimiserId[],
  decayAll: [false, true],
  lambda: [0, 0.3],
  batch: [1, 13, 67],
  hidden: [[13, 3], [67, 1, 5], []],
  inputs: [13, 64],
  outputs: [3, 10],
  augment: ['none', 'shift'] as AugmentId[],
  models: [1, 3],
};
type Factors = { [K in keyof typeof FACTORS]: (typeof FACTORS)[K][number] };
export interface Case extends Factors {
  seed: number;
  /** Large tiles are long code, which a software adapter takes its time to compile: a few cases have them. */
  tiles: 'cpu' | 'gpu';
}
const tilesOf = (seed: number): Case['tiles'] => (seed % 14 === 1 ? 'cpu' : 'gpu');

const names = Object.keys(FACTORS) as (keyof Factors)[];

/** What divided layers have no part in: pairs with these are met by undivided networks alone. */
const WHOLE: readonly (keyof Factors)[] = ['activation', 'o', 'psi'];
const SHARED: readonly (keyof Factors)[] = ['measure', 'batch', 'optimiser', 'inputs', 'outputs'];
const undivided = (a: keyof Factors, b: keyof Factors): boolean =>
  a !== 'division' && b !== 'division' && (WHOLE.includes(a) || WHOLE.includes(b));

/** A covering array made greedily: each case takes the values that meet most pairs not yet met. */
function cover(): Case[] {
  const wanted = new Set<string>();
  const key = (a: string, i: number, b: string, j: number): string => `${a}${i}|${b}${j}`;
  names.forEach((a, x) =>
    names.slice(x + 1).forEach((b) =>
      FACTORS[a].forEach((value, i) =>
        FACTORS[b].forEach((other, j) => {
          // Neither a network without hidden layers nor one all of paths has the other to show.
          const empty = value !== 'none' && Array.isArray(other) && other.length === 0;
          const all = value === 'side by side' && WHOLE.includes(b);
          // Code of paths meets each of these values, but not each way of dividing does.
          const shared = i > 0 && SHARED.includes(b) && j % (DIVISIONS.length - 1) !== i - 1;
          if (a !== 'division' || !(empty || all || shared)) wanted.add(key(a, i, b, j));
        }),
      ),
    ),
  );
  const cases: Case[] = [];
  while (wanted.size > 0) {
    const chosen = new Map<keyof Factors, number>();
    const first = wanted.values().next().value ?? '';
    const seeds = [...first.matchAll(/([a-zA-Z]+)(\d+)/g)].map(([, n, i]) => [n, Number(i)] as const);
    seeds.forEach(([n, i]) => chosen.set(n as keyof Factors, i));
    const [a, b] = [...chosen.keys()];
    if (undivided(a, b)) chosen.set('division', 0);
    const met = (x: keyof Factors, y: keyof Factors): boolean => !chosen.get('division') || !undivided(x, y);
    for (const name of names) {
      if (chosen.has(name)) continue;
      const score = FACTORS[name].map(
        (_, i) =>
          [...chosen].filter(
            ([other, j]) =>
              met(name, other) &&
              (names.indexOf(name) < names.indexOf(other)
                ? wanted.has(key(name, i, other, j))
                : wanted.has(key(other, j, name, i))),
          ).length,
      );
      const best = Math.max(...score);
      const ties = score.flatMap((s, i) => (s === best ? [i] : []));
      chosen.set(name, ties[cases.length % ties.length]);
    }
    for (const [x, i] of chosen)
      for (const [y, j] of chosen)
        if (names.indexOf(x) < names.indexOf(y) && met(x, y)) wanted.delete(key(x, i, y, j));
    const values = Object.fromEntries(names.map((name) => [name, FACTORS[name][chosen.get(name) ?? 0]]));
    const seed = cases.length + 1;
    cases.push({ ...(values as unknown as Factors), seed, tiles: tilesOf(seed) });
  }
  return cases;
}

const CASES = cover();
export const caseCount = (): number => CASES.length;
export const caseOf = (index: number): Case => CASES[index];

/** A case drawn at random: any value of each factor, and any widths up to 70. */
export function randomCase(seed: number): Case {
  const rng = seededRandom(seed, 'random case');
  const values = Object.fromEntries(
    names.map((name) => [name, FACTORS[name][rng.integer(FACTORS[name].length)]]),
  );
  const width = (): number => 1 + rng.integer(70);
  return {
    ...(values as unknown as Factors),
    hidden: Array.from({ length: rng.integer(4) }, width),
    inputs: width(),
    outputs: 2 + rng.integer(20),
    batch: width(),
    seed,
    tiles: rng.uniform() < 0.5 ? 'cpu' : 'gpu',
  };
}

const STEPS = 20;
const IMAGES = 96;

/** Differences from the reference: of loss and gradients at the start, and of everything after 20 steps (unless told not to move). */
export async function runCase(engine: Trains, c: Case, moves = true): Promise<string[]> {
  // Widths below capacity: the other models of a group are narrower and wider.
  const specs = Array.from({ length: c.models }, (_, m) =>
    dividedNetwork(
      fixtureNetwork(
        c.inputs,
        c.hidden.map((width) => Math.max(1, width + [0, -2, 5][m])),
        c.outputs,
        m === 1 ? 'isotropic-tanh' : c.activation,
        { o: c.o, psi: c.psi },
      ),
      c.division,
      c.hidden,
    ),
  );
  return compare(engine, specs, c, moves);
}

export type How = Pick<
  Case,
  'lambda' | 'measure' | 'site' | 'optimiser' | 'decayAll' | 'batch' | 'augment' | 'seed'
> & {
  tiles?: Case['tiles'];
};

/** The same for a group of these networks. */
export async function compare(
  engine: Trains,
  specs: readonly NetworkSpec[],
  c: How,
  moves = true,
): Promise<string[]> {
  const [{ inputs, outputs, hidden }] = specs;
  // Pictures as the network reads them, squares where there are some, else one row.
  const root = Math.sqrt(inputs);
  const { inWidth, inChannels } = hidden.at(0)?.convolution ?? {
    inWidth: Number.isInteger(root) ? root : inputs,
    inChannels: 1,
  };
  const data = {
    ...randomData(inputs, outputs, IMAGES, c.seed),
    width: inWidth,
    channels: inChannels,
  };
  const sgd = c.optimiser === 'sgd';
  const tiles = c.tiles === 'gpu' ? GPU_TILES : CPU_TILES;
  const wrong: string[] = [];
  const indices = (steps: number): Uint32Array =>
    Uint32Array.from({ length: steps * c.batch }, (_, i) => (i * 7 + c.seed) % IMAGES);
  const controls = specs.map((_, m) =>
    gradientOnlySettings({
      lambda: m === 2 ? 0 : c.lambda,
      measure: c.measure,
      site: c.site,
      psiDecay: 0.2,
      augment: c.augment,
    }),
  );

  const still = specs.map((spec, m) => randomState(spec, c.seed + m, true));
  const probe = engine.createGroup(still, data, { tiles });
  await probe.train(indices(1), c.batch, 1, controls);
  const first = await probe.metrics();
  for (const [m, state] of still.entries()) {
    const { x, labels } = referenceBatch(data, indices(1), c.augment === 'shift' ? 0 : null);
    const expected = gradients(state.network, x, labels, controls[m]);
    const { optimiser, network } = await probe.exportState(m);
    // At rate 0 nothing moves, so what comes back is what was put in, in float32.
    wrong.push(
      ...disagreements(network.parameters, state.network.parameters, 1e-6).map((w) => `model ${m} ${w}`),
    );
    wrong.push(...disagreements(optimiser.first, expected.tensors, 1e-4).map((w) => `model ${m} ∂ ${w}`));
    wrong.push(...metricDisagreements(first[m], 0, expected, 1e-4).map((w) => `model ${m} ${w}`));
  }
  probe.dispose();
  if (!moves) return wrong;

  const states = specs.map((spec, m) => randomState(spec, c.seed + m, sgd));
  const group = engine.createGroup(states, data, { tiles });
  // The slope of active-count near 0 is so steep, and that of hoyer-square turns so sharply there, that 20 steps at full λ are chaotic in
  // any precision.
  const gentle = c.measure === 'active-count' || c.measure === 'hoyer-square' ? 0.002 : 1;
  const moving = controls.map((own, m) => ({
    ...own,
    lambda: gentle * own.lambda,
    optimiser: {
      id: c.optimiser,
      learningRate: (m === 1 ? 5e-3 : 1e-2) * (gentle < 1 ? 0.1 : 1),
      weightDecay: 0.05,
      decayAll: c.decayAll,
      momentum: 0.9,
    },
  }));
  await group.train(indices(STEPS), c.batch, STEPS, moving);
  const rows = await group.metrics();
  for (const [m, state] of states.entries()) {
    const expected = referenceSteps(state, data, indices(STEPS), c.batch, moving[m]);
    const actual = await group.exportState(m);
    wrong.push(
      ...disagreements(actual.network.parameters, expected.state.network.parameters, 1e-3, 1e-6).map(
        (w) => `model ${m} after ${STEPS}: ${w}`,
      ),
    );
    if (rows[m].rows !== STEPS) wrong.push(`${rows[m].rows} rows of metrics`);
    else
      wrong.push(
        ...metricDisagreements(rows[m], STEPS - 1, expected.seen[STEPS - 1], 2e-3).map(
          (w) => `model ${m} ${w}`,
        ),
      );
    if (actual.optimiser.step !== STEPS) wrong.push(`step ${actual.optimiser.step}`);
  }
  group.dispose();
  return wrong;
}

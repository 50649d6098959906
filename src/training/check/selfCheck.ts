import type { DataSource } from '../../data/source';
import type { EngineGroup, StepSettings } from '../engine';
import { errorMessage } from '../../base/errorMessage';
import type { TrainingState } from '../../network/network';
import { disagreements, gradientOnlySettings, randomData, randomState } from './fixtures';
import { metricDisagreements } from './metrics';
import { referenceSteps } from './referenceSteps';
import { SELF_CHECK_CASES, type SelfCheckCase } from './selfCheckCases';

/** What an engine said of one kind of network; `differences` is empty where it agrees with float64. */
export interface SelfCheckResult {
  id: string;
  label: string;
  differences: string[];
}

/** What a self-check found. */
export interface SelfCheckReport {
  passed: boolean;
  results: SelfCheckResult[];
}

export interface SelfCheckOptions {
  cases?: readonly SelfCheckCase[];
  /** Called before each kind of network; the check goes on when it resolves, so that training can go on in between. */
  pause?: () => Promise<void>;
  /** Complaints that the device has made so far outside any call; one that comes during the check is a difference. */
  complaints?: () => readonly string[];
}

const STEPS = 3;
const BATCH = 11;
const IMAGES = 24;
/** A loss or a gradient may differ from float64 by this share of the largest value of its array. */
const GRADIENT_TOLERANCE = 1e-4;
/** Weights, after three steps. */
const WEIGHT_TOLERANCE = 1e-3;

/**
 * Holds an engine against the float64 reference on this very device: for a tiny network of each layer kind (two models at once, odd
 * sizes) the loss and every gradient of one step, then every weight after three steps. `createGroup` makes the engine's networks. Never
 * throws: an engine that throws, or gives numbers that are not finite, has failed, and its words are the difference.
 */
export async function selfCheck(
  createGroup: (states: readonly TrainingState[], data: DataSource) => EngineGroup,
  { cases = SELF_CHECK_CASES, pause, complaints = () => [] }: SelfCheckOptions = {},
): Promise<SelfCheckReport> {
  const results: SelfCheckResult[] = [];
  for (const [i, one] of cases.entries()) {
    await pause?.();
    const before = complaints().length;
    let differences: string[];
    try {
      differences = await checkCase(createGroup, one, i + 1);
    } catch (error) {
      differences = [errorMessage(error)];
    }
    differences.push(...complaints().slice(before));
    results.push({ id: one.id, label: one.label, differences });
  }
  return { passed: results.every(({ differences }) => differences.length === 0), results };
}

async function checkCase(
  createGroup: (states: readonly TrainingState[], data: DataSource) => EngineGroup,
  one: SelfCheckCase,
  seed: number,
): Promise<string[]> {
  const { specs, measure, site, width, channels, shifted } = one;
  const data = { ...randomData(specs[0].inputs, specs[0].outputs, IMAGES, seed), width, channels };
  const indices = Uint32Array.from({ length: STEPS * BATCH }, (_, i) => (i * 7 + seed) % IMAGES);
  const still = specs.map((_, m) =>
    gradientOnlySettings({
      lambda: 0.3 * (m + 1),
      measure,
      site,
      psiDecay: 0.2,
      augment: shifted ? 'shift' : 'none',
    }),
  );
  const moving = still.map((settings, m): StepSettings => ({
    ...settings,
    optimiser: {
      id: 'adamw',
      learningRate: (m + 1) * 5e-3,
      weightDecay: 0.05,
      decayAll: false,
      momentum: 0.9,
    },
  }));
  return [
    ...(await runGroup(
      createGroup,
      specs.map((spec, m) => randomState(spec, seed + m, true)),
      data,
      indices.subarray(0, BATCH),
      still,
    )),
    ...(await runGroup(
      createGroup,
      specs.map((spec, m) => randomState(spec, seed + m)),
      data,
      indices,
      moving,
    )),
  ];
}

/** Trains the states on an engine and in float64, and says where the two differ. */
async function runGroup(
  createGroup: (states: readonly TrainingState[], data: DataSource) => EngineGroup,
  states: readonly TrainingState[],
  data: DataSource,
  indices: Uint32Array,
  settings: readonly StepSettings[],
): Promise<string[]> {
  const group = createGroup(states, data);
  const wrong: string[] = [];
  const steps = indices.length / BATCH;
  try {
    await group.ready?.();
    await group.train(indices, BATCH, steps, settings);
    const rows = await group.metrics();
    for (const [m, state] of states.entries()) {
      const expected = referenceSteps(state, data, indices, BATCH, settings[m]);
      const { network, optimiser } = await group.exportState(m);
      const found: string[] = [];
      // At rate 0 the first moment of plain gradient descent is the gradient itself.
      if (settings[m].optimiser.learningRate === 0)
        found.push(
          ...disagreements(optimiser.first, expected.state.optimiser.first, GRADIENT_TOLERANCE).map(
            (w) => `gradient of ${w}`,
          ),
        );
      found.push(
        ...disagreements(network.parameters, expected.state.network.parameters, WEIGHT_TOLERANCE, 1e-6),
      );
      if (rows[m].rows !== steps) found.push(`${rows[m].rows} rows of metrics for ${steps} steps`);
      else
        expected.seen.forEach((seen, step) =>
          found.push(
            ...metricDisagreements(rows[m], step, seen, step === 0 ? GRADIENT_TOLERANCE : WEIGHT_TOLERANCE),
          ),
        );
      wrong.push(...found.map((w) => `network ${m + 1}: ${w}`));
    }
  } finally {
    group.dispose();
  }
  return wrong;
}

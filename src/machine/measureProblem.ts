import type { Engine } from '../training/engine';
import { flopsPerStep } from './flops';
import { CONTROLS, type Problem } from './problem';

/** What was measured of an engine on a problem, per step of all models together; medians over the rounds, in milliseconds. */
export interface MeasuredProblem {
  msPerStep: number;
  hostMsPerStep: number;
  gpuMsPerStep: number | null;
  gflops: number;
  rounds: number;
}

export interface MeasureProblemOptions {
  /** Time for the rounds; the first step, which compiles, is not in it. At least two rounds are made. */
  budgetMs: number;
  /** Most rounds. */
  rounds: number;
}

/** A round lasts about this long, so that a clock of a tenth of a millisecond does. */
const ROUND_MS = 120;

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/**
 * Times an engine on a problem with `models` networks side by side: rounds of some steps and a read-back, after a first step that compiles
 * and a second that tells how many steps make a round. Throws what the engine throws, and where a loss is not finite.
 */
export async function measureProblem(
  engine: Engine,
  problem: Problem,
  models: number,
  { budgetMs, rounds }: MeasureProblemOptions = { budgetMs: 1500, rounds: 7 },
): Promise<MeasuredProblem> {
  const { batch, state, data, indices } = problem;
  const group = engine.createGroup(Array<typeof state>(models).fill(state), data);
  const controls = Array<typeof CONTROLS>(models).fill(CONTROLS);
  let next = 0;
  const round = async (steps: number): Promise<{ ms: number; host: number; gpu: number | null }> => {
    const all = new Uint32Array(steps * batch);
    for (let s = 0; s < steps; s++) all.set(indices[next++ % indices.length], s * batch);
    const from = performance.now();
    await group.train(all, batch, steps, controls);
    const host = (performance.now() - from) / steps;
    const metrics = await group.metrics();
    const ms = (performance.now() - from) / steps;
    if (!metrics.every(({ values }) => values.every(Number.isFinite)))
      throw new Error('A step gave numbers that are not finite.');
    const gpu = group.gpuTime?.() ?? null;
    return { ms, host, gpu: gpu && gpu.milliseconds > 0 ? gpu.milliseconds / gpu.steps : null };
  };
  try {
    await group.ready?.();
    await round(1);
    const { ms: one } = await round(1);
    const steps = Math.max(1, Math.min(64, Math.round(ROUND_MS / one)));
    const taken: Awaited<ReturnType<typeof round>>[] = [];
    const end = performance.now() + budgetMs;
    while (taken.length < 2 || (taken.length < rounds && performance.now() < end))
      taken.push(await round(steps));
    const msPerStep = middle(taken.map(({ ms }) => ms));
    const gpu = taken.flatMap((one) => (one.gpu === null ? [] : [one.gpu]));
    return {
      msPerStep,
      hostMsPerStep: middle(taken.map(({ host }) => host)),
      gpuMsPerStep: gpu.length > 0 ? middle(gpu) : null,
      gflops: (models * flopsPerStep(state.network.spec, batch)) / (msPerStep * 1e6),
      rounds: taken.length,
    };
  } finally {
    group.dispose();
  }
}

import { parameterCount } from '../../network/network';
import type { EngineTrialRun } from '../bench/trialRun';
import type { TrialRun, Evaluation, Metric } from '../types';

/** Metrics of a plain run. */
export const PLAIN_METRICS = [
  { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
  { id: 'loss', label: 'Test loss', unit: 'nats', format: 'number' },
  { id: 'energy', label: 'Activation energy E', unit: '', format: 'number' },
  { id: 'trainingLoss', label: 'Training loss, last 50 steps', unit: 'nats', format: 'number' },
  { id: 'parameters', label: 'Parameters', unit: '', format: 'count' },
] as const satisfies readonly Metric[];

/** The metrics of a plain run, looked at now: for runs of their own that end like one. */
export async function plainMetrics(bench: TrialRun): Promise<Record<string, number | null>> {
  const { accuracy, loss, energy } = await bench.evaluate();
  const parameters = parameterCount((await bench.network()).spec);
  return { accuracy, loss, energy, trainingLoss: bench.trainingLoss(), parameters };
}

/** Adds a look at the test images to the series of a run. */
export function recordEvaluation(bench: Pick<TrialRun, 'record'>, step: number, seen: Evaluation): void {
  bench.record('accuracy', step, seen.accuracy);
  bench.record('loss', step, seen.loss);
  bench.record('energy', step, seen.energy);
}

/** A plain run by itself: trains, looking on the way where the trial asks for it. */
export async function trainPlain(bench: EngineTrialRun): Promise<void> {
  const { steps, looks } = bench.trial;
  await bench.time('training', async () => {
    for (const look of looks) {
      await bench.train(look - bench.step);
      recordEvaluation(bench, look, await bench.evaluate());
    }
    await bench.train(steps - bench.step);
  });
}

import { parameterCount } from '../../network/network';
import type { EngineTrialRun } from './trialRun';
import type { Evaluation } from '../../run/evaluation';
import type { TrialRun, Metric } from '../types';

/** Metrics of a plain run. */
export const PLAIN_METRICS = [
  { id: 'accuracy', label: 'Test accuracy', unit: '%', format: 'share' },
  { id: 'loss', label: 'Test loss', unit: 'nats', format: 'number' },
  { id: 'energy', label: 'Activation energy E', unit: '', format: 'number' },
  { id: 'trainingLoss', label: 'Training loss, last 50 steps', unit: 'nats', format: 'number' },
  { id: 'parameters', label: 'Parameters', unit: '', format: 'count' },
] as const satisfies readonly Metric[];

/** The metrics of a plain run, looked at now: for runs of their own that end like one. */
export async function plainMetrics(trialRun: TrialRun): Promise<Record<string, number | null>> {
  const { accuracy, loss, energy } = await trialRun.evaluate();
  const parameters = parameterCount((await trialRun.network()).spec);
  return { accuracy, loss, energy, trainingLoss: trialRun.trainingLoss(), parameters };
}

/** Adds a look at the test images to the series of a run. */
export function recordEvaluation(trialRun: Pick<TrialRun, 'record'>, step: number, seen: Evaluation): void {
  trialRun.record('accuracy', step, seen.accuracy);
  trialRun.record('loss', step, seen.loss);
  trialRun.record('energy', step, seen.energy);
}

/** A plain run by itself: trains, looking on the way where the trial asks for it. */
export async function trainPlain(trialRun: EngineTrialRun): Promise<void> {
  const { steps, looks } = trialRun.trial;
  await trialRun.time('training', async () => {
    for (const look of looks) {
      await trialRun.train(look - trialRun.step);
      recordEvaluation(trialRun, look, await trialRun.evaluate());
    }
    await trialRun.train(steps - trialRun.step);
  });
}

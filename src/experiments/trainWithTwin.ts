import type { TrialRun } from './types';

/**
 * Trains a network and a twin with λ = 0 from the same start on the same batches, so that they differ by λ alone; returns the twin.
 * Dispose it.
 */
export async function trainWithTwin(trialRun: TrialRun, steps: number): Promise<TrialRun> {
  const twin = await trialRun.fork();
  try {
    await twin.set({ lambda: 0 });
    await trialRun.train(steps);
    await twin.train(steps);
    return twin;
  } catch (error) {
    twin.dispose();
    throw error;
  }
}

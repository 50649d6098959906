import type { Reporter } from './reporter';
import type { TrainingRun } from './run';
import type { PostEvent } from './session';
import type { Twin } from './twin';

/** Says that the run went back: to which step, and what is no more. `twin` was there until now. */
export async function postUndone(
  run: TrainingRun,
  post: PostEvent,
  reporter: Reporter,
  pins: ReturnType<TrainingRun['restore']>,
  twin: Twin | null,
): Promise<void> {
  const { configuration, main } = run;
  post({ type: 'undone', step: main.step, removedPins: pins.gone, configuration });
  for (const pin of pins.changed) post({ type: 'pin', pin });
  postTwinState(run, post, twin);
  await reporter.widths(run);
}

/** Says where the twin stands; one at step 0 was started anew, and so are its curves. `before` was there until now. */
export function postTwinState(
  { twin, main }: TrainingRun,
  post: PostEvent,
  before: Twin | null = null,
): void {
  const target = main.step;
  if (twin) {
    const { step } = twin.runner;
    post({ type: 'twin', kind: twin.kind, step, target, anew: step === 0 });
  } else if (before) {
    post({ type: 'twin', kind: 'off', step: 0, target, anew: true });
    const detail =
      'The ungrown twin forked off later than the step gone back to: there was no such network then.';
    post({ type: 'problem', severity: 'notice', title: 'The twin has ended', detail });
  }
}

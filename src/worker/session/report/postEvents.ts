import type { PostEvent } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import type { Twin } from '../networks/twin';
import type { Reporter } from './reporter';

/** Tells the page that the run went back: to which step, and which pins are no more. `twin` is the twin there was until now. */
export function postUndone(
  run: SessionRun,
  post: PostEvent,
  reporter: Reporter,
  pins: ReturnType<SessionRun['restore']>,
  twin: Twin | null,
): void {
  const { configuration, main } = run;
  post({ type: 'undone', step: main.step, removedPins: pins.gone, configuration });
  for (const pin of pins.changed) post({ type: 'pin', pin });
  postTwinState(run, post, twin);
  reporter.widths(run);
}

/** Tells the page where the twin stands; one at step 0 was started anew, and so are its curves. `before` is the twin there was until now. */
export function postTwinState({ twin, main }: SessionRun, post: PostEvent, before: Twin | null = null): void {
  const target = main.step;
  if (twin) {
    const { step } = twin.run;
    post({ type: 'twin', kind: twin.kind, step, target, anew: step === 0 });
  } else if (before) {
    post({ type: 'twin', kind: 'off', step: 0, target, anew: true });
    const detail =
      'The ungrown twin forked off later than the step gone back to: there was no such network then.';
    post({ type: 'problem', severity: 'notice', title: 'The twin has ended', detail });
  }
}

import { useLab } from '../../store/lab';
import type { RunState } from '../../store/state';

/** The words in an empty chart: why there is nothing yet, and what would change that. */
export function emptyText({ status, message }: Pick<RunState, 'status' | 'message'>): string {
  switch (status) {
    case 'starting':
      return 'Starting the engine …';
    case 'loading':
      return 'Loading images …';
    case 'waiting':
      return message ?? 'Waiting for images …';
    case 'failed':
      return message ?? 'The engine stopped.';
    case 'playing':
      return 'The first step is on its way …';
    case 'paused':
    case 'resting':
    case 'path':
      return 'Nothing trained yet. Play, and the curves begin here.';
  }
}

export function useEmptyText(): string {
  return useLab((state) => emptyText(state.run));
}

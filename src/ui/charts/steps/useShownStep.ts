import { useLab } from '../../../store/lab';

/**
 * The step charts speak of: that of the history while it runs (so that status messages cause no redraw), the true one
 * otherwise. Callers follow `historyVersion`.
 */
export function useShownStep(): number {
  const resting = useLab((state) => (state.run.status === 'playing' ? null : state.run.step));
  const history = useLab((state) => state.history);
  return resting ?? history.lastStep('main');
}

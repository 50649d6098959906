import { create } from 'zustand';
import { useLab } from '../../../store/lab';
import type { SweepRequest, SweepState } from '../../../worker/protocol';
import { emptyText } from '../empty';
import { LADDER_TEXT } from './ladder/ladder';

export type CompareView = 'ladder' | 'map' | 'twin';

interface CompareState {
  view: CompareView;
  /** The list of λs as typed: kept while other lenses are looked at. */
  text: string;
  /**
   * A sweep that the worker has not answered yet, with the trail at that time. Any answer, or a restart, brings another
   * trail.
   */
  asked: { sweep: SweepRequest; trail: SweepState[] } | null;
}

/** What the Compare lens remembers while it is not on screen. */
export const useCompare = create<CompareState>()(() => ({ view: 'ladder', text: LADDER_TEXT, asked: null }));

/** Starts a sweep from the present network, or ends the one there is. */
export function askSweep(sweep: SweepRequest | null): void {
  useLab.getState().setSweep(sweep);
  useCompare.setState({ asked: sweep && { sweep, trail: useLab.getState().sweepTrail } });
}

/** The sweep of one kind: running, asked for, or absent. */
export function useSweep(kind: SweepRequest['kind']): {
  state: SweepState | null;
  trail: SweepState[];
  pending: boolean;
  /** Another kind of sweep is running and would end. */
  other: boolean;
} {
  const sweep = useLab((state) => state.sweep);
  const trail = useLab((state) => state.sweepTrail);
  const asked = useCompare((state) => state.asked);
  const own = sweep?.sweep.kind === kind;
  return {
    state: own ? sweep : null,
    trail: own ? trail : [],
    pending: sweep === null && asked?.sweep.kind === kind && asked.trail === trail,
    other: sweep !== null && !own,
  };
}

/** Why no copies can be made at present, or null. */
export function useSweepRefusal(): string | null {
  const run = useLab((state) => state.run);
  const running = useLab((state) => state.running !== null);
  const path = useLab((state) => state.frame !== null || state.run.status === 'path');
  if (path) return 'A path is open: keep it or go back first.';
  if (!running || ['starting', 'loading', 'failed'].includes(run.status)) return emptyText(run);
  return null;
}

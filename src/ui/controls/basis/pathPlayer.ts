import { create } from 'zustand';
import { surgeryRefusal } from '../neurons/legality';
import { useLab } from '../../../store/lab';
import type { Operation } from '../../../topology/types';
import { reducedMotion } from '../../kit/useMedia';

export type PathOperation = Extract<Operation, { kind: 'left' | 'full' | 'rotate' }>;

/** Duration of the animation in milliseconds, and the least number of frames it is shown in. */
const DURATION_MS = 1000;
const LARGEST_STEP = 1 / 14;
const REDUCED_STEPS = 4;
const REDUCED_PAUSE_MS = 300;
/** A path that has not been opened after this many milliseconds was refused. */
const OPEN_TIMEOUT_MS = 15_000;

interface PathPlayer {
  phase: 'idle' | 'opening' | 'playing' | 'paused' | 'closing';
  /** The position on the path that the visitor asked for, 0 … 1. */
  wanted: number;
  /** Plays a path from the present basis to its end and keeps it there. */
  run: (operation: PathOperation) => void;
  /** Opens the path (if needed) and goes to t; stays there. */
  scrub: (t: number, operation: PathOperation) => void;
  pause: () => void;
  resume: () => void;
  /** Ends the path where it stands (keep) or back at its start. */
  end: (keep: boolean) => void;
}

/**
 * The position one frame later. It follows real time, eased at both ends, but never moves so far that rows could not be
 * followed.
 */
function nextPathPosition(t: number, elapsedMs: number): number {
  const ease = 0.25 + 3 * Math.min(t + 0.04, 1 - t);
  return Math.min(1, t + Math.min(LARGEST_STEP, (elapsedMs / DURATION_MS) * Math.max(0.25, ease)));
}

/**
 * Plays a path of bases. One frame is asked for at a time: the next position is sent only after the worker has answered
 * the last, and not faster than the screen draws. At every position the worker holds a true network.
 */
export const usePathPlayer = create<PathPlayer>()((set, get) => {
  let outstanding = false;
  let last = 0;
  let timer = 0;

  const ask = (t: number): void => {
    outstanding = true;
    last = performance.now();
    set({ wanted: t });
    useLab.getState().pathAt(t);
  };
  const open = (operation: PathOperation, phase: 'opening', wanted: number): void => {
    if (get().phase !== 'idle') return;
    const refusal = surgeryRefusal(useLab.getState().snapshots.main?.spec, operation.layer);
    if (refusal) return useLab.getState().tell('notice', 'Not on this layer', refusal);
    set({ phase, wanted });
    window.clearTimeout(timer);
    timer = window.setTimeout(
      () => get().phase === 'opening' && set({ phase: 'idle', wanted: 0 }),
      OPEN_TIMEOUT_MS,
    );
    useLab.getState().openPath(operation);
  };
  const advance = (): void => {
    const { phase, wanted } = get();
    const frame = useLab.getState().frame;
    if (outstanding || !frame) return;
    if (phase === 'paused') {
      if (Math.abs(frame.t - wanted) > 1e-6) ask(wanted);
    } else if (phase === 'playing') {
      if (frame.t >= 1) get().end(true);
      else if (reducedMotion()) ask(Math.min(1, frame.t + 1 / REDUCED_STEPS));
      else ask(nextPathPosition(frame.t, performance.now() - last));
    }
  };
  const soon = (): void => {
    if (reducedMotion() && get().phase === 'playing') window.setTimeout(advance, REDUCED_PAUSE_MS);
    else requestAnimationFrame(advance);
  };
  let afterOpening: 'playing' | 'paused' = 'playing';

  useLab.subscribe(
    (state) => state.frame,
    (frame) => {
      if (!frame) {
        outstanding = false;
        if (get().phase !== 'opening') set({ phase: 'idle', wanted: 0 });
        return;
      }
      if (get().phase === 'opening') {
        window.clearTimeout(timer);
        last = performance.now();
        set({ phase: afterOpening });
      }
      outstanding = false;
      soon();
    },
  );

  return {
    phase: 'idle',
    wanted: 0,
    run: (operation) => {
      if (get().phase === 'paused') return get().resume();
      afterOpening = 'playing';
      open(operation, 'opening', 0);
    },
    scrub: (t, operation) => {
      const { phase } = get();
      if (phase === 'idle') {
        afterOpening = 'paused';
        return open(operation, 'opening', t);
      }
      if (phase === 'closing') return;
      set({ wanted: t, phase: phase === 'opening' ? phase : 'paused' });
      soon();
    },
    pause: () => {
      if (get().phase !== 'playing') return;
      set({ phase: 'paused', wanted: useLab.getState().frame?.t ?? get().wanted });
    },
    resume: () => {
      if (get().phase !== 'paused') return;
      last = performance.now();
      set({ phase: 'playing' });
      soon();
    },
    end: (keep) => {
      if (get().phase === 'idle') return;
      set({ phase: 'closing' });
      useLab.getState().endPath(keep);
    },
  };
});

/** The operation of the key D and of the coach's button: left-partial diagonalisation of the focus layer. */
export function diagonalise(): void {
  const { ui } = useLab.getState();
  usePathPlayer.getState().run({ kind: 'left', layer: ui.focus });
}

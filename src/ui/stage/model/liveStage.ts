import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { useLab } from '../../../store/lab';
import type { LabState } from '../../../store/state';
import type { StageHover } from './highlight';
import { buildStageModel, type StageMemory, newStageMemory, shapeKey, type StageModel } from './model';

interface Live {
  model: StageModel | null;
  hover: StageHover | null;
  /** Pointer on the page, for the tooltip; null while the hover came from the keyboard. */
  pointer: { x: number; y: number } | null;
}

/**
 * What the stage shows. It is rebuilt at most once per animation frame, and only where something it shows has changed.
 */
export const liveStage = createStore<Live>()(() => ({ model: null, hover: null, pointer: null }));

export function useLiveStage<T>(select: (state: Live) => T): T {
  return useStore(liveStage, select);
}

/** Everything the model is built from. */
const sources = (state: LabState): unknown[] => [
  state.snapshots.main,
  state.sigma,
  state.gallery,
  state.frame,
  state.lastReport,
  state.configuration.theta,
  state.ui.focus,
  state.ui.studied,
  state.ui.held,
  state.ui.barMode,
  state.ui.barMode === 'mean-square' || state.snapshots.main?.spec.hidden.some((layer) => layer.paths)
    ? state.evaluations.main
    : null,
];

let memory: StageMemory = newStageMemory();
let seen: unknown[] = [];
let running: LabState['running'] = null;

/** Rebuilds the model if one of its sources changed. */
function refreshStage(): void {
  const state = useLab.getState();
  // A run that starts anew brings another `running`: all that was remembered belongs to the old one.
  if (state.running !== running) memory = newStageMemory();
  running = state.running;
  const next = sources(state);
  if (next.every((value, i) => value === seen[i])) return;
  seen = next;
  const model = buildStageModel(state, memory);
  // What was pointed at may be gone when widths change.
  const before = liveStage.getState().model;
  const same = model && before && shapeKey(model) === shapeKey(before);
  liveStage.setState(same ? { model } : { model, hover: null, pointer: null });
}

/** Removes the room that is kept for removed units, and takes the colour scales from the present values. */
export function fitStage(): void {
  memory.kept = [];
  memory.tiles = [];
  memory.scales.reset();
  seen = [];
  refreshStage();
}

/** Follows the lab; returns how to stop. */
export function followLab(): () => void {
  let asked = 0;
  refreshStage();
  const stop = useLab.subscribe(() => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      refreshStage();
    });
  });
  return () => {
    stop();
    cancelAnimationFrame(asked);
  };
}

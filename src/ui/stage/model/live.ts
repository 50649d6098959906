import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { useLab } from '../../../store/lab';
import type { LabState } from '../../../store/state';
import type { Hover } from './lit';
import { buildModel, type Memory, newMemory, shapeKey, type StageModel } from './model';

interface Live {
  model: StageModel | null;
  hover: Hover | null;
  /** Pointer on the page, for the tooltip; null while the hover came from the keyboard. */
  pointer: { x: number; y: number } | null;
}

/** What the stage shows now: rebuilt at most once per animation frame, and only when something it shows changed. */
export const live = createStore<Live>()(() => ({ model: null, hover: null, pointer: null }));

export function useLive<T>(select: (state: Live) => T): T {
  return useStore(live, select);
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

let memory: Memory = newMemory();
let seen: unknown[] = [];
let running: LabState['running'] = null;

/** Rebuilds the model if one of its sources changed. */
export function refresh(): void {
  const state = useLab.getState();
  // A run that starts anew brings another `running`: all that was remembered belongs to the old one.
  if (state.running !== running) memory = newMemory();
  running = state.running;
  const next = sources(state);
  if (next.every((value, i) => value === seen[i])) return;
  seen = next;
  const model = buildModel(state, memory);
  // What was pointed at may be gone when widths change.
  const before = live.getState().model;
  const same = model && before && shapeKey(model) === shapeKey(before);
  live.setState(same ? { model } : { model, hover: null, pointer: null });
}

/** Gives up the room kept for removed units, and takes the scales anew. */
export function fit(): void {
  memory.kept = [];
  memory.tiles = [];
  memory.scales.reset();
  seen = [];
  refresh();
}

/** Follows the lab; returns how to stop. */
export function follow(): () => void {
  let asked = 0;
  refresh();
  const stop = useLab.subscribe(() => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      refresh();
    });
  });
  return () => {
    stop();
    cancelAnimationFrame(asked);
  };
}

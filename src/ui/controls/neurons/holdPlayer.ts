import { create } from 'zustand';
import { NETWORK_LIMITS } from '../../../network/spec';
import { configuredWidths } from '../../../store/firstPaint';
import { useLab } from '../../../store/lab';
import type { LabState } from '../../../store/state';
import { surgeryRefusal } from './legality';

export type HoldKind = 'remove' | 'grow';

/**
 * The shortest time between two operations of a held button (about eight a second). The next one also waits for the
 * answer to the last.
 */
const INTERVAL_MS = 125;
/** The first repeat waits a little longer, so that a click is one. */
const FIRST_REPEAT_MS = 350;
const OPERABLE = new Set(['paused', 'resting', 'playing', 'waiting']);

interface HoldPlayer {
  /** Units removed or grown by each operation. */
  k: number;
  holding: HoldKind | null;
  setK: (k: number) => void;
  start: (kind: HoldKind) => void;
  stop: () => void;
  /** One operation, as from a key or a click. */
  once: (kind: HoldKind) => void;
}

/** Units of the focus layer now. */
export function focusLayerWidth({ snapshots, configuration, ui }: LabState): number {
  return snapshots.main?.spec.hidden.at(ui.focus)?.width ?? configuredWidths(configuration)[ui.focus];
}

const focusWidth = (): number => focusLayerWidth(useLab.getState());

/** How many of k units can be removed from a layer of that width, or grown on it. */
export function possibleChange(kind: HoldKind, k: number, width: number): number {
  return Math.max(
    0,
    Math.min(k, kind === 'remove' ? width - NETWORK_LIMITS.minWidth : NETWORK_LIMITS.maxWidth - width),
  );
}

/**
 * After this many operations a held removal takes more units at a time; at or below this width it takes k again, so that
 * the fall of accuracy near the end is seen.
 */
const HURRY_AFTER = 8;
const WALK_BELOW = 32;

/**
 * The number of units of one operation of a held button: k at first, then twice and four times k while many units are
 * left.
 */
export function unitsPerRepeat(kind: HoldKind, k: number, beats: number, width: number): number {
  if (kind === 'grow' || beats < HURRY_AFTER || width <= WALK_BELOW) return k;
  const hurried = k * (beats < 2 * HURRY_AFTER ? 2 : 4);
  return Math.max(k, Math.min(hurried, width - WALK_BELOW));
}

/**
 * The buttons − and + that repeat while they are held. All operations of one hold share a `gesture`, so that one Undo
 * takes them all back.
 */
export const useHoldToRepeat = create<HoldPlayer>()((set, get) => {
  let gesture = 0;
  let sent = 0;
  let beats = 0;
  let timer = 0;

  const send = (kind: HoldKind): boolean => {
    const lab = useLab.getState();
    const { run, ui, question, configuration } = lab;
    const { criterion, outgoing } = configuration;
    const seed = Math.floor(Math.random() * 1e6);
    const width = focusWidth();
    const count = possibleChange(kind, unitsPerRepeat(kind, get().k, beats, width), width);
    if (surgeryRefusal(lab.snapshots.main?.spec, ui.focus)) return false;
    if (count === 0 || question || !OPERABLE.has(run.status)) return false;
    sent = performance.now();
    const common = { layer: ui.focus, count };
    lab.operate(
      kind === 'remove'
        ? { kind, ...common, where: 'exact', criterion, ...(criterion === 'random' && { seed }) }
        : { kind, ...common, seed, outgoing },
      gesture,
    );
    return true;
  };

  useLab.subscribe(
    (state) => state.lastReport,
    (report) => {
      const { holding } = get();
      if (!holding) return;
      // Undone, or another kind of operation: the hold is over.
      if (report?.report.operation.kind !== holding) return get().stop();
      const wait = (beats++ === 0 ? FIRST_REPEAT_MS : INTERVAL_MS) - (performance.now() - sent);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (get().holding === holding && !send(holding)) get().stop();
      }, wait);
    },
  );
  useLab.subscribe(
    (state) => state.question ?? state.problems.length,
    () => get().stop(),
  );

  return {
    k: 1,
    holding: null,
    setK: (k) => set({ k }),
    start: (kind) => {
      gesture = Date.now();
      beats = 0;
      if (send(kind)) set({ holding: kind });
    },
    stop: () => {
      window.clearTimeout(timer);
      if (get().holding) set({ holding: null });
    },
    once: (kind) => {
      gesture = Date.now();
      beats = 0;
      send(kind);
    },
  };
});

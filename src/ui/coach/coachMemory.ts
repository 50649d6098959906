import { create } from 'zustand';
import type { Configuration } from '../../configuration/schema';
import { useLab } from '../../store/lab';

/** What the visitor has done in this session, as far as the coach's script depends on it. */
export interface CoachMemory {
  diagonalised: boolean;
  /** Accuracy before the first removal, or null. */
  accuracyBefore: number | null;
  /** Whether the accuracy after the last operation is well below that. */
  cliff: boolean;
  seenCliff: boolean;
  /** The classes step and the energy step were taken. */
  classesTried: boolean;
  energyTried: boolean;
}

const BLANK: CoachMemory = {
  diagonalised: false,
  accuracyBefore: null,
  cliff: false,
  seenCliff: false,
  classesTried: false,
  energyTried: false,
};

/** The loss of accuracy (0 … 1) from which the coach speaks of a cliff. */
const CLIFF = 0.04;

export const useCoachMemory = create<CoachMemory>()(() => BLANK);

let coached = false;
/** Runs an action of the coach, which does not count as something the visitor did unasked. */
export function runAsCoach(act: () => void): void {
  coached = true;
  act();
  coached = false;
}

/** Fields whose change by the visitor silences the coach. */
const OWN: (keyof Configuration)[] = [
  'data',
  'hidden',
  'activation',
  'oMode',
  'o',
  'psi',
  'initialisation',
  'seed',
  'lambda',
  'measure',
  'optimiser',
  'learningRate',
  'batch',
  'classes',
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Follows what the visitor does, for the coach's script, and silences the coach when the visitor does something unasked.
 * Returns how to stop.
 */
export function startCoachMemory(): () => void {
  const memory = useCoachMemory;
  const quiet = (): void => useLab.getState().setUi({ coachQuiet: true });
  const stops = [
    useLab.subscribe(
      (state) => state.lastReport,
      (last) => {
        if (!last) return memory.setState({ cliff: false });
        const { operation, accuracyBefore, accuracyAfter } = last.report;
        if (operation.kind === 'left' || operation.kind === 'full') memory.setState({ diagonalised: true });
        else if (operation.kind === 'remove') {
          const before = memory.getState().accuracyBefore ?? accuracyBefore;
          const cliff = accuracyAfter < before - CLIFF;
          memory.setState((m) => ({ accuracyBefore: before, cliff, seenCliff: m.seenCliff || cliff }));
        } else quiet();
      },
    ),
    useLab.subscribe(
      (state) => state.configuration,
      (now, before) => {
        // The worker's own answer (start, undo) also replaces the configuration: only a difference counts.
        if (coached || useLab.getState().run.status === 'starting') return;
        if (OWN.some((key) => !same(now[key], before[key]))) quiet();
      },
    ),
    useLab.subscribe(
      (state) => state.twin.kind,
      (kind) => kind !== 'off' && quiet(),
    ),
  ];
  return () => stops.forEach((stop) => stop());
}

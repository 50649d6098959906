import { create } from 'zustand';

/** What the rest of the page knows of experiments, without loading them: what runs, in the words of the bar. */
export interface ExperimentsStatus {
  /** Null while nothing is being run. */
  running: { question: string; address: string; made: number; planned: number; paused: boolean } | null;
}

export const useExperimentsStatus = create<ExperimentsStatus>(() => ({ running: null }));

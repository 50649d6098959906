import { create } from 'zustand';

/** What the bar of the lab shows of running experiments, so that it need not load the workbench. */
export interface ExperimentsStatus {
  /** Null while nothing is being run. */
  running: { question: string; address: string; made: number; planned: number; paused: boolean } | null;
}

export const useExperimentsStatus = create<ExperimentsStatus>(() => ({ running: null }));

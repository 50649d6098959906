import type { EngineId } from '../training/ids';
import type { MachineFacts, MachineRow } from './results';

/** Asks the worker to measure these engines on these networks (ids of MACHINE_NETWORKS); it measures once, then is closed. */
export interface MeasureCommand {
  engines: EngineId[];
  networks: string[];
}

/** What the worker tells while it measures. */
export type MeasureEvent =
  | { type: 'facts'; facts: MachineFacts }
  /** Number `done` of `total` measurements begins; `what` says in words which. */
  | { type: 'progress'; done: number; total: number; what: string }
  | { type: 'row'; row: MachineRow }
  | { type: 'done' };

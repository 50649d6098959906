import { create } from 'zustand';
import type { EngineId } from '../training/ids';
import { useLab } from '../store/lab';
import { workerName } from '../worker/debugAddress';
import type { MeasureEvent } from './protocol';
import type { MachineFacts, MachineRow } from './results';

/** What "Measure this machine" shows. Results stay until the next measurement begins. */
export interface MachineState {
  /** Null while nothing is being measured. */
  progress: { done: number; total: number; what: string } | null;
  facts: MachineFacts | null;
  rows: MachineRow[];
  measuredAt: Date | null;
  /** Why the last measurement ended early; null where it did not. */
  ended: string | null;
}

export const useMachine = create<MachineState>(() => ({
  progress: null,
  facts: null,
  rows: [],
  measuredAt: null,
  ended: null,
}));

let worker: Worker | null = null;
/** Lets the lab play on, if it did. */
let playOn: (() => void) | null = null;

/** Pauses the lab, whose training would take part of the machine, and waits until it stands still. */
async function pauseLab(): Promise<void> {
  const moves = (): boolean => ['playing', 'waiting'].includes(useLab.getState().run.status);
  if (!moves()) return;
  playOn = () => useLab.getState().play();
  useLab.getState().pause();
  await new Promise<void>((resolve) => {
    const stop = useLab.subscribe(() => {
      if (moves()) return;
      stop();
      resolve();
    });
  });
}

function end(why: string | null): void {
  worker?.terminate();
  worker = null;
  useMachine.setState({ progress: null, ended: why });
  playOn?.();
  playOn = null;
}

/** Measures engines on networks, on a thread of its own, while the lab pauses. */
export async function measureMachine(engines: EngineId[], networks: string[]): Promise<void> {
  if (useMachine.getState().progress) return;
  useMachine.setState({
    progress: { done: 0, total: 1, what: 'pausing the lab' },
    facts: null,
    rows: [],
    measuredAt: new Date(),
    ended: null,
  });
  await pauseLab();
  // Cancelled meanwhile.
  if (!useMachine.getState().progress) return;
  worker = new Worker(new URL('./machine.worker.ts', import.meta.url), {
    type: 'module',
    name: workerName('machine', window.location.search),
  });
  worker.onerror = (error) => {
    error.preventDefault();
    end(`The measurement stopped: ${error.message || 'its script could not be loaded.'}`);
  };
  worker.onmessage = ({ data }: MessageEvent<MeasureEvent>) => {
    switch (data.type) {
      case 'facts':
        useMachine.setState({ facts: data.facts });
        return;
      case 'progress': {
        const { done, total, what } = data;
        useMachine.setState({ progress: { done, total, what } });
        return;
      }
      case 'row':
        useMachine.setState(({ rows }) => ({ rows: [...rows, data.row] }));
        return;
      case 'done':
        end(null);
    }
  };
  worker.postMessage({ engines, networks });
}

/** Ends a measurement; what was measured stays. */
export function cancelMeasurement(): void {
  if (useMachine.getState().progress) end('Cancelled. What was measured until then:');
}

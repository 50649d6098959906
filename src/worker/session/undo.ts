import type { Configuration } from '../../configuration/schema';
import type { Matrix, ParameterTensors } from '../../network/network';
import type { RunnerState } from './runner';
import type { TwinCheckpoint } from './twin';

/** A whole session at one moment. */
export interface SessionState {
  configuration: Configuration;
  main: RunnerState;
  baseline: RunnerState;
  twin: TwinCheckpoint | null;
  /** Length of the control log and highest pin id at this moment. */
  logged: number;
  lastPin: number;
  /** Layers and the steps of their last change of width. */
  lastChange: [number, number][];
}

/** An undo step: the moment before it, and what groups further changes into it. */
export interface UndoEntry {
  moment: SessionState;
  /** Changes with the same key shortly after another join one entry ("control:lambda", "gesture:17"). */
  key: string;
  at: number;
}

const LARGEST_BYTES = 384 * 2 ** 20;
const JOIN_MS = 1500;

function tensorBytes(t: ParameterTensors | null): number {
  if (!t) return 0;
  const arrays = [...t.weights.map((w: Matrix) => w.data), ...t.biases, ...t.psi, t.o];
  return arrays.reduce((sum, a) => sum + a.byteLength, 0);
}

function runnerBytes(state: RunnerState): number {
  const { network, optimiser } = state.training;
  return tensorBytes(network.parameters) + tensorBytes(optimiser.first) + tensorBytes(optimiser.second);
}

function momentBytes({ main, baseline, twin }: SessionState): number {
  return runnerBytes(main) + runnerBytes(baseline) + (twin ? runnerBytes(twin.state) : 0);
}

/** Moments to go back to, newest last; the oldest go when memory runs short. */
export class UndoStack {
  private entries: UndoEntry[] = [];

  get depth(): number {
    return this.entries.length;
  }

  /** Whether a change with this key belongs to the newest entry; refreshes it if so. */
  joins(key: string, now: number): boolean {
    const last = this.entries.at(-1);
    if (last?.key !== key) return false;
    if (key.startsWith('control:') && now - last.at > JOIN_MS) return false;
    last.at = now;
    return true;
  }

  push(entry: UndoEntry): void {
    this.entries.push(entry);
    let bytes = this.entries.reduce((sum, e) => sum + momentBytes(e.moment), 0);
    while (bytes > LARGEST_BYTES && this.entries.length > 1) {
      const oldest = this.entries.shift();
      if (oldest) bytes -= momentBytes(oldest.moment);
    }
  }

  pop(): UndoEntry | undefined {
    return this.entries.pop();
  }
}

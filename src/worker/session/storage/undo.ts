import type { Matrix, ParameterTensors, TrainingState } from '../../../network/network';
import type { SavedRun } from '../../../run/run';
import type { TwinCheckpoint } from '../networks/twin';

/** A whole session at one moment. */
export interface SessionState {
  main: SavedRun;
  /** The linear baseline, which has the step and the batches of the main run. */
  baseline: { training: TrainingState };
  twin: TwinCheckpoint | null;
  /** Length of the log of hot settings at this moment. */
  logged: number;
  /** Highest id of a pin at this moment. */
  lastPin: number;
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

function trainingBytes({ training }: { training: TrainingState }): number {
  const { network, optimiser } = training;
  return tensorBytes(network.parameters) + tensorBytes(optimiser.first) + tensorBytes(optimiser.second);
}

function momentBytes({ main, baseline, twin }: SessionState): number {
  return trainingBytes(main) + trainingBytes(baseline) + (twin ? trainingBytes(twin.state) : 0);
}

/** Moments to go back to, newest last; the oldest go when memory runs short. */
export class UndoStack {
  private entries: UndoEntry[] = [];

  /** How many changes can be taken back. */
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

  /** Adds a moment; the oldest ones go where all of them together are too large. */
  push(entry: UndoEntry): void {
    this.entries.push(entry);
    let bytes = this.entries.reduce((sum, e) => sum + momentBytes(e.moment), 0);
    while (bytes > LARGEST_BYTES && this.entries.length > 1) {
      const oldest = this.entries.shift();
      if (oldest) bytes -= momentBytes(oldest.moment);
    }
  }

  /** Takes the newest moment off, if there is one. */
  pop(): UndoEntry | undefined {
    return this.entries.pop();
  }
}

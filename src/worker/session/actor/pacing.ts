import type { GpuTime } from '../../../training/engine';
import type { TrainingPace } from '../../protocol';

/** Watch pace: a step every this many milliseconds. */
const WATCH_MS = 1000 / 30;
/** Length of a slice of fast training; controls act at most one slice later. */
const SLICE_MS = 45;
const MOST_STEPS = 64;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port2.onmessage = () => waiting.shift()?.();

/** Lets messages in between two slices: by message channel, so that a hidden tab is not slowed. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port1.postMessage(null);
  });
}

/** How many steps the next slice takes and how long the loop may sleep before it. */
export class SlicePacer {
  /** Smoothed milliseconds per step, null until measured. */
  msPerStep: number | null = null;
  private due = 0;

  measured(ms: number, steps: number): void {
    const fresh = ms / steps;
    this.msPerStep = this.msPerStep === null ? fresh : 0.7 * this.msPerStep + 0.3 * fresh;
  }

  /** Milliseconds until the next step is due (0 = now). */
  wait(pace: TrainingPace, now: number): number {
    return pace === 'fast' ? 0 : Math.max(0, this.due - now);
  }

  /** Steps of the slice that starts now, at most `limit`. */
  steps(pace: TrainingPace, now: number, limit: number): number {
    if (pace === 'watch') {
      // Falling behind is not made up for: a slow machine simply runs slower.
      this.due = Math.max(this.due + WATCH_MS, now);
      return Math.min(1, limit);
    }
    const affordable = this.msPerStep === null ? 1 : Math.floor(SLICE_MS / Math.max(1e-3, this.msPerStep));
    return Math.max(1, Math.min(MOST_STEPS, affordable, limit));
  }

  /** Forgets what it measured (another network, another engine). */
  reset(): void {
    this.msPerStep = null;
    this.due = 0;
  }
}

/** Milliseconds a step takes on the GPU, over the last reads: timestamps are rounded, so that single ones say little. */
export class GpuTimeMeter {
  private milliseconds = 0;
  private steps = 0;

  add(time: GpuTime | null): void {
    if (!time) return;
    this.milliseconds = 0.8 * this.milliseconds + time.milliseconds;
    this.steps = 0.8 * this.steps + time.steps;
  }

  /** Null until something was timed. */
  get msPerStep(): number | null {
    return this.steps > 0 ? this.milliseconds / this.steps : null;
  }

  clear(): void {
    this.milliseconds = this.steps = 0;
  }
}

/** Steps per second over the last second or so. */
export class StepRateMeter {
  private marks: { at: number; step: number }[] = [];

  mark(at: number, step: number): void {
    this.marks.push({ at, step });
    while (this.marks.length > 2 && at - this.marks[0].at > 1200) this.marks.shift();
  }

  get stepsPerSecond(): number {
    const first = this.marks.at(0);
    const last = this.marks.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return (1000 * (last.step - first.step)) / (last.at - first.at);
  }

  clear(): void {
    this.marks = [];
  }
}

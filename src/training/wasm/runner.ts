import type { Batches } from './batches';
import { JOB } from './fields';
import type { Kernels, Loaded } from './instance';
import { LinearMemory } from './memory';
import { Pool } from './pool';
import { Resident } from './resident';

const WORTH = 1.5e6;
const PATIENCE = 4000;
/** Jobs after which the slower number of threads is tried again. */
const RETRIED = 50;

export interface WasmRunnerOptions {
  /** Whether the thread it runs on may sleep: not so a page's main thread. */
  mayWait: boolean;
  /** Milliseconds without any sign of a helper after which it is given up. */
  patience?: number;
  /** Multiply-adds of a step for which one more thread is woken. */
  worth?: number;
  /** All threads always, however slow: for tests. */
  steady?: boolean;
}

/**
 * Whether helpers are worth having now. On a busy machine a step waits at every barrier for threads that have no core, and one alone is
 * faster; results are the same either way, so that the slower way may be tried again from time to time.
 */
export class Pace {
  private alone = 0;
  private together = 0;
  private since = 0;

  /** As many as wanted, or one. */
  threads(wanted: number): number {
    if (wanted === 1) return 1;
    const helped = this.together <= this.alone || this.alone === 0;
    this.since += 1;
    // The first jobs try both; later each fiftieth tries the slower way.
    if (this.together !== 0 && this.alone === 0) return 1;
    return helped === this.since % RETRIED > 0 ? wanted : 1;
  }

  /** Time for a unit of work, which forgets what is long ago. */
  took(threads: number, wanted: number, time: number): void {
    if (wanted === 1) return;
    const now = (before: number): number => (before === 0 ? time : 0.7 * before + 0.3 * time);
    if (threads === 1) this.alone = now(this.alone);
    else this.together = now(this.together);
  }
}

/** What can be put back as it was when a thread is lost in the middle of its steps. */
interface Restorable {
  state: { at: number; bytes: number }[];
  remember: () => () => void;
}

/** Runs jobs on one memory with as many threads as there are and as are worth it. */
export class Runner {
  readonly memory: LinearMemory;
  private readonly job: number;
  private readonly pool: Pool;
  private readonly pace = new Pace();
  private scratch = { at: 0, bytes: 0 };
  private tables = { at: 0, bytes: 0 };
  private readonly most: number;
  private readonly worth: number;
  private readonly steady: boolean;

  constructor(
    private readonly loaded: Loaded,
    threads: number,
    private readonly onLost: () => void,
    { mayWait, patience = PATIENCE, worth = WORTH, steady = false }: WasmRunnerOptions,
  ) {
    this.worth = worth;
    this.steady = steady;
    this.memory = new LinearMemory(loaded.memory, loaded.maximumPages);
    this.most = threads;
    this.job = this.memory.allocate(4 * JOB.length);
    const progress = this.memory.allocate(64 * Math.max(1, threads));
    this.put({ mayWait: mayWait ? 1 : 0, patience, progress });
    this.pool = new Pool(loaded, this.job, () => this.lost());
  }

  get kernels(): Kernels {
    return this.loaded.kernels;
  }

  get threads(): number {
    return this.pool.threads;
  }

  /** Starts the helpers. */
  start(): Promise<void> {
    return this.pool.start(this.most);
  }

  private lost(): void {
    this.put({ abort: 0, arrived: 0, claim: 0 });
    this.onLost();
  }

  private put(values: Partial<Record<keyof typeof JOB.at, number>>): void {
    const { words } = this.memory;
    for (const [name, value] of Object.entries(values)) words[(this.job >> 2) + JOB.at[name as 'go']] = value;
  }

  /** A place of at least as many bytes, which is not kept. */
  private place(now: { at: number; bytes: number }, bytes: number): { at: number; bytes: number } {
    if (now.bytes >= bytes) return now;
    const at = this.memory.allocate(bytes);
    if (now.bytes) this.memory.release(now.at);
    return { at, bytes };
  }

  private prepare(
    batches: readonly Batches[],
    members: readonly Resident[],
    steps: number,
    rows: number,
    looks: boolean,
  ): void {
    const scratchBytes =
      128 + Math.max(Resident.scratchBytes(rows), ...batches.map((own) => own.scratchBytes));
    this.scratch = this.place(this.scratch, this.most * scratchBytes);
    this.tables = this.place(this.tables, 4 * (batches.length + members.length));
    const { words } = this.memory;
    const at = this.tables.at >> 2;
    batches.forEach(({ record }, i) => (words[at + i] = record));
    members.forEach(({ record }, i) => (words[at + batches.length + i] = record));
    this.put({
      ...{ steps, looks: looks ? 1 : 0, claim: 0 },
      ...{ gathers: this.tables.at, gatherCount: batches.length },
      ...{ models: this.tables.at + 4 * batches.length, modelCount: members.length },
      ...{ scratch: this.scratch.at, scratchBytes },
    });
  }

  /** K steps of all members; false where a helper was lost in the middle, and memory is as it came to be. */
  run(batches: readonly Batches[], members: readonly Resident[], steps: number, rows: number): boolean {
    this.prepare(batches, members, steps, rows, false);
    const work = members.reduce((sum, { layout }) => sum + 3 * rows * layout.parameters, 0);
    const wanted = Math.min(1 + Math.floor(work / this.worth), this.pool.threads);
    const threads = this.steady ? wanted : this.pace.threads(wanted);
    const from = performance.now();
    const sound = this.pool.run(threads);
    this.pace.took(threads, wanted, (performance.now() - from) / (steps * work));
    return sound;
  }

  /** A forward pass of all members. */
  look(batches: readonly Batches[], members: readonly Resident[]): void {
    this.prepare(batches, members, 1, 1, true);
    // Nothing is changed by looking, so it may be done again.
    if (!this.pool.run(members.length)) this.pool.run(1);
  }

  /** Takes steps such that, where a helper is lost on the way, they are taken again from where they began. */
  soundly(group: Restorable, act: () => boolean): void {
    if (this.threads === 1) {
      act();
      return;
    }
    const kept = group.state.map(({ at, bytes }) => this.memory.floatsAt(at, bytes / 4).slice());
    const restore = group.remember();
    if (act()) return;
    const places = group.state;
    kept.forEach((floats, m) => this.memory.floatsAt(places[m].at, floats.length).set(floats));
    restore();
    act();
  }

  killHelper(): void {
    this.pool.killHelper();
  }

  dispose(): void {
    this.pool.dispose();
  }
}

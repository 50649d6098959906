import { errorMessage } from '../../../base/errorMessage';
import type { Worker } from 'node:worker_threads';
import type { DatasetLoader } from '../../../experiments/datasetCache';
import type { Trial, TrialResult } from '../../../experiments/types';
import { Failure } from '../../failure';
import type { ThreadCommand, ThreadEvent } from './protocol';
import { SharedDatasets } from './sharedData';

/** A run whose threads ended this often under it is not tried again. */
const MOST_TRIES = 2;

export interface PoolOptions {
  /** Runs that train together, in the order in which they are begun. */
  groups: readonly (readonly Trial[])[];
  /** Threads at most. */
  jobs: number;
  load: DatasetLoader;
  /** Starts a thread. */
  start: () => Worker;
  /** Told, in words, of threads that ended. */
  say: (text: string) => void;
}

/** A thread and what it is doing. */
interface Thread {
  worker: Worker;
  ready: boolean;
  /** Runs it was given and has not told of. */
  left: readonly Trial[];
  /** Why it ended, where it has said so. */
  reason: string;
}

/**
 * Makes runs on threads of this process, each with an engine of its own, and yields each as it is finished. What comes out of a run does not
 * depend on the thread, or on how many there are; only the order does. Runs of a thread that ends by itself are begun again on another. Throws
 * a Failure where an engine or data cannot be had, and at the end where runs took their thread with them twice: all others are made by then.
 */
export async function* runInThreads(options: PoolOptions): AsyncGenerator<TrialResult, void, undefined> {
  const pool = new ThreadPool(options);
  try {
    for (;;) {
      const result = await pool.next();
      if (result === null) return;
      yield result;
    }
  } finally {
    await pool.end();
  }
}

class ThreadPool {
  private readonly waiting: (readonly Trial[])[];
  private readonly threads = new Set<Thread>();
  private readonly finished: TrialResult[] = [];
  private readonly tries = new Map<string, number>();
  private readonly lost: { trial: string; reason: string }[] = [];
  private readonly data: SharedDatasets;
  private failure: Failure | null = null;
  private wake: () => void = () => undefined;

  constructor(private readonly options: PoolOptions) {
    this.waiting = [...options.groups];
    this.data = new SharedDatasets(options.load);
    const threads = Math.min(options.jobs, this.waiting.length);
    for (let i = 0; i < threads; i++) this.startThread();
    // The first data are on their way while threads start; what goes wrong is told when they are asked for.
    if (threads > 0) this.data.of(this.waiting[0][0].configuration).catch(() => undefined);
  }

  /** The next finished run; null where all have been made. */
  async next(): Promise<TrialResult | null> {
    for (;;) {
      const result = this.finished.shift();
      if (result) return result;
      if (this.failure) throw this.failure;
      if (this.threads.size === 0) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.lost.length === 0) return null;
    const names = this.lost.map(({ trial }) => trial).join('; ');
    throw new Failure(
      `${this.lost.length} runs could not be made, as the threads they ran on ended (${this.lost[0].reason}): ${names}. All others are there.`,
    );
  }

  /** Ends all threads. */
  async end(): Promise<void> {
    const threads = [...this.threads];
    this.threads.clear();
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private startThread(): void {
    const thread: Thread = {
      worker: this.options.start(),
      ready: false,
      left: [],
      reason: 'no reason given',
    };
    this.threads.add(thread);
    thread.worker
      .on('message', (event: ThreadEvent) => this.hear(thread, event))
      .on('error', (error) => (thread.reason = errorMessage(error)))
      .on('exit', () => this.ended(thread));
  }

  private hear(thread: Thread, event: ThreadEvent): void {
    switch (event.type) {
      case 'ready':
      case 'done':
        thread.ready = true;
        this.giveWork(thread);
        break;
      case 'data':
        void this.bring(thread, event);
        return;
      case 'result':
        thread.left = thread.left.filter(({ id }) => id !== event.result.trial);
        this.finished.push(event.result);
        break;
      case 'failed':
        this.failure ??= new Failure(event.message);
    }
    this.wake();
  }

  private async bring({ worker }: Thread, asked: Extract<ThreadEvent, { type: 'data' }>): Promise<void> {
    const { number, wanted } = asked;
    const answer = await this.data.of(wanted).then(
      (source): ThreadCommand => ({ type: 'data', number, source }),
      (error: unknown): ThreadCommand => ({ type: 'no data', number, message: errorMessage(error) }),
    );
    worker.postMessage(answer);
  }

  /** The next group for a thread that has nothing to do; it ends where there is none. */
  private giveWork(thread: Thread): void {
    const trials = this.waiting.shift();
    if (trials) {
      thread.left = trials;
      const command: ThreadCommand = { type: 'run', trials };
      thread.worker.postMessage(command);
      return;
    }
    this.threads.delete(thread);
    void thread.worker.terminate();
  }

  /** A thread has ended by itself: what it has not told of is begun again, each run for itself. */
  private ended(thread: Thread): void {
    if (!this.threads.delete(thread)) return;
    const { ready, reason } = thread;
    if (!ready) this.failure ??= new Failure(`A thread could not be started: ${reason}.`);
    for (const trial of thread.left) {
      const tries = (this.tries.get(trial.id) ?? 0) + 1;
      this.tries.set(trial.id, tries);
      if (tries < MOST_TRIES) this.waiting.unshift([trial]);
      else this.lost.push({ trial: trial.id, reason });
    }
    if (ready) this.options.say(`A thread ended by itself (${reason}). Its runs are begun again on another.`);
    if (!this.failure && this.waiting.length > 0) this.startThread();
    this.wake();
  }
}

import type { Loaded } from './instance';

/** Most threads a pool has: a job's first word has room for no more, and networks of the lab do not fill them. */
const MOST_THREADS = 16;
/** How long opening waits for helpers to report, in milliseconds; those that are late join later. */
const LATEST = 2000;

/**
 * What a helper thread runs, in a worker of Node or of the browser: it reports and then never returns from the kernels' `work`. Text, since
 * the two load files in different ways and neither need load any.
 */
const SOURCE = `
const begin = ({ module, memory, job, thread, seen }, ready) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, now: () => performance.now() } });
  ready();
  exports.work(job, thread, seen);
};
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads');
  begin(workerData, () => parentPort.postMessage('ready'));
} else self.onmessage = ({ data }) => begin(data, () => self.postMessage('ready'));
`;

interface Begin {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  job: number;
  thread: number;
  seen: number;
}

/** A helper thread as the pool sees it. */
export interface Helper {
  end: () => void;
}

type NodeWorkers = typeof import('node:worker_threads');
const nodeWorkers = (): NodeWorkers | null =>
  typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function'
    ? null
    : process.getBuiltinModule('node:worker_threads');

function startHelper(begin: Begin, onReady: () => void, onEnd: () => void): Helper {
  const node = nodeWorkers();
  if (node) {
    const worker = new node.Worker(SOURCE, { eval: true, workerData: begin });
    worker.on('message', onReady).on('error', onEnd).on('exit', onEnd);
    // A sleeping helper keeps no process alive.
    worker.unref();
    return { end: () => void worker.terminate() };
  }
  const url = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onmessage = () => {
    URL.revokeObjectURL(url);
    onReady();
  };
  worker.onerror = onEnd;
  worker.postMessage(begin);
  return { end: () => worker.terminate() };
}

/** Whether threads can share a memory here: always in Node, in browsers where the page is isolated. */
export const canShare = (): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && (nodeWorkers() !== null || globalThis.crossOriginIsolated);

/** Threads worth having here: all cores of two, otherwise one is left to the page. */
export function usefulThreads(): number {
  const { navigator } = globalThis as { navigator?: Partial<Navigator> };
  const cores = nodeWorkers()
    ? process.getBuiltinModule('node:os').availableParallelism()
    : (navigator?.hardwareConcurrency ?? 1);
  return Math.max(1, Math.min(MOST_THREADS, cores > 2 ? cores - 1 : cores));
}

/** Helper threads that share a memory and take part in jobs; the caller is thread 0 of each. */
export class Pool {
  private helpers: Helper[] = [];
  private ready = 0;
  private number = 0;
  private broken = false;

  constructor(
    private readonly loaded: Loaded,
    /** Address of the job. */
    private readonly job: number,
    /** Called where a helper ends by itself. */
    private readonly onLost: () => void = () => undefined,
  ) {}

  /** Threads that take part in a job now. */
  get threads(): number {
    return 1 + this.ready;
  }

  /** Starts helpers until there are `threads` threads; resolves when they have reported, or the time is up. */
  async start(threads: number): Promise<void> {
    const { module, memory } = this.loaded;
    const { job } = this;
    const reported = Array.from(
      { length: Math.max(0, threads - 1 - this.helpers.length) },
      () =>
        new Promise<boolean>((resolve) => {
          const thread = 1 + this.helpers.length;
          const helper = startHelper(
            { module, memory, job, thread, seen: 0 },
            () => resolve(true),
            () => {
              resolve(false);
              if (this.helpers.includes(helper)) this.lose();
            },
          );
          this.helpers.push(helper);
        }),
    );
    // They are numbered, so that one can take part only when those before it do.
    const inOrder = (async () => {
      for (const one of reported)
        if (await one) this.ready += 1;
        else return;
    })();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LATEST)));
    await Promise.race([inOrder, late]);
    clearTimeout(timer);
  }

  /** Runs the job with at most `most` threads; false where a helper stopped moving in the middle: the pool is then empty. */
  run(most: number): boolean {
    const { kernels, memory } = this.loaded;
    const threads = Math.max(1, Math.min(most, this.threads));
    if (threads === 1) return kernels.run(this.job, 0, 1) === 1;
    this.number = (this.number + 1) % 2 ** 22;
    this.signal(memory, (this.number << 8) | threads);
    if (kernels.run(this.job, 0, threads) === 1) return true;
    this.lose();
    return false;
  }

  private signal(memory: WebAssembly.Memory, word: number): void {
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, this.job >> 2, word);
    Atomics.notify(words, this.job >> 2);
  }

  /** Ends one helper without a word: for tests. */
  killHelper(): void {
    this.helpers[0]?.end();
  }

  private lose(): void {
    if (this.broken) return;
    this.broken = true;
    this.dispose();
    this.onLost();
  }

  /** Ends all helpers; jobs go on with one thread. */
  dispose(): void {
    const { helpers } = this;
    this.helpers = [];
    this.ready = 0;
    helpers.forEach(({ end }) => end());
  }
}

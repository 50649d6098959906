import type { DataSource } from '../../data/source';
import type { TrainingState } from '../../network/network';
import type { Engine, EngineInfo, GroupBatching } from '../engine';
import { WasmGroup } from './group';
import { peakGflops, type Loaded } from './instance';
import { WasmModel } from './model';
import { Runner, type WasmRunnerOptions } from './runner';

const LABEL = 'WebAssembly (compiled)';
const BUILD_NAMES = { simd: 'SIMD', relaxed: 'relaxed SIMD' } as const;

export interface WasmEngineOptions extends WasmRunnerOptions {
  threads: number;
  /** Where what happens outside any call is told. */
  report: (message: string, title?: string) => void;
}

/** The compiled engine on the CPU: networks in one linear memory, trained by WebAssembly kernels on one or more threads. */
export class WasmEngine implements Engine {
  readonly modelAxis = true;
  /** Memory and threads of one's own are never lost as a device is. */
  readonly lost: Promise<string> = new Promise(() => undefined);
  private readonly runner: Runner;
  private readonly groups = new Set<WasmGroup>();
  private disposed = false;

  constructor(
    private readonly loaded: Loaded,
    { threads, report, ...how }: WasmEngineOptions,
  ) {
    const lost = (): void =>
      report(
        'Training went back to its last sound moment and goes on with one thread; nothing was lost. Choose the engine anew for all threads.',
        'A helper thread of the engine stopped',
      );
    this.runner = new Runner(loaded, threads, lost, how);
  }

  /** Starts the helper threads; without it, and until they are there, one thread does all. */
  start(): Promise<void> {
    return this.runner.start();
  }

  /** Threads that train now. */
  get threads(): number {
    return this.runner.threads;
  }

  get info(): EngineInfo {
    const { threads } = this;
    const count = threads === 1 ? 'one thread' : `${threads} threads`;
    const adapter = `CPU, ${count}, ${BUILD_NAMES[this.loaded.build]}`;
    return { id: 'parsimony-wasm', label: LABEL, adapter, software: false, threads };
  }

  /** Bytes of its memory that networks and what they need take. */
  get memoryUsed(): number {
    return this.runner.memory.used;
  }

  /** Ends one helper without a word, as a crash would: for tests. */
  killHelper(): void {
    this.runner.killHelper();
  }

  /** GFLOP/s of multiply-adds in registers alone on one thread. */
  peakGflops(): number {
    return peakGflops(this.loaded.kernels);
  }

  createModel(state: TrainingState, data: DataSource): WasmModel {
    return new WasmModel(this.createGroup([state], data));
  }

  createGroup(states: readonly TrainingState[], data: DataSource, options: GroupBatching = {}): WasmGroup {
    const group = new WasmGroup(this.runner, states, data, options, (gone) => this.groups.delete(gone));
    this.groups.add(group);
    return group;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const group of [...this.groups]) group.dispose();
    this.runner.dispose();
  }
}

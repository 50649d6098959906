import type { EngineId } from '../../training/ids';
import type { Engine } from '../../training/engine';
import { openBundled } from './nodeEngine';

/** An engine as the command line offers it. */
export interface ShellEngine {
  /** Its id in results: those of another engine are never mixed with its own. */
  id: EngineId;
  about: string;
  /** Where it runs: in threads of this process, in this process, or in a headless browser. */
  runsIn: 'threads' | 'process' | 'browser';
  /** Whether tfjs must be bundled for Node before it can be opened. */
  bundled?: boolean;
  /** Runs of a thread that train at once, at most. */
  models: number;
}

/** The engines by the names `--engine` takes. */
export const SHELL_ENGINES = {
  wasm: {
    id: 'parsimony-wasm',
    about: 'the compiled WebAssembly engine in Node, on all cores',
    runsIn: 'threads',
    models: 1,
  },
  tfjs: {
    id: 'tfjs-wasm',
    about: 'tfjs on WebAssembly in Node, on all cores',
    runsIn: 'threads',
    bundled: true,
    models: 1,
  },
  cpu: {
    id: 'tfjs-cpu',
    about: 'plain JavaScript in Node, slow',
    runsIn: 'threads',
    bundled: true,
    models: 1,
  },
  webgpu: {
    id: 'parsimony-webgpu',
    about: 'the compiled WebGPU engine in Node, on a graphics card',
    runsIn: 'process',
    models: 16,
  },
  browser: {
    id: 'parsimony-webgpu',
    about: 'the compiled WebGPU engine in a headless Chromium',
    runsIn: 'browser',
    models: 16,
  },
} as const satisfies Record<string, ShellEngine>;

export type ShellEngineName = keyof typeof SHELL_ENGINES;

/** The engine of that name; with the type all of them have. */
export const shellEngine = (name: ShellEngineName): ShellEngine => SHELL_ENGINES[name];

/**
 * Opens an engine of threads, in the thread that calls; `bundle` is where tfjs lies bundled, for those that want it. The compiled engine has
 * one thread, since every core has a run of its own, and its plain SIMD build, which rounds alike on every processor: shards that were made
 * on different machines are equal.
 */
export async function openThreadEngine(name: ShellEngineName, bundle: string | null): Promise<Engine> {
  if (name === 'wasm') {
    const { openCompiledWasm } = await import('../../training/wasm/open');
    return openCompiledWasm(() => undefined, { build: 'simd', threads: 1 });
  }
  if (bundle === null) throw new Error(`${name} was to be opened without its bundle.`);
  return openBundled(bundle, name === 'cpu' ? 'cpu' : 'wasm');
}

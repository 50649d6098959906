import { WasmEngine } from './engine';
import { load, supports, type WasmBuild } from './instance';
import { canShare, usefulThreads } from './pool';
import type { WasmRunnerOptions } from './runner';

export interface OpenWasmOptions extends Partial<WasmRunnerOptions> {
  /** Plain SIMD rounds alike on every processor; relaxed SIMD is faster where there is any. The fastest where left out. */
  build?: WasmBuild;
  /** Pages of 64 KiB its memory may have; as many as the device gives, up to 2 GiB, where left out. */
  maximumPages?: number;
  /** Threads, the caller's among them; as many as are useful where left out. */
  threads?: number;
}

/** Whether the thread this runs on may sleep until another wakes it: all but the main thread of a page. */
const mayWait = (): boolean => typeof document === 'undefined';

/** Opens the compiled WebAssembly engine. Throws, in words, where WebAssembly here has no SIMD. */
export async function openCompiledWasm(
  report: (message: string, title?: string) => void,
  { build, threads, maximumPages, ...how }: OpenWasmOptions = {},
): Promise<WasmEngine> {
  const wanted = canShare() ? (threads ?? usefulThreads()) : 1;
  const loaded = await load(build ?? (supports('relaxed') ? 'relaxed' : 'simd'), wanted > 1, maximumPages);
  const engine = new WasmEngine(loaded, { threads: wanted, report, mayWait: mayWait(), ...how });
  await engine.start();
  return engine;
}

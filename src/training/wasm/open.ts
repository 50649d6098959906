import { WasmEngine } from './engine';
import { load, supports, type BuildId } from './instance';
import { canShare, usefulThreads } from './pool';

export interface OpenWasmOptions {
  /** Plain SIMD rounds alike on every processor; relaxed SIMD is faster where there is any. The fastest where left out. */
  build?: BuildId;
  /** Threads, the caller's among them; as many as are useful where left out. */
  threads?: number;
  patience?: number;
}

/** Whether the thread this runs on may sleep until another wakes it: all but the main thread of a page. */
const mayWait = (): boolean => typeof document === 'undefined';

/** Opens the compiled WebAssembly engine. Throws, in words, where WebAssembly here has no SIMD. */
export async function openCompiledWasm(
  report: (message: string) => void,
  { build, threads, patience }: OpenWasmOptions = {},
): Promise<WasmEngine> {
  const wanted = canShare() ? (threads ?? usefulThreads()) : 1;
  const loaded = await load(build ?? (supports('relaxed') ? 'relaxed' : 'simd'), wanted > 1);
  const engine = new WasmEngine(loaded, { threads: wanted, report, mayWait: mayWait(), patience });
  await engine.start();
  return engine;
}

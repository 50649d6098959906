/** The kernels' exports (assembly/run.ts); addresses are bytes in linear memory. */
export interface Kernels {
  run: (job: number, thread: number, threads: number) => number;
  transposeWeights: (part: number, from: number, to: number) => void;
  convolutionPanels: (layer: number, from: number, to: number) => void;
  peak: (count: number) => number;
}

/** The builds there are: plain SIMD rounds alike everywhere, relaxed SIMD fuses multiply and add where the processor does. */
export const WASM_BUILDS = ['simd', 'relaxed'] as const;
export type WasmBuild = (typeof WASM_BUILDS)[number];

/** Pages of 64 KiB that memories are asked for, the largest first: some devices have no 2 GiB of addresses in a row. */
const MAXIMUM_PAGES = [32768, 16384, 8192];

const binaryOf = async (build: WasmBuild): Promise<Uint8Array<ArrayBuffer>> => {
  const text =
    build === 'relaxed'
      ? (await import('./built/relaxed')).RELAXED_BINARY
      : (await import('./built/simd')).SIMD_BINARY;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
};

/** Smallest modules with one instruction of each kind: v128.const, and f32x4.relaxed_madd. */
const HEAD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10];
const ZERO = [253, 12, ...Array<number>(16).fill(0)];
const moduleOf = (body: number[]): Uint8Array<ArrayBuffer> => {
  const code = [0, ...body, 26, 11];
  return Uint8Array.from([...HEAD, code.length + 2, 1, code.length, ...code]);
};
const PROBES: Record<WasmBuild, Uint8Array<ArrayBuffer>> = {
  simd: moduleOf(ZERO),
  relaxed: moduleOf([...ZERO, ...ZERO, ...ZERO, 253, 133, 2]),
};

/** Whether this browser or Node runs a build. */
export const supports = (build: WasmBuild): boolean => WebAssembly.validate(PROBES[build]);

/**
 * The bytes of a binary with its memory import unshared. Kernels are compiled for shared memory; where there is none the one flag in the
 * import's limits is all that differs (atomics are valid on either, and one thread never waits).
 */
export function unshared(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = binary.slice();
  // "memory", kind 2 (a memory), limits: 3 shared with a maximum, 1 with a maximum alone.
  const name = Array.from(new TextEncoder().encode('memory'));
  const at = copy.findIndex((_, i) => name.every((c, k) => copy[i + k] === c) && copy[i + 6] === 2);
  if (at < 0 || copy[at + 7] !== 3) throw new Error('The kernels import no shared memory.');
  copy[at + 7] = 1;
  return copy;
}

/** The maximum in the import's limits must not be below the memory's own. */
function newMemory(shared: boolean, most?: number): { memory: WebAssembly.Memory; maximum: number } {
  let failure: unknown = null;
  for (const maximum of most ? [most] : MAXIMUM_PAGES)
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared }), maximum };
    } catch (error) {
      failure = error;
    }
  throw new Error('This device has no memory left for WebAssembly.', { cause: failure });
}

export interface Loaded {
  build: WasmBuild;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  maximumPages: number;
  kernels: Kernels;
}

/** The imports of the kernels. */
const importsOf = (memory: WebAssembly.Memory): WebAssembly.Imports => ({
  env: { memory, now: () => performance.now() },
});

/** Compiles a build on a memory of its own. Throws in words where WebAssembly here has no SIMD. */
export async function load(build: WasmBuild, shared: boolean, maximumPages?: number): Promise<Loaded> {
  if (!supports('simd')) throw new Error('WebAssembly has no SIMD here, which the compiled engine needs.');
  const bytes = await binaryOf(build);
  const { memory, maximum } = newMemory(shared, maximumPages);
  const module = await WebAssembly.compile(shared ? bytes : unshared(bytes));
  const { exports } = await WebAssembly.instantiate(module, importsOf(memory));
  return { build, module, memory, maximumPages: maximum, kernels: exports as unknown as Kernels };
}

/** GFLOP/s of multiply-adds in registers alone, on one thread: the peak in a build's instruction set, best of several short runs. */
export function peakGflops({ peak }: Kernels): number {
  let best = 0;
  for (let i = 0; i < 8; i++) {
    const count = 400_000;
    const from = performance.now();
    peak(count);
    best = Math.max(best, (2 * 4 * 12 * count) / (performance.now() - from) / 1e6);
  }
  return best;
}

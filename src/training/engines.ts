import type { EngineId } from './ids';

/** An engine as menus and messages name it; how it is opened is the worker's business (training/chooseEngine.ts). */
export interface EngineEntry {
  id: EngineId;
  label: string;
  describe: string;
}

/** All engines, in the order `auto` tries them: what works everywhere first, as the mark to beat. */
export const ENGINES = [
  {
    id: 'parsimony-wasm',
    label: 'WebAssembly (compiled)',
    describe:
      'On the CPU, a whole step in our own SIMD kernels, on several cores where the page may share memory.',
  },
  {
    id: 'parsimony-webgpu',
    label: 'WebGPU (compiled)',
    describe: 'On the graphics card through WebGPU, a whole step compiled to a short list of dispatches.',
  },
  {
    id: 'tfjs-wasm',
    label: 'WebAssembly (tfjs)',
    describe: 'On the CPU through tfjs, one thread. For browsers whose WebAssembly has no SIMD.',
  },
  {
    id: 'tfjs-webgpu',
    label: 'WebGPU (tfjs)',
    describe: 'On the graphics card through WebGPU.',
  },
  {
    id: 'tfjs-webgl',
    label: 'WebGL (tfjs)',
    describe: 'On the graphics card through WebGL 2, for browsers without WebGPU.',
  },
  {
    id: 'tfjs-cpu',
    label: 'CPU (tfjs)',
    describe: 'Plain JavaScript on the CPU: slow and dependable, where nothing else works.',
  },
] as const satisfies readonly EngineEntry[];

/** The name of an engine. */
export function engineLabel(id: EngineId): string {
  return ENGINES.find((entry) => entry.id === id)?.label ?? id;
}

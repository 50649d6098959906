import { z } from 'zod';

/** The engines of the lab (training/engines.ts), as configurations and links name them; `auto` measures and takes the fastest. */
export const engineId = z.enum([
  'auto',
  'parsimony-wasm',
  'parsimony-webgpu',
  'tfjs-webgpu',
  'tfjs-webgl',
  'tfjs-wasm',
  'tfjs-cpu',
]);
export type EngineChoice = z.infer<typeof engineId>;
/** A concrete engine, as shown in the bar. */
export type EngineId = Exclude<EngineChoice, 'auto'>;

import { expect, it } from 'vitest';
import { RELAXED_BINARY as relaxed } from '../src/training/wasm/built/relaxed';
import { SIMD_BINARY as simd } from '../src/training/wasm/built/simd';
import { compileBuild } from './compileWasm';

it.each([
  ['simd', simd],
  ['relaxed', relaxed],
] as const)(
  'the %s build that is committed is what its source gives (else: npm run wasm)',
  async (build, committed) => {
    const binary = await compileBuild(build);
    expect(Buffer.from(binary).toString('base64') === committed).toBe(true);
  },
);

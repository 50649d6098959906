import { affine, WASM_TILES } from '../../../layers/affine.wasm';
import { CONVOLUTION } from '../../../layers/convolution.wasm';
import { ENERGY } from '../../../layers/energy.wasm';
import { MERGE_PATHS } from '../../../layers/merge.wasm';
import { SOFTMAX } from '../../../layers/softmaxCrossEntropy.wasm';
import type { WasmBuild } from '../instance';
import { fieldGetters } from '../fields';
import { activationKernels } from './activations';
import { GATHER_ROWS } from './gather';
import { maths } from './maths';
import { ROWS } from './rows';
import { RUN } from './run';
import { UPDATE } from './update';

/** All kernels of a build, in AssemblyScript. */
export function program(build: WasmBuild): string {
  return [
    fieldGetters(),
    maths(build === 'relaxed'),
    activationKernels(),
    ENERGY,
    SOFTMAX,
    MERGE_PATHS,
    UPDATE,
    affine(WASM_TILES[build]),
    CONVOLUTION,
    ROWS,
    GATHER_ROWS,
    RUN,
  ].join('\n');
}

import { HALF_SQUARE } from './halfSquare';
import { ISOTROPIC_TANH } from './isotropicTanh';
import { RELU } from './relu';
import { SIGMOID } from './sigmoid';
import { SOFTPLUS } from './softplus';
import { TANH } from './tanh';
import type { Activation } from './types';

/**
 * All activations, in the order of menus. A new one is a file beside this and a line here: kernels, engines, menus, addresses, files and
 * tests follow from it, after `npm run wasm` has compiled its kernels. They ask by the functions of lookup.ts.
 */
export const ACTIVATION_REGISTRY = [
  ISOTROPIC_TANH,
  TANH,
  RELU,
  SIGMOID,
  SOFTPLUS,
  HALF_SQUARE,
] as const satisfies readonly Activation[];

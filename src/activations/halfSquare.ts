import type { ElementwiseActivation } from './types';

/** ½z², kinetic energy with z as a velocity. */
export const HALF_SQUARE = {
  kind: 'elementwise',
  id: 'half-square',
  label: 'Half square',
  name: '½z²',
  pathName: '½z²',
  describe: 'f(z)ᵢ = ½zᵢ²: as kinetic energy is of a velocity.',
  ofNetworks: false,
  notHomogeneous:
    'is ½z², which quadruples where its input doubles, so scaling its units changes the function.',
  needs: ['z'],
  value: (z) => 0.5 * z * z,
  slope: (z) => z,
  tensor: (tf, z) => tf.mul(tf.square(z), 0.5),
  wgsl: { functions: [], value: (z) => `0.5 * ${z} * ${z}`, backward: (d, z) => `${d} * ${z}` },
  wasm: { functions: [], value: 'f32x4.mul(splat(0.5), f32x4.mul(z, z))', slope: 'z' },
} as const satisfies ElementwiseActivation;

import type { ElementwiseActivation } from './types';

/** ReLU; its slope at 0 is 0. */
export const RELU = {
  kind: 'elementwise',
  id: 'relu',
  label: 'ReLU',
  name: 'ReLU',
  pathName: 'ReLU',
  describe: 'f(z)ᵢ = max(0, zᵢ). Scale-homogeneous: λ bites at once, and rescaling is free.',
  ofNetworks: true,
  notHomogeneous: null,
  needs: ['h'],
  value: (z) => (z > 0 ? z : 0),
  slope: (_z, h) => (h > 0 ? 1 : 0),
  tensor: (tf, z) => tf.relu(z),
  wgsl: {
    functions: [],
    value: (z) => `max(${z}, vec4f())`,
    backward: (d, _z, h) => `select(vec4f(), ${d}, ${h} > vec4f())`,
  },
  wasm: {
    functions: [],
    // Not max, which would turn −0 and NaN into something else than z > 0 ? z : 0 does.
    value: 'v128.and(z, f32x4.gt(z, splat(0.0)))',
    slope: 'v128.and(splat(1.0), f32x4.gt(z, splat(0.0)))',
  },
} as const satisfies ElementwiseActivation;

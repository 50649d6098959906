import { ISOTROPIC_TANH_WGSL } from './isotropicTanh';
import type { ElementwiseActivation } from './types';

/** WGSL: tanh z as z·tanh(|z|)/|z|, so that it has the branches of isotropic tanh and small values keep their digits. */
const ELEMENTWISE_TANH_WGSL = `
fn elementwiseTanh(z: vec4f) -> vec4f { return z * isotropicTanhScale(z * z); }`;

export const TANH = {
  kind: 'elementwise',
  id: 'tanh',
  label: 'Elementwise tanh',
  name: 'elementwise tanh',
  pathName: 'tanh',
  describe: 'f(z)ᵢ = tanh zᵢ: each unit on its own. The control for every structural claim.',
  ofNetworks: true,
  notHomogeneous:
    'is tanh, which saturates: twice its input is not twice its output, so scaling its units changes the function.',
  needs: ['h'],
  value: Math.tanh,
  slope: (_z, h) => 1 - h * h,
  tensor: (tf, z) => tf.tanh(z),
  wgsl: {
    functions: [ISOTROPIC_TANH_WGSL, ELEMENTWISE_TANH_WGSL],
    value: (z) => `elementwiseTanh(${z})`,
    backward: (d, _z, h) => `${d} * (1.0 - ${h} * ${h})`,
  },
  wasm: { functions: [], value: 'tanh4(z)', slope: 'f32x4.sub(splat(1.0), f32x4.mul(h, h))' },
} as const satisfies ElementwiseActivation;

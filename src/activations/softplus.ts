import { SIGMOID_WASM } from './sigmoid';
import type { ElementwiseActivation } from './types';

/** WGSL: log(1 + e^z) from e = e^(−|z|), which neither overflows nor loses the tail, and its slope 1 − e^(−h) from its value h. */
const SOFTPLUS_WGSL = `
fn softplus(z: vec4f) -> vec4f {
  let e = exp(-abs(z));
  let series = e * (1.0 - e * (0.5 - e * (${1 / 3} - 0.25 * e)));
  return max(z, vec4f()) + select(log(1.0 + e), series, e < vec4f(0.03));
}
fn softplusSlope(h: vec4f) -> vec4f {
  let series = h * (1.0 - h * (0.5 - h * (${1 / 6} - h * ${1 / 24})));
  return select(1.0 - exp(-h), series, h < vec4f(0.06));
}`;

export const SOFTPLUS = {
  kind: 'elementwise',
  id: 'softplus',
  label: 'Softplus',
  name: 'softplus',
  pathName: 'softplus',
  describe: 'f(z)ᵢ = log(1 + e^zᵢ): a ReLU without a corner.',
  ofNetworks: false,
  notHomogeneous:
    'is softplus, which is curved near 0: twice its input is not twice its output, so scaling its units changes the function.',
  needs: ['h'],
  value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  slope: (_z, h) => -Math.expm1(-h),
  tensor: (tf, z) => tf.softplus(z),
  wgsl: {
    functions: [SOFTPLUS_WGSL],
    value: (z) => `softplus(${z})`,
    backward: (d, _z, h) => `${d} * softplusSlope(${h})`,
  },
  wasm: {
    functions: [SIGMOID_WASM],
    value: 'f32x4.add(f32x4.max(z, splat(0.0)), log1p4(exp4(f32x4.neg(f32x4.abs(z)))))',
    // Of z, which the WebAssembly engine keeps in any case: there is no expm1 for four floats.
    slope: 'sigmoid4(z)',
  },
} as const satisfies ElementwiseActivation;

import type { ElementwiseActivation } from './types';

/** WGSL: 1/(1 + e^(−z)) from e = e^(−|z|), which neither overflows nor loses the tail. */
const SIGMOID_WGSL = `
fn sigmoid(z: vec4f) -> vec4f {
  let e = exp(-abs(z));
  return select(vec4f(1.0), e, z < vec4f()) / (1.0 + e);
}`;

/** AssemblyScript: the same. */
export const SIGMOID_WASM = `
@inline function sigmoid4(z: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(z)));
  const top = v128.bitselect(e, splat(1.0), f32x4.lt(z, splat(0.0)));
  return f32x4.div(top, f32x4.add(splat(1.0), e));
}`;

export const SIGMOID = {
  kind: 'elementwise',
  id: 'sigmoid',
  label: 'Sigmoid',
  name: 'sigmoid',
  pathName: 'sigmoid',
  describe: 'f(z)ᵢ = 1/(1 + e^(−zᵢ)): between 0 and 1, a gate.',
  ofNetworks: false,
  notHomogeneous:
    'is sigmoid, which saturates: twice its input is not twice its output, so scaling its units changes the function.',
  needs: ['h'],
  value: (z) => (z < 0 ? Math.exp(z) : 1) / (1 + Math.exp(-Math.abs(z))),
  slope: (_z, h) => h * (1 - h),
  tensor: (tf, z) => tf.sigmoid(z),
  wgsl: {
    functions: [SIGMOID_WGSL],
    value: (z) => `sigmoid(${z})`,
    backward: (d, _z, h) => `${d} * ${h} * (1.0 - ${h})`,
  },
  wasm: {
    functions: [SIGMOID_WASM],
    value: 'sigmoid4(z)',
    slope: 'f32x4.mul(h, f32x4.sub(splat(1.0), h))',
  },
} as const satisfies ElementwiseActivation;

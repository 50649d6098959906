import type { ActivationId, ElementwiseId } from './lookup';
import type { ElementwiseActivation, IsotropicActivation } from './types';

/**
 * Activations that the lab does not have, by which tests show that one is a file and a line in the registry. They are chosen to need what
 * those of the lab do not: a scale that is 0 for short z, so that z is not h/s; values other than 0 at 0; slopes that only z tells.
 */
export const THRESHOLD_LENGTH = {
  kind: 'isotropic',
  id: 'isotropic-threshold',
  label: 'Isotropic threshold',
  name: 'isotropic threshold',
  describe: 'f(z) = t²·z with t = max(0, 1 − 1/√q): nothing where √q < 1.',
  ofNetworks: true,
  notHomogeneous: 'is an isotropic threshold: lengths below 1 are lost, so scaling it changes the function.',
  needs: ['z', 'q'],
  limit: null,
  scale: (q) => Math.max(0, 1 - 1 / Math.sqrt(Math.max(q, 1))) ** 2,
  slope: (q) => (q > 1 ? 2 * (1 - 1 / Math.sqrt(q)) * q ** -1.5 : 0),
  tensor: {
    scale: (tf, q) => tf.square(tf.sub(1, tf.rsqrt(tf.maximum(q, 1)))),
    slope: (tf, q) => {
      const inverse = tf.rsqrt(tf.maximum(q, 1));
      return tf.mul(tf.mul(tf.sub(1, inverse), 2), tf.mul(tf.square(inverse), inverse));
    },
  },
  wgsl: {
    functions: [
      `
fn thresholdLength(q: vec4f) -> vec4f { return 1.0 - inverseSqrt(max(q, vec4f(1.0))); }`,
    ],
    scale: (q) => `pow(thresholdLength(${q}), vec4f(2.0))`,
    slope: (q) => `2.0 * thresholdLength(${q}) * pow(max(${q}, vec4f(1.0)), vec4f(-1.5))`,
  },
  wasm: {
    functions: [],
    scale: 'Math.pow(1.0 - 1.0 / Math.sqrt(Math.max(q, 1.0)), 2.0)',
    slope: '2.0 * (1.0 - 1.0 / Math.sqrt(Math.max(q, 1.0))) * Math.pow(Math.max(q, 1.0), -1.5)',
  },
} as const satisfies IsotropicActivation;

export const SWISH = {
  kind: 'elementwise',
  id: 'swish',
  label: 'Swish',
  name: 'swish',
  pathName: 'swish',
  describe: 'f(z)ᵢ = zᵢ/(1 + e^(−zᵢ)).',
  ofNetworks: true,
  notHomogeneous: 'is swish, which is curved near 0, so scaling its units changes the function.',
  needs: ['z'],
  value: (z) => z / (1 + Math.exp(-z)),
  slope: (z) => {
    const gate = 1 / (1 + Math.exp(-z));
    return gate + z * gate * (1 - gate);
  },
  tensor: (tf, z) => tf.mul(z, tf.sigmoid(z)),
  wgsl: {
    functions: [
      `
fn swishGate(z: vec4f) -> vec4f { return 1.0 / (1.0 + exp(-z)); }
fn swishSlope(z: vec4f) -> vec4f {
  let gate = swishGate(z);
  return gate + z * gate * (1.0 - gate);
}`,
    ],
    value: (z) => `${z} * swishGate(${z})`,
    backward: (d, z) => `${d} * swishSlope(${z})`,
  },
  wasm: {
    functions: [
      `
@inline function swishGate4(z: v128): v128 {
  return f32x4.div(splat(1.0), f32x4.add(splat(1.0), exp4(f32x4.neg(z))));
}`,
    ],
    value: 'f32x4.mul(z, swishGate4(z))',
    slope: 'f32x4.mul(swishGate4(z), madd(z, f32x4.sub(splat(1.0), swishGate4(z)), splat(1.0)))',
  },
} as const satisfies ElementwiseActivation;

export const BELL = {
  kind: 'elementwise',
  id: 'bell',
  label: 'Bell',
  name: 'bell',
  pathName: 'bell',
  describe: 'f(z)ᵢ = 1/(1 + zᵢ²), which is 1 at 0.',
  ofNetworks: true,
  notHomogeneous: 'is a bell, which falls off on both sides, so scaling its units changes the function.',
  needs: ['z', 'h'],
  value: (z) => 1 / (1 + z * z),
  slope: (z, h) => -2 * z * h * h,
  tensor: (tf, z) => tf.reciprocal(tf.add(tf.square(z), 1)),
  wgsl: {
    functions: [],
    value: (z) => `1.0 / (1.0 + ${z} * ${z})`,
    backward: (d, z, h) => `-2.0 * ${d} * ${z} * ${h} * ${h}`,
  },
  wasm: {
    functions: [],
    value: 'f32x4.div(splat(1.0), madd(z, z, splat(1.0)))',
    slope: 'f32x4.mul(f32x4.mul(splat(-2.0), z), f32x4.mul(h, h))',
  },
} as const satisfies ElementwiseActivation;

/** Their ids, as those of activations that the registry has: it does where a test has put them in. */
export const NEW_ISOTROPIC = THRESHOLD_LENGTH.id as string as ActivationId;
export const NEW_ELEMENTWISE = [SWISH.id, BELL.id] as readonly string[] as readonly (ActivationId &
  ElementwiseId)[];

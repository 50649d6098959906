import type * as tfjs from '@tensorflow/tfjs-core';
import { hornerText, floatLiteral } from './text';
import type { IsotropicActivation, Tfjs } from './types';

/**
 * Isotropic tanh: f(z) = (tanh m / m)·z with m = √q, so s = tanh(m)/m and g = (sech²m − s)/m². Near m = 0 both come from the Taylor
 * series of tanh m = Σ cₖ·m^(2k+1), because the closed form of g loses digits to cancellation there. The coefficients follow from
 * tanh′ = 1 − tanh².
 */
function taylor(terms: number): number[] {
  const c = [1];
  for (let k = 1; k < terms; k++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += c[i] * c[k - 1 - i];
    c.push(-sum / (2 * k + 1));
  }
  return c;
}

/** Coefficients of s = Σ cₖ·qᵏ, and of g = 2·ds/dq = Σ 2(k+1)·cₖ₊₁·qᵏ. */
function seriesOf(terms: number): { scale: number[]; slope: number[] } {
  const c = taylor(terms + 1);
  return { scale: c.slice(0, terms), slope: c.slice(1).map((value, k) => 2 * (k + 1) * value) };
}

/** Twenty terms leave 1e-20 at q = ¼ (the radius of convergence is π²/4). */
const FLOAT64 = { below: 0.25, ...seriesOf(20) };
/** Five terms leave under 1e-6 of the value at m = 0.3; above, the closed form of g loses at most 4e-6 in float32. */
const FLOAT32 = { below: 0.09, ...seriesOf(5) };
/** What the kernels in AssemblyScript need for float32 results from float64 arithmetic below q = ¼. */
const WASM = { below: 0.25, ...seriesOf(12) };

function horner(coefficients: readonly number[], q: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * q + coefficients[k];
  return sum;
}

/** s(q) = tanh(√q)/√q for q ≥ 0; 1 at q = 0. */
function scale(q: number): number {
  if (q < FLOAT64.below) return horner(FLOAT64.scale, q);
  const m = Math.sqrt(q);
  const e = Math.expm1(-2 * m);
  return -e / (2 + e) / m;
}

/** g(q) = (sech²√q − s(q))/q for q ≥ 0; −2/3 at q = 0. */
function slope(q: number): number {
  if (q < FLOAT64.below) return horner(FLOAT64.slope, q);
  const e = Math.exp(-2 * Math.sqrt(q));
  const sech2 = (4 * e) / ((1 + e) * (1 + e));
  return (sech2 - scale(q)) / q;
}

function hornerTensor(tf: Tfjs, coefficients: readonly number[], q: tfjs.Tensor): tfjs.Tensor {
  const last = coefficients.length - 1;
  let sum: tfjs.Tensor = tf.mul(q, coefficients[last]);
  for (let k = last - 1; k > 0; k--) sum = tf.mul(tf.add(sum, coefficients[k]), q);
  return tf.add(sum, coefficients[0]);
}

/** The series where q is small, `above` elsewhere. Both are finite everywhere: the series sees at most its limit. */
function chosen(tf: Tfjs, series: readonly number[], q: tfjs.Tensor, above: tfjs.Tensor): tfjs.Tensor {
  const below = hornerTensor(tf, series, tf.minimum(q, FLOAT32.below));
  return tf.where(tf.less(q, FLOAT32.below), below, above);
}

/** m and e = exp(−2m), from which tanh m and sech²m follow without overflow and without losing the tail. */
function closedForm(tf: Tfjs, q: tfjs.Tensor): { m: tfjs.Tensor; e: tfjs.Tensor; onePlus: tfjs.Tensor } {
  const m = tf.sqrt(tf.maximum(q, FLOAT32.below));
  const e = tf.exp(tf.mul(m, -2));
  return { m, e, onePlus: tf.add(e, 1) };
}

const tensor: IsotropicActivation['tensor'] = {
  scale: (tf, q) => {
    const { m, e, onePlus } = closedForm(tf, q);
    return chosen(tf, FLOAT32.scale, q, tf.div(tf.sub(1, e), tf.mul(onePlus, m)));
  },
  slope: (tf, q, s) => {
    const { e, onePlus } = closedForm(tf, q);
    const sech2 = tf.div(tf.mul(e, 4), tf.square(onePlus));
    return chosen(tf, FLOAT32.slope, q, tf.div(tf.sub(sech2, s), tf.maximum(q, FLOAT32.below)));
  },
};

const vector = (literal: string): string => `vec4f(${literal})`;

/**
 * WGSL: isotropicTanhScale(q) and isotropicTanhSlope(q, s), four values at a time, with the branches of the tensor form (WGSL's own tanh
 * is too loose). Both branches are computed, on arguments kept inside their range.
 */
export const ISOTROPIC_TANH_WGSL = `
fn isotropicTanhScaleSeries(q: vec4f) -> vec4f { return ${hornerText(FLOAT32.scale, vector)}; }
fn isotropicTanhSlopeSeries(q: vec4f) -> vec4f { return ${hornerText(FLOAT32.slope, vector)}; }
const seriesBelow = vec4f(${floatLiteral(FLOAT32.below)});
fn isotropicTanhScale(q: vec4f) -> vec4f {
  let m = sqrt(max(q, seriesBelow));
  let e = exp(-2.0 * min(m, vec4f(40.0)));
  return select((1.0 - e) / ((1.0 + e) * m), isotropicTanhScaleSeries(min(q, seriesBelow)), q < seriesBelow);
}
fn isotropicTanhSlope(q: vec4f, s: vec4f) -> vec4f {
  let above = max(q, seriesBelow);
  let e = exp(-2.0 * min(sqrt(above), vec4f(40.0)));
  let sech2 = 4.0 * e / ((1.0 + e) * (1.0 + e));
  return select((sech2 - s) / above, isotropicTanhSlopeSeries(min(q, seriesBelow)), q < seriesBelow);
}`;

const ISOTROPIC_TANH_WASM = `
function isotropicTanhScale(q: f64): f64 {
  if (q < ${floatLiteral(WASM.below)}) return ${hornerText(WASM.scale)};
  const m = Math.sqrt(q);
  const e = Math.exp(-2.0 * m);
  return (1.0 - e) / ((1.0 + e) * m);
}
function isotropicTanhSlope(q: f64, s: f64): f64 {
  if (q < ${floatLiteral(WASM.below)}) return ${hornerText(WASM.slope)};
  const e = Math.exp(-2.0 * Math.sqrt(q));
  return (4.0 * e / ((1.0 + e) * (1.0 + e)) - s) / q;
}`;

export const ISOTROPIC_TANH = {
  kind: 'isotropic',
  id: 'isotropic-tanh',
  label: 'Isotropic tanh',
  name: 'isotropic',
  describe:
    'f(z) = (tanh m / m)·z with m = √(o + ‖z‖²): one scalar for the whole layer, so any basis is as good as any other.',
  ofNetworks: true,
  notHomogeneous:
    'is isotropic tanh: its length has a scale of its own (tanh m, with o), so scaling it changes the function.',
  needs: ['q', 's'],
  limit: 1,
  scale,
  slope,
  tensor,
  wgsl: {
    functions: [ISOTROPIC_TANH_WGSL],
    scale: (q) => `isotropicTanhScale(${q})`,
    slope: (q, s) => `isotropicTanhSlope(${q}, ${s})`,
  },
  wasm: {
    functions: [ISOTROPIC_TANH_WASM],
    scale: 'isotropicTanhScale(q)',
    slope: 'isotropicTanhSlope(q, s)',
  },
} as const satisfies IsotropicActivation;

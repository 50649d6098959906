import * as tf from '@tensorflow/tfjs-core';

/**
 * Below q = m² = 0.09 s and g come from their series in q (truncation under 1e-6 of the value), above it from
 * e = exp(−2m): in float32 the closed form of g loses digits to cancellation as m falls (4e-5 at m = 0.1).
 */
const SERIES_BELOW = 0.09;
/** s = Σ cₖ·qᵏ: tanh(m)/m. */
const SCALE_SERIES = [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835] as const;
/** g = Σ 2(k+1)·cₖ₊₁·qᵏ: 2·ds/dq. */
const SLOPE_SERIES = [-2 / 3, 8 / 15, -34 / 105, 496 / 2835, -2764 / 31185] as const;

function polynomial(coefficients: readonly number[], q: tf.Tensor): tf.Tensor {
  const last = coefficients.length - 1;
  let sum: tf.Tensor = tf.mul(q, coefficients[last]);
  for (let k = last - 1; k > 0; k--) sum = tf.mul(tf.add(sum, coefficients[k]), q);
  return tf.add(sum, coefficients[0]);
}

/** tanh m and sech² m by e = exp(−2m), which neither overflows nor loses the tail. */
function closed(q: tf.Tensor): { m: tf.Tensor; e: tf.Tensor; onePlus: tf.Tensor } {
  const m = tf.sqrt(tf.maximum(q, SERIES_BELOW));
  const e = tf.exp(tf.mul(m, -2));
  return { m, e, onePlus: tf.add(e, 1) };
}

function scale(q: tf.Tensor): tf.Tensor {
  const { m, e, onePlus } = closed(q);
  const above = tf.div(tf.sub(1, e), tf.mul(onePlus, m));
  // Both branches are finite everywhere: the series sees at most its limit.
  return tf.where(tf.less(q, SERIES_BELOW), polynomial(SCALE_SERIES, tf.minimum(q, SERIES_BELOW)), above);
}

/** g(q) = (sech²m − s)/m² = 2·ds/dq, same shape as q. */
function slope(q: tf.Tensor, s: tf.Tensor): tf.Tensor {
  const { e, onePlus } = closed(q);
  const sech2 = tf.div(tf.mul(e, 4), tf.square(onePlus));
  const above = tf.div(tf.sub(sech2, s), tf.maximum(q, SERIES_BELOW));
  return tf.where(tf.less(q, SERIES_BELOW), polynomial(SLOPE_SERIES, tf.minimum(q, SERIES_BELOW)), above);
}

/** s(q) = tanh(m)/m at q = m² ≥ 0, any shape, with ds/dq = g/2 as its gradient: finite at q = 0 (s = 1, g = −2/3). */
export function isotropicScaleTensor(q: tf.Tensor): tf.Tensor {
  return tf.customGrad((...args) => {
    const [at, save] = args as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const s = scale(at);
    save([at, s]);
    return {
      value: s,
      gradFunc: (ds: tf.Tensor, saved: tf.Tensor[]) => tf.mul(ds, tf.mul(slope(saved[0], saved[1]), 0.5)),
    };
  })(q);
}

/** What isotropic tanh gives: h [n, width], the scalar s [n, 1] that ψ rides on, and ‖z‖² [n, 1]. */
export interface IsotropicActivation {
  h: tf.Tensor2D;
  s: tf.Tensor2D;
  squaredNorm: tf.Tensor2D;
}

/** Isotropic tanh h = s·z of z [n, width], m² = o + ‖z‖²; `o` is a squared length [1], or null for an exact 0. */
export function isotropicTanh(z: tf.Tensor2D, o: tf.Tensor | null): IsotropicActivation {
  const squaredNorm: tf.Tensor2D = tf.sum(tf.square(z), 1, true);
  const s = isotropicScaleTensor(o ? tf.add(squaredNorm, o) : squaredNorm) as tf.Tensor2D;
  return { h: tf.mul(z, s), s, squaredNorm };
}

import type { PathActivation } from './spec';

/**
 * The scalars of isotropic tanh as functions of q = m² = o + ‖z‖²: s = tanh(m)/m and
 * g = (sech²m − s)/m², so that f(z) = s·z, ∂s/∂q = g/2 and the Jacobian is s·I + g·z·zᵀ.
 * Below q = ¼ both come from the Taylor series of tanh, where the closed form of g loses digits to cancellation.
 */
const SERIES_BELOW = 0.25;

/** tanh m = Σ cₖ·m^(2k+1), from tanh′ = 1 − tanh². Twenty terms leave 1e-20 at q = ¼ (radius of convergence π²/4). */
const SERIES = ((): Float64Array => {
  const c = new Float64Array(20);
  c[0] = 1;
  for (let k = 1; k < c.length; k++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += c[i] * c[k - 1 - i];
    c[k] = -sum / (2 * k + 1);
  }
  return c;
})();

/** s(q) = tanh(√q)/√q for q ≥ 0; 1 at q = 0. */
export function isotropicScale(q: number): number {
  if (q < SERIES_BELOW) {
    let s = 0;
    for (let k = SERIES.length - 1; k >= 0; k--) s = s * q + SERIES[k];
    return s;
  }
  const m = Math.sqrt(q);
  const e = Math.expm1(-2 * m);
  return -e / (2 + e) / m;
}

/** g(q) = (sech²√q − s(q))/q = 2·ds/dq for q ≥ 0; −2/3 at q = 0. */
export function isotropicSlope(q: number): number {
  if (q < SERIES_BELOW) {
    let g = 0;
    for (let k = SERIES.length - 1; k >= 1; k--) g = g * q + 2 * k * SERIES[k];
    return g;
  }
  const e = Math.exp(-2 * Math.sqrt(q));
  const sech2 = (4 * e) / ((1 + e) * (1 + e));
  return (sech2 - isotropicScale(q)) / q;
}

/** Where tanh m exceeds this, a sample is on the shell: ‖h‖ ≈ 1 and the radial gradient is all but gone. */
export const SHELL_THRESHOLD = 0.995;

/** An activation unit by unit: its value h at z, and its slope there from z and h, whichever has it at hand. */
export interface ElementwiseActivation {
  value: (z: number) => number;
  slope: (z: number, h: number) => number;
}

export const ELEMENTWISE_ACTIVATIONS: Readonly<Record<PathActivation, ElementwiseActivation>> = {
  relu: { value: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (_z, h) => 1 - h * h },
  sigmoid: {
    // e^(−|z|) neither overflows nor loses the tail.
    value: (z) => (z < 0 ? Math.exp(z) : 1) / (1 + Math.exp(-Math.abs(z))),
    slope: (_z, h) => h * (1 - h),
  },
  softplus: {
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    slope: (_z, h) => -Math.expm1(-h),
  },
  'half-square': { value: (z) => 0.5 * z * z, slope: (z) => z },
};

import { SCALE_SERIES, SERIES_BELOW, SLOPE_SERIES } from './isotropicSeries';
import { float } from './wgsl';

/** Σ cₖ·qᵏ by Horner. */
const horner = (coefficients: readonly number[]): string =>
  coefficients
    .slice(0, -1)
    .reduceRight((sum, c) => `(${sum}) * q + ${float(c)}`, float(coefficients[coefficients.length - 1]));

/**
 * isotropicScale(q) = tanh(m)/m and isotropicSlope(q, s) = (sech²m − s)/m² at q = m² ≥ 0, with the branches of
 * isotropicTanh.ts: a series for small q, above it e = exp(−2m), which neither overflows nor loses the tail (WGSL's own
 * tanh is too loose).
 */
export const ISOTROPIC_TANH = `
fn isotropicScale(q: f32) -> f32 {
  if (q < ${float(SERIES_BELOW)}) { return ${horner(SCALE_SERIES)}; }
  let m = sqrt(q);
  let e = exp(-2.0 * min(m, 40.0));
  return (1.0 - e) / ((1.0 + e) * m);
}
fn isotropicSlope(q: f32, s: f32) -> f32 {
  if (q < ${float(SERIES_BELOW)}) { return ${horner(SLOPE_SERIES)}; }
  let e = exp(-2.0 * min(sqrt(q), 40.0));
  return (4.0 * e / ((1.0 + e) * (1.0 + e)) - s) / q;
}`;

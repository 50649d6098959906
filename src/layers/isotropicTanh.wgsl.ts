import { SCALE_SERIES, SERIES_BELOW, SLOPE_SERIES } from './isotropicSeries';
import { floatLiteral } from './wgsl';

/** Σ cₖ·qᵏ by Horner, for a vec4f q. */
const horner = (coefficients: readonly number[]): string =>
  coefficients
    .slice(0, -1)
    .reduceRight(
      (sum, c) => `(${sum}) * q + ${floatLiteral(c)}`,
      `vec4f(${floatLiteral(coefficients[coefficients.length - 1])})`,
    );

/**
 * isotropicScale(q) = tanh(m)/m and isotropicSlope(q, s) = (sech²m − s)/m² at q = m² ≥ 0, four at a time, with the branches
 * of isotropicTanh.ts: a series for small q, above it e = exp(−2m), which neither overflows nor loses the tail (WGSL's own
 * tanh is too loose). Both branches are computed, on arguments kept inside their range.
 */
export const ISOTROPIC_TANH_WGSL = `
fn isotropicScaleSeries(q: vec4f) -> vec4f { return ${horner(SCALE_SERIES)}; }
fn isotropicSlopeSeries(q: vec4f) -> vec4f { return ${horner(SLOPE_SERIES)}; }
const seriesBelow = vec4f(${floatLiteral(SERIES_BELOW)});
fn isotropicScale(q: vec4f) -> vec4f {
  let m = sqrt(max(q, seriesBelow));
  let e = exp(-2.0 * min(m, vec4f(40.0)));
  return select((1.0 - e) / ((1.0 + e) * m), isotropicScaleSeries(min(q, seriesBelow)), q < seriesBelow);
}
fn isotropicSlope(q: vec4f, s: vec4f) -> vec4f {
  let above = max(q, seriesBelow);
  let e = exp(-2.0 * min(sqrt(above), vec4f(40.0)));
  let sech2 = 4.0 * e / ((1.0 + e) * (1.0 + e));
  return select((sech2 - s) / above, isotropicSlopeSeries(min(q, seriesBelow)), q < seriesBelow);
}`;

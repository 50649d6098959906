/** Σ cₖ·qᵏ is tanh(√q)/√q: as many terms as float32 can tell apart below q = ¼ (network/activation.ts has twenty). */
const TERMS = 12;
const series = (): number[] => {
  const c = [1];
  for (let k = 1; k < TERMS; k++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += c[i] * c[k - 1 - i];
    c.push(-sum / (k * 2 + 1));
  }
  return c;
};
const horner = (coefficients: number[]): string =>
  coefficients
    .slice(0, -1)
    .reduceRight((sum, c) => `(${sum}) * q + (${c})`, `(${coefficients[coefficients.length - 1]})`);

/**
 * AssemblyScript: the scalars of isotropic tanh of an image in float64, s = tanh(m)/m and g = (sech²m − s)/m² at q = m², with the branches
 * of network/activation.ts.
 */
export const ISOTROPIC_TANH = `
function isotropicScale(q: f64): f64 {
  if (q < 0.25) return ${horner(series())};
  const m = Math.sqrt(q);
  const e = Math.exp(-2.0 * m);
  return (1.0 - e) / ((1.0 + e) * m);
}
function isotropicSlope(q: f64, s: f64): f64 {
  if (q < 0.25) return ${horner(
    series()
      .map((c, k) => k * 2 * c)
      .slice(1),
  )};
  const e = Math.exp(-2.0 * Math.sqrt(q));
  return (4.0 * e / ((1.0 + e) * (1.0 + e)) - s) / q;
}`;

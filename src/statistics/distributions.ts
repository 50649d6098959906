/**
 * Tail probabilities of the t, F and normal distributions. Upper tails are computed as such, never as 1 − cdf, so that small
 * p-values keep their digits (relative error about 1e-12 for up to some thousand degrees of freedom).
 */

/** Coefficients of the Lanczos approximation with g = 607/128 (Godfrey 2001). */
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** log Γ(x) for x > 0. */
export function logGamma(x: number): number {
  const t = x + 607 / 128 - 0.5;
  let sum = LANCZOS[0];
  for (let k = 1; k < LANCZOS.length; k++) sum += LANCZOS[k] / (x - 1 + k);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const TINY = 1e-300;
  const kept = (v: number): number => (Math.abs(v) < TINY ? TINY : v);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

/**
 * Regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1. `rest` is 1 − x; give it where x is so close to 1 that
 * computing the difference here would lose its digits.
 */
function incompleteBeta(x: number, a: number, b: number, rest = 1 - x): number {
  if (Number.isNaN(x) || Number.isNaN(a) || Number.isNaN(b)) return NaN;
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const log = a * Math.log(x) + b * Math.log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const front = Math.exp(log);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(rest, b, a)) / b;
}

/** P(F > f) with `between` and `within` degrees of freedom. */
export function fUpperTail(f: number, between: number, within: number): number {
  if (f <= 0) return 1;
  const whole = within + between * f;
  return incompleteBeta(within / whole, within / 2, between / 2, (between * f) / whole);
}

/** P(|T| > |t|) of Student's t; degrees of freedom may be fractions. */
export function tTwoSided(t: number, df: number): number {
  const whole = df + t * t;
  return incompleteBeta(df / whole, df / 2, 0.5, (t * t) / whole);
}

/**
 * The value of |t| that is exceeded with probability `alpha`: 2.776… for alpha 0.05 and 4 degrees of freedom. Found by
 * bisection to the last digits.
 */
export function tCritical(alpha: number, df: number): number {
  if (!(alpha > 0 && alpha < 1) || !(df > 0)) return NaN;
  let low = 0;
  let high = 1;
  while (tTwoSided(high, df) > alpha) high *= 2;
  for (let k = 0; k < 200 && high - low > 1e-15 * high; k++) {
    const middle = (low + high) / 2;
    if (tTwoSided(middle, df) > alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The z of the standard normal with P(Z ≤ z) = p (Acklam's approximation, sharpened by one step of Halley's method).
 */
export function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const z = acklam(p);
  const e = normalCdf(z) - p;
  const u = e * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
  return z - u / (1 + (z * u) / 2);
}

/** P(Z ≤ z) of the standard normal, by its series near 0 and its continued fraction in the tails. */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let k = 1; k < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); k++)
      sum += term *= (x * x) / (2 * k + 1);
    const half = (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
    return z < 0 ? 0.5 - half : 0.5 + half;
  }
  let fraction = x;
  for (let k = 120; k > 0; k--) fraction = x + k / fraction;
  const tail = Math.exp((-x * x) / 2) / (fraction * Math.sqrt(2 * Math.PI));
  return z < 0 ? tail : 1 - tail;
}

/** First guess of the normal quantile (Acklam 2003), to 1e-9. */
function acklam(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const poly = (of: number[], x: number): number => of.reduce((sum, v) => sum * x + v, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return poly(c, q) / poly(d, q);
  }
  if (p > 1 - 0.02425) return -acklam(1 - p);
  const q = p - 0.5;
  return (q * poly(a, q * q)) / poly(b, q * q);
}

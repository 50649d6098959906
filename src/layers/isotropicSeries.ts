/**
 * Below q = m² = 0.09 s and g come from their series in q (truncation under 1e-6 of the value), above it from
 * e = exp(−2m): in float32 the closed form of g loses digits to cancellation as m falls (4e-5 at m = 0.1).
 */
export const SERIES_BELOW = 0.09;
/** s = Σ cₖ·qᵏ: tanh(m)/m. */
export const SCALE_SERIES = [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835] as const;
/** g = Σ 2(k+1)·cₖ₊₁·qᵏ: 2·ds/dq. */
export const SLOPE_SERIES = [-2 / 3, 8 / 15, -34 / 105, 496 / 2835, -2764 / 31185] as const;

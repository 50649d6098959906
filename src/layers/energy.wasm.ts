import { ACTIVE_SIGMA } from '../energy/measures';

/**
 * AssemblyScript: an energy measure of one image's units (numbers as in the kernels' fields). energyOf: Σ of its terms over \`lanes\` units
 * at u; of hoyer-square, which is no sum of terms, the whole, and \`hoyer\` is left (2·Σ|u|/Σu², −2·(Σ|u|/Σu²)²) for the slopes. energySlopes:
 * d ← d + weight·slope. Lanes that hold no unit are 0 and add nothing.
 */
export const ENERGY = `
@inline function signOf(u: v128): v128 {
  const up = v128.and(f32x4.gt(u, splat(0.0)), splat(1.0));
  return v128.or(up, v128.and(f32x4.lt(u, splat(0.0)), splat(-1.0)));
}
function energyOf(measure: usize, u: usize, lanes: usize, hoyer: usize): f32 {
  let terms = splat(0.0);
  const end = u + lanes * 4;
  if (measure < 2) {
    for (; u < end; u += 16) {
      const v = v128.load(u);
      terms = madd(v, v, terms);
    }
    return sumOf(terms);
  }
  if (measure == 2) {
    for (; u < end; u += 16) terms = f32x4.add(terms, f32x4.abs(v128.load(u)));
    return sumOf(terms);
  }
  if (measure == 3) {
    for (; u < end; u += 16) {
      const v = v128.load(u);
      const square = f32x4.mul(v, v);
      terms = f32x4.add(terms, f32x4.div(square, f32x4.add(square, splat(${ACTIVE_SIGMA}))));
    }
    return sumOf(terms);
  }
  let squares = splat(0.0);
  for (; u < end; u += 16) {
    const v = v128.load(u);
    terms = f32x4.add(terms, f32x4.abs(v));
    squares = madd(v, v, squares);
  }
  const size = sumOf(terms);
  const square = sumOf(squares);
  const ratio: f32 = square > 0.0 ? size / square : 0.0;
  store<f32>(hoyer, <f32>2.0 * ratio);
  store<f32>(hoyer, <f32>-2.0 * ratio * ratio, 4);
  return size * ratio;
}
function energySlopes(measure: usize, u: usize, d: usize, lanes: usize, hoyer: usize, weight: f32): void {
  const end = u + lanes * 4;
  const by = splat(weight);
  if (measure < 2) {
    const twice = splat(<f32>2.0 * weight);
    for (; u < end; u += 16) {
      v128.store(d, madd(twice, v128.load(u), v128.load(d)));
      d += 16;
    }
  } else if (measure == 2) {
    for (; u < end; u += 16) {
      v128.store(d, madd(by, signOf(v128.load(u)), v128.load(d)));
      d += 16;
    }
  } else if (measure == 3) {
    for (; u < end; u += 16) {
      const v = v128.load(u);
      const below = f32x4.add(f32x4.mul(v, v), splat(${ACTIVE_SIGMA}));
      const slope = f32x4.div(f32x4.mul(splat(${ACTIVE_SIGMA * 2}), v), f32x4.mul(below, below));
      v128.store(d, madd(by, slope, v128.load(d)));
      d += 16;
    }
  } else {
    const ofSign = splat(weight * load<f32>(hoyer));
    const ofValue = splat(weight * load<f32>(hoyer, 4));
    for (; u < end; u += 16) {
      const v = v128.load(u);
      v128.store(d, f32x4.add(v128.load(d), madd(ofSign, signOf(v), f32x4.mul(ofValue, v))));
      d += 16;
    }
  }
}`;

import type { MeasureId } from '../energy/ids';
import { ACTIVE_SIGMA } from '../energy/measures';
import { floatLiteral } from './wgsl';

/** Number of each measure in the models' table. */
export const MEASURE_CODES: Readonly<Record<MeasureId, number>> = {
  'mean-square': 0,
  'sum-square': 1,
  l1: 2,
  'active-count': 3,
  'hoyer-square': 4,
};
export const HOYER_WGSL = `${MEASURE_CODES['hoyer-square']}u`;

/**
 * energyValue: Σ of the measure's term over four units; energySlope: its derivative by each (before 1/batch and 1/width). Hoyer-square is
 * no sum over units: its value is hoyerValue(Σ|u|, Σu²) of a whole layer, four images at a time, and its slope wants
 * `hoyer`, which is hoyerRatio of the two, (2·Σ|u|/Σu², −2·(Σ|u|/Σu²)²).
 */
export const ENERGY_WGSL = `
fn hoyerValue(sizes: vec4f, squares: vec4f) -> vec4f {
  return select(vec4f(), sizes * (sizes / squares), squares > vec4f());
}
fn hoyerRatio(sizes: f32, squares: f32) -> vec2f {
  let ratio = sizes / squares;
  return select(vec2f(), vec2f(2.0 * ratio, -2.0 * ratio * ratio), squares > 0.0);
}
fn energyValue(measure: u32, h: vec4f) -> f32 {
  if (measure < 2u) { return dot(h, h); }
  if (measure == 2u) { return dot(abs(h), vec4f(1.0)); }
  if (measure == ${HOYER_WGSL}) { return 0.0; }
  let square = h * h;
  return dot(square / (square + ${floatLiteral(ACTIVE_SIGMA)}), vec4f(1.0));
}
fn energySlope(measure: u32, h: vec4f, hoyer: vec2f) -> vec4f {
  if (measure < 2u) { return 2.0 * h; }
  if (measure == 2u) { return sign(h); }
  if (measure == ${HOYER_WGSL}) { return hoyer.x * sign(h) + hoyer.y * h; }
  let below = h * h + ${floatLiteral(ACTIVE_SIGMA)};
  return ${floatLiteral(2 * ACTIVE_SIGMA)} * h / (below * below);
}`;

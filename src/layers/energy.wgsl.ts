import type { MeasureId } from '../configuration/schema';
import { ACTIVE_SIGMA } from '../energy/measures';
import { float } from './wgsl';

/** Number of each measure in the models' table; measures without one are not compiled. */
export const MEASURE_CODES: Readonly<Partial<Record<MeasureId, number>>> = {
  'mean-square': 0,
  'sum-square': 1,
  l1: 2,
  'active-count': 3,
};

/** energyValue: Σ of the measure's term over four units; energySlope: its derivative by each (before 1/batch and 1/width). */
export const ENERGY = `
fn energyValue(measure: u32, h: vec4f) -> f32 {
  if (measure < 2u) { return dot(h, h); }
  if (measure == 2u) { return dot(abs(h), vec4f(1.0)); }
  let square = h * h;
  return dot(square / (square + ${float(ACTIVE_SIGMA)}), vec4f(1.0));
}
fn energySlope(measure: u32, h: vec4f) -> vec4f {
  if (measure < 2u) { return 2.0 * h; }
  if (measure == 2u) { return sign(h); }
  let below = h * h + ${float(ACTIVE_SIGMA)};
  return ${float(2 * ACTIVE_SIGMA)} * h / (below * below);
}`;

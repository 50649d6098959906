import type { MeasureId } from '../energy/ids';
import { ACTIVE_SIGMA } from '../energy/measures';
import { floatLiteral } from '../activations/text';

/** Number of each measure in the models' table of the compiled engine. */
export const MEASURE_CODES: Readonly<Record<MeasureId, number>> = {
  'mean-square': 0,
  'sum-square': 1,
  l1: 2,
  'active-count': 3,
  'hoyer-square': 4,
};

/** Names of the measures in WGSL: MEAN_SQUARE, HOYER_SQUARE … */
export const MEASURE_CONSTANTS = Object.entries(MEASURE_CODES)
  .map(([id, code]) => `const ${id.toUpperCase().replace('-', '_')} = ${code}u;`)
  .join('\n');

/**
 * WGSL, for four units u (vec4f) of h or z: energyValue is Σ of the measure's term, energySlope its derivative by each unit (before it is
 * divided by images and units). Hoyer-square is no sum over units. Its value is hoyerValue(Σ|u|, Σu²) of a whole layer, for four images
 * at a time; its slope needs `hoyer`, the hoyerRatio of these sums of the image, (2·Σ|u|/Σu², −2·(Σ|u|/Σu²)²). Needs MEASURE_CONSTANTS.
 */
export const ENERGY_WGSL = `
fn hoyerValue(sizes: vec4f, squares: vec4f) -> vec4f {
  return select(vec4f(), sizes * (sizes / squares), squares > vec4f());
}
fn hoyerRatio(sizes: f32, squares: f32) -> vec2f {
  let ratio = sizes / squares;
  return select(vec2f(), vec2f(2.0 * ratio, -2.0 * ratio * ratio), squares > 0.0);
}
fn energyValue(measure: u32, u: vec4f) -> f32 {
  if (measure == MEAN_SQUARE || measure == SUM_SQUARE) { return dot(u, u); }
  if (measure == L1) { return dot(abs(u), vec4f(1.0)); }
  if (measure == HOYER_SQUARE) { return 0.0; }
  let square = u * u;
  return dot(square / (square + ${floatLiteral(ACTIVE_SIGMA)}), vec4f(1.0));
}
fn energySlope(measure: u32, u: vec4f, hoyer: vec2f) -> vec4f {
  if (measure == MEAN_SQUARE || measure == SUM_SQUARE) { return 2.0 * u; }
  if (measure == L1) { return sign(u); }
  if (measure == HOYER_SQUARE) { return hoyer.x * sign(u) + hoyer.y * u; }
  let below = u * u + ${floatLiteral(ACTIVE_SIGMA)};
  return ${floatLiteral(2 * ACTIVE_SIGMA)} * u / (below * below);
}`;

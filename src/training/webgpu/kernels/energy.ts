import { joinWgsl, joinLines } from '../../../layers/wgsl';
import type { BufferLayout } from '../plan/bufferLayout';
import { gatherVectorsWgsl } from './forward';
import type { ReducedQuantity } from './reduction';

/** One vec4 of units that an invocation holds of each of its images: WGSL of h, of z, and a name for what E is of. */
export interface UnitVectorWgsl {
  h: (r: number) => string;
  z: (r: number) => string;
  u: (r: number) => string;
}

/**
 * Declares `measure`, `site`, `lambda` and `weight`, by which an energy's slope is multiplied: λ over the images of the batch, and for the
 * mean square also over the hidden layers (all layers but the first and the last) and the units of this one. In scope: `model`.
 */
export const energySettings = (layout: BufferLayout, layer: number): string => `
  let measure = models[model].measure;
  let site = models[model].site;
  let lambda = models[model].lambda;
  var weight = lambda / f32(models[model].images);
  if (measure == MEAN_SQUARE) { weight /= ${layout.vectors.length - 2}.0 * f32(sizeOf(model, ${layer}u)); }`;

/**
 * WGSL that computes the terms of a layer's energy which one invocation holds. Variables are numbered by row r of its tile (an image)
 * or by vector v (four images at once). It declares those of energySettings; `u…` (h or z, whichever E is of); `energy0`, `energy1`, … by
 * v: the sum of the measure's terms; and for hoyer-square `hoyerEnergy…` by v (E of whole layers) and `hoyer…` by r, two sums over the
 * layer that its slope is made of. `fold` writes the sum over the invocations that hold other units of the same images.
 */
export function energyWgsl(
  layout: BufferLayout,
  layer: number,
  rows: number,
  held: readonly UnitVectorWgsl[],
  fold: (quantities: ReducedQuantity[]) => string,
): string {
  const groups = rows / 4;
  const over = (of: (u: string) => string) => (r: number) =>
    joinWgsl(held.length, ' + ', (i) => of(held[i].u(r)));
  const each = (of: (of: UnitVectorWgsl, r: number) => string): string =>
    joinLines(held.length, (i) => joinLines(rows, (r) => of(held[i], r)));
  return `${energySettings(layout, layer)}
  ${each(({ u, h }, r) => `var ${u(r)} = ${h(r)};`)}
  if (site != SITE_POST) { ${each(({ u, z }, r) => `${u(r)} = ${z(r)};`)} }
  ${gatherVectorsWgsl(
    rows,
    'energy',
    over((u) => `energyValue(measure, ${u})`),
  )}
  ${joinLines(rows, (r) => `var hoyer${r} = vec2f();`)}
  ${joinLines(groups, (v) => `var hoyerEnergy${v} = vec4f();`)}
  if (measure == HOYER_SQUARE) {
    ${gatherVectorsWgsl(
      rows,
      'sizes',
      over((u) => `dot(abs(${u}), vec4f(1.0))`),
    )}
    ${gatherVectorsWgsl(
      rows,
      'squares',
      over((u) => `dot(${u}, ${u})`),
    )}
    ${fold(
      ['sizes', 'squares'].flatMap((name) =>
        Array.from({ length: groups }, (_, v) => ({ name: `${name}${v}`, by: 'sum' as const })),
      ),
    )}
    ${hoyerOf(rows)}
  }`;
}

/** Sets hoyerEnergy{v} and hoyer{r} from all_sizes{v} and all_squares{v}. */
export const hoyerOf = (rows: number): string => `
    ${joinLines(rows / 4, (v) => `hoyerEnergy${v} = hoyerValue(all_sizes${v}, all_squares${v});`)}
    ${joinLines(rows, (r) => `hoyer${r} = hoyerRatio(all_sizes${r >> 2}[${r & 3}], all_squares${r >> 2}[${r & 3}]);`)}`;

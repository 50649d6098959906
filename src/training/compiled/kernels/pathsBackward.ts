import { affineBackward } from '../../../layers/affine.wgsl';
import { ENERGY } from '../../../layers/energy.wgsl';
import {
  mergedSlope,
  PATH_ACTIVATIONS_WGSL,
  pathSlope,
  slopeOfPath,
  spanOfColumns,
  spanOfPath,
} from '../../../layers/merge.wgsl';
import { joined, lines, tiled, XYZW } from '../../../layers/wgsl';
import { readBy, type Division } from '../divisions';
import { cutOf, type Layout } from '../layout';
import { gathered } from './forward';
import { activations, deltas, models, parameters, unitsInUse, type Kernel } from './kernel';
import { reduction, reductionMemory } from './reduction';

/** ∂L/∂z of units with value h: λ·∂E/∂h is added to `slope`, and both go through the activation's slope. */
const unitBackward = (h: string, slope: string, activation: string): string =>
  `(${slope} + push * energySlope(measure, ${h})) * ${activation}`;

/**
 * One hidden layer of parallel paths backward in one dispatch, as backward.ts is for others. Each invocation has the
 * ∂L/∂(merged) of its columns and hands it to every path that is merged into them. Tails get (0, Σ of the measure's terms, 0, 0).
 */
export function pathsBackwardKernel(layout: Layout, layer: number): Kernel {
  const division = layout.divisions[layer] as Division;
  const { tiles, models: count } = layout.capacity;
  const cut = cutOf(division.read, tiles);
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const spans = readBy(division, layout.divisions[layer + 1]);
  const column = (c: number): string => (c === 0 ? 'local.x' : `local.x + ${c * cut.x}u`);
  const side = division.merge === 'concatenate';
  // Concatenated units are their own columns; others are one beside the other in the column of each path.
  const starts = side ? [0] : division.paths.map(({ start }) => start);
  const name = (r: number, c: number, p: number): string => `h${r}${c}${p}`;
  const each = (of: (r: number, c: number, p: number) => string): string =>
    tiled(rows, cut.columns, (r, c) => lines(starts.length, (p) => of(r, c, p)));
  const gradient = (r: number, c: number, p: number): string => {
    const value = name(r, c, p);
    if (side) return unitBackward(value, `a${r}${c}`, `slopeOfPath(${column(c)}, ${value})`);
    const partial = mergedSlope(division.merge, starts.length, p, (q) => name(r, c, q));
    return unitBackward(value, `${partial} * a${r}${c}`, pathSlope[division.paths[p].activation](value));
  };
  return {
    label: `backward ${layer}`,
    bindings: [
      deltas(layout, layer + 1, 'deltas', 'read'),
      parameters(layout, 'read'),
      activations(layout, layer, 'activations', 'read'),
      deltas(layout, layer, 'below', 'read_write'),
      models(layout),
    ],
    body: `
${reductionMemory(cut.x, cut.y, rows / 4)}
${PATH_ACTIVATIONS_WGSL}
${ENERGY}
${side ? slopeOfPath(division.paths) : ''}
${spans ? spanOfPath('readBy', division.paths, spans) : ''}
@compute @workgroup_size(${cut.x}, ${cut.y})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let row = (group.x * ${cut.y}u + local.y) * ${rows}u;
  let d = ${above.offset}u + model * ${above.perModel}u + row * ${above.stride}u;
  let w = ${block.offset}u + model * ${block.perModel}u + local.x * ${4 * block.outputs}u;
  ${
    spans
      ? `${spanOfColumns(
          'readBy',
          Array.from({ length: cut.columns }, (_, c) => column(c)),
        )}
  let inner = span.y;`
      : `let inner = ${unitsInUse(layout, layer + 1)};`
  }
  ${affineBackward(tile, { stride: above.stride, outputs: block.outputs }, { begin: spans ? 'span.x' : undefined })}
  let hAt = ${h.offset}u + model * ${h.perModel}u + row * ${h.stride}u + local.x;
  ${each((r, c, p) => `let ${name(r, c, p)} = activations[hAt + ${r * h.stride + c * cut.x + starts[p]}u];`)}
  ${side ? '' : `let mix = models[model].mix[${division.mix}];`}
  let measure = models[model].measure;
  var push = models[model].lambda / f32(models[model].images);
  if (measure == 0u) { push /= ${layout.vectors.length - 2}.0 * f32(sizeOf(model, ${layer}u)); }
  ${gathered(rows, 'energy', (r) =>
    joined(cut.columns, ' + ', (c) =>
      joined(starts.length, ' + ', (p) => `energyValue(measure, ${name(r, c, p)})`),
    ),
  )}
  ${reduction(
    cut.x,
    cut.y,
    Array.from({ length: rows / 4 }, (_, v) => ({ name: `energy${v}`, by: 'sum' })),
  )}
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u + local.x;
  ${each((r, c, p) => `below[y + ${r * to.stride + c * cut.x + starts[p]}u] = ${gradient(r, c, p)};`)}
  if (local.x == 0u) {
    ${lines(
      rows,
      (r) =>
        `below[y + ${r * to.stride + layout.vectors[layer]}u] = vec4f(0.0, all_energy${r >> 2}.${XYZW[r & 3]}, 0.0, 0.0);`,
    )}
  }
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}

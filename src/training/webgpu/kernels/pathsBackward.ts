import { elementwiseOf } from '../../../activations/lookup';
import { affineBackward } from '../../../layers/affine.wgsl';
import { ENERGY_WGSL } from '../../../layers/energy.wgsl';
import {
  backThroughPath,
  mergedSlope,
  pathActivations,
  spanOfColumns,
  spanOfPath,
} from '../../../layers/merge.wgsl';
import { joinLines, tileWgsl, LANES } from '../../../layers/wgsl';
import { pathReadBy, type PathDivision } from '../plan/pathDivisions';
import { workgroupShape, type BufferLayout } from '../plan/bufferLayout';
import { gatherVectorsWgsl } from './forward';
import { activationFunctions, needsZ } from './layerActivations';
import {
  activationsBinding,
  deltasBinding,
  modelsBinding,
  parametersBinding,
  unitsInUse,
  type KernelSource,
} from './kernel';
import { energyWgsl } from './energy';
import { reductionWgsl, reductionMemory } from './reduction';

/**
 * One hidden layer of parallel paths backward in one dispatch, as backward.ts does it for others. Each invocation has ∂L/∂(merged) of its
 * columns, and hands it to every path that is merged into them. The tail of each row gets DELTA_TAIL, with no ∂L/∂o.
 */
export function pathsBackwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const division = layout.divisions[layer] as PathDivision;
  const { tiles, models: count } = layout.capacity;
  const cut = workgroupShape(division.read, tiles);
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const spans = pathReadBy(division, layout.divisions[layer + 1]);
  const column = (c: number): string => (c === 0 ? 'local.x' : `local.x + ${c * cut.x}u`);
  const side = division.merge === 'concatenate';
  // Concatenated units are their own columns; others are one beside the other in the column of each path.
  const starts = side ? [0] : division.paths.map(({ start }) => start);
  const name = (r: number, c: number, p: number): string => `h${r}${c}${p}`;
  const each = (of: (r: number, c: number, p: number) => string): string =>
    tileWgsl(rows, cut.columns, (r, c) => joinLines(starts.length, (p) => of(r, c, p)));
  const normalised = layout.normalised[layer];
  const keptZ = pathActivations(division.paths).some(needsZ);
  const at = (r: number, c: number, p: number): string =>
    `below[y + ${r * to.stride + c * cut.x + starts[p]}u]`;
  /** ∂L/∂h by what is read of h, without E. */
  const incoming = (r: number, c: number, p: number): string =>
    side
      ? `a${r}${c}`
      : `(${mergedSlope(division.merge, starts.length, p, (q) => name(r, c, q))}) * a${r}${c}`;
  /** ∂L/∂z, where g is ∂L/∂h. */
  const through = (r: number, c: number, p: number): string => {
    const g = `g${r}${c}${p}`;
    const h = normalised ? `(${name(r, c, p)} / s${r})` : name(r, c, p);
    const z = keptZ ? `z${r}${c}${p}` : 'vec4f()';
    return side
      ? `backThroughPath(${column(c)}, ${g}, ${h}, ${z})`
      : elementwiseOf(division.paths[p].activation).wgsl.backward(g, z, h);
  };
  const key = (i: number): string => `${Math.floor(i / starts.length)}${i % starts.length}`;
  const held = Array.from({ length: cut.columns * starts.length }, (_, i) => {
    const [c, p] = [Math.floor(i / starts.length), i % starts.length];
    return {
      h: (r: number) => name(r, c, p),
      z: (r: number) => (keptZ ? `z${r}${c}${p}` : at(r, c, p)),
      u: (r: number) => `u${r}${c}${p}`,
    };
  });
  const summed = (quantity: string) =>
    Array.from({ length: rows / 4 }, (_, v) => ({ name: `${quantity}${v}`, by: 'sum' as const }));
  // The stored h is f·s, f being the activation's value and s the scale of the normalisation: ∂L/∂f = s·(∂L/∂h − h·mean(∂L/∂h·h)).
  const unscaled = `
  let units = f32(sizeOf(model, ${layer}u));
  ${joinLines(rows, (r) => `let s${r} = activations[hAt + ${r * h.stride + layout.vectors[layer]}u - local.x].y;`)}
  ${each((r, c, p) => `g${r}${c}${p} = s${r} * (g${r}${c}${p} - (all_radial_${r >> 2}.${LANES[r & 3]} / units) * ${name(r, c, p)});`)}`;
  return {
    label: `backward ${layer}`,
    bindings: [
      deltasBinding(layout, layer + 1, 'deltas', 'read'),
      parametersBinding(layout, 'read'),
      activationsBinding(layout, layer, 'activations', 'read'),
      deltasBinding(layout, layer, 'below', 'read_write'),
      modelsBinding(layout),
    ],
    body: `
${reductionMemory(cut.x, cut.y, rows / 2)}
${activationFunctions(pathActivations(division.paths))}
${ENERGY_WGSL}
${side ? backThroughPath(division.paths) : ''}
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
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u + local.x;
  ${each((r, c, p) => `let ${name(r, c, p)} = activations[hAt + ${r * h.stride + c * cut.x + starts[p]}u];`)}
  ${keptZ ? each((r, c, p) => `let z${r}${c}${p} = ${at(r, c, p)};`) : ''}
  ${side ? '' : `let mix = models[model].mix[${division.mix}];`}
  ${energyWgsl(layout, layer, rows, held, (quantities) => reductionWgsl(cut.x, cut.y, quantities))}
  ${each((r, c, p) => `var g${r}${c}${p} = ${incoming(r, c, p)};`)}
  if (lambda != 0.0 && site == SITE_POST) {
    ${each((r, c, p) => `g${r}${c}${p} += weight * energySlope(measure, u${r}${c}${p}, hoyer${r});`)}
  }
  ${
    normalised
      ? gatherVectorsWgsl(rows, 'radial_', (r) =>
          held.map((_, i) => `dot(g${r}${key(i)}, ${held[i].h(r)})`).join(' + '),
        )
      : ''
  }
  ${reductionWgsl(cut.x, cut.y, [...summed('energy'), ...(normalised ? summed('radial_') : [])], true)}
  ${normalised ? unscaled : ''}
  ${each((r, c, p) => `${at(r, c, p)} = ${through(r, c, p)};`)}
  if (lambda != 0.0 && site != SITE_POST) {
    ${each((r, c, p) => `${at(r, c, p)} += weight * energySlope(measure, u${r}${c}${p}, hoyer${r});`)}
  }
  if (local.x == 0u) {
    ${joinLines(
      rows,
      (r) =>
        `below[y + ${r * to.stride + layout.vectors[layer]}u] = vec4f(0.0, all_energy${r >> 2}.${LANES[r & 3]} + hoyerEnergy${r >> 2}.${LANES[r & 3]}, 0.0, 0.0);`,
    )}
  }
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}

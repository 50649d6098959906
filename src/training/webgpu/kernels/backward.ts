import { affineBackward } from '../../../layers/affine.wgsl';
import { ENERGY_WGSL } from '../../../layers/energy.wgsl';
import { ISOTROPIC_TANH_WGSL } from '../../../layers/isotropicTanh.wgsl';
import { joinWgsl, joinLines, tileWgsl, LANES } from '../../../layers/wgsl';
import { LENGTH_ROW, PSI_ROW, type BufferLayout } from '../plan/bufferLayout';
import { gatherVectorsWgsl, intrinsicLengthWgsl } from './forward';
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
 * One hidden layer backward in one dispatch: ∂L/∂h from the layer above, plus λ·∂E/∂h, through the activation to ∂L/∂z.
 * The tail of each row gets (∂L/∂o, Σ of the measure's terms, 0, 0). With z = h/s: ∂z = s·∂h + g·(∂h·z + ∂L/∂s)·z,
 * where ψ gives ∂L/∂s = ∂z above · ψ, and ∂L/∂o = ½·g·(∂h·z + ∂L/∂s). λ·∂E/∂z is added last where E is of pre-activations.
 */
export function backwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const { tiles, models: count } = layout.capacity;
  const cut = layout.cuts[layer];
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const own = layout.parameters[layer];
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const index = `${own.offset}u + model * ${own.perModel}u + ${(4 * own.inputs + LENGTH_ROW) * own.outputs}u`;
  const at = (r: number, c: number): string => `y + ${r * to.stride + c * cut.x}u`;
  const normalised = layout.normalised[layer];
  const radial = `
  ${joinLines(rows, (r) => `var radial${r} = 0.0;`)}
  if (kind == 0u) {
    ${joinLines(rows, (r) => `radial${r} = (${joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)}) / tail${r}.y;`)}
    if ((modeOf(model, ${layer - 1}u) >> 8u) != 0u) {
      for (var o = local.x; o < inner; o += ${cut.x}u) {
        let p = parameters[psi + o];
        ${joinLines(rows, (r) => `radial${r} += dot(deltas[d + o + ${r * above.stride}u], p);`)}
      }
    }
  }`;
  const isotropic = `
  ${joinLines(rows, (r) => `var byLength${r} = 0.0;`)}
  if (kind == 0u) {
    let length = lengthOf(model);
    ${gatherVectorsWgsl(rows, 'norm', (r) => `tail${r}.w`)}
    ${gatherVectorsWgsl(rows, 'scale', (r) => `tail${r}.y`)}
    ${joinLines(rows / 4, (v) => `let pull_${v} = isotropicSlope(length + norm${v}, scale${v}) * all_radial_${v};`)}
    ${joinLines(
      rows,
      (r) => `let pull${r} = pull_${r >> 2}.${LANES[r & 3]};
    byLength${r} = 0.5 * pull${r};
    ${joinLines(cut.columns, (c) => `below[${at(r, c)}] = tail${r}.y * a${r}${c} + (pull${r} / tail${r}.y) * h${r}${c};`)}`,
    )}
  } else `;
  // Before the normalisation h was h/s, and ∂L/∂(h/s) = s·(∂h − h·mean(∂h·h)).
  const unscaled = normalised
    ? `let units = f32(sizeOf(model, ${layer}u));
  ${tileWgsl(
    rows,
    cut.columns,
    (r, c) =>
      `a${r}${c} = tail${r}.y * (a${r}${c} - (all_radial_${r >> 2}.${LANES[r & 3]} / units) * h${r}${c});`,
  )}
  ${tileWgsl(rows, cut.columns, (r, c) => `let f${r}${c} = h${r}${c} / tail${r}.y;`)}`
    : '';
  const f = normalised ? 'f' : 'h';
  const elementwise = `${unscaled}
  if (kind == 1u) {
    ${tileWgsl(rows, cut.columns, (r, c) => `below[${at(r, c)}] = a${r}${c} * (1.0 - ${f}${r}${c} * ${f}${r}${c});`)}
  } else {
    ${tileWgsl(rows, cut.columns, (r, c) => `below[${at(r, c)}] = select(vec4f(), a${r}${c}, h${r}${c} > vec4f());`)}
  }`;
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
${ISOTROPIC_TANH_WGSL}
${ENERGY_WGSL}
${intrinsicLengthWgsl(layer - 1, index)}
@compute @workgroup_size(${cut.x}, ${cut.y})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let row = (group.x * ${cut.y}u + local.y) * ${rows}u;
  let d = ${above.offset}u + model * ${above.perModel}u + row * ${above.stride}u;
  let psi = ${block.offset}u + model * ${block.perModel}u + ${(4 * block.inputs + PSI_ROW) * block.outputs}u;
  let w = ${block.offset}u + model * ${block.perModel}u + local.x * ${4 * block.outputs}u;
  let inner = ${unitsInUse(layout, layer + 1)};
  ${affineBackward(tile, { stride: above.stride, outputs: block.outputs })}
  let hAt = ${h.offset}u + model * ${h.perModel}u + row * ${h.stride}u;
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u + local.x;
  ${tileWgsl(rows, cut.columns, (r, c) => `let h${r}${c} = activations[hAt + ${r * h.stride + c * cut.x}u + local.x];`)}
  ${energyWgsl(
    layout,
    layer,
    rows,
    Array.from({ length: cut.columns }, (_, c) => ({
      h: (r) => `h${r}${c}`,
      z: (r) => `below[${at(r, c)}]`,
      u: (r) => `u${r}${c}`,
    })),
    (quantities) => reductionWgsl(cut.x, cut.y, quantities),
  )}
  if (lambda != 0.0 && site == 0u) {
    ${tileWgsl(rows, cut.columns, (r, c) => `a${r}${c} += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  let kind = models[model].activation;
  ${joinLines(rows, (r) => `let tail${r} = activations[hAt + ${r * h.stride + layout.vectors[layer]}u];`)}
  ${
    normalised
      ? joinLines(
          rows,
          (r) => `let radial${r} = ${joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)};`,
        )
      : radial
  }
  ${gatherVectorsWgsl(rows, 'radial_', (r) => `radial${r}`)}
  ${reductionWgsl(
    cut.x,
    cut.y,
    [
      ...Array.from({ length: rows / 4 }, (_, v) => ({ name: `radial_${v}`, by: 'sum' as const })),
      ...Array.from({ length: rows / 4 }, (_, v) => ({ name: `energy${v}`, by: 'sum' as const })),
    ],
    true,
  )}
  ${normalised ? '' : isotropic}${elementwise}
  if (lambda != 0.0 && site != 0u) {
    ${tileWgsl(rows, cut.columns, (r, c) => `below[${at(r, c)}] += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  if (local.x == 0u) {
    ${joinLines(
      rows,
      (r) =>
        `below[y + ${r * to.stride + layout.vectors[layer]}u] = vec4f(${normalised ? '0.0' : `byLength${r}`}, all_energy${r >> 2}.${LANES[r & 3]} + hoyerEnergy${r >> 2}.${LANES[r & 3]}, 0.0, 0.0);`,
    )}
  }
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}

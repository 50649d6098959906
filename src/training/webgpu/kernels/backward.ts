import type { ElementwiseActivation, IsotropicActivation } from '../../../activations/types';
import { affineBackward } from '../../../layers/affine.wgsl';
import { ENERGY_WGSL } from '../../../layers/energy.wgsl';
import { joinWgsl, joinLines, tileWgsl, LANES } from '../../../layers/wgsl';
import { PSI_ROW, type BufferLayout } from '../plan/bufferLayout';
import { gatherVectorsWgsl } from './forward';
import {
  activationFunctions,
  byActivation,
  intrinsicLengthWgsl,
  isotropicOnes,
  layerActivations,
  needsZ,
} from './layerActivations';
import {
  ACTIVATION_TAIL,
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
 * One hidden layer without paths or convolution backward in one dispatch: from ∂L/∂z of the layer above to ∂L/∂h, plus λ·∂E/∂h, then
 * through the activation to ∂L/∂z. On isotropic layers ∂z = s·∂h + g·(∂h·z + ∂L/∂s)·z, where ψ gives ∂L/∂s = (∂z above)·ψ, and
 * ∂L/∂o = ½·g·(∂h·z + ∂L/∂s). Where E is of pre-activations, λ·∂E/∂z is added last. The tail of each row gets DELTA_TAIL.
 */
export function backwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const { tiles, models: count } = layout.capacity;
  const cut = layout.cuts[layer];
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const at = (r: number, c: number): string => `y + ${r * to.stride + c * cut.x}u`;
  const normalised = layout.normalised[layer];
  const activations = layerActivations(layout, layer);
  const isotropic = isotropicOnes(activations).length > 0;
  const keptZ = activations.some(needsZ);
  const zOf = (r: number, c: number): string => (keptZ ? `z${r}${c}` : 'vec4f()');
  const tailOf = (r: number): string => `tail${r}.${ACTIVATION_TAIL.scale}`;
  /** ∂L/∂h·z of an isotropic activation, image by image. Where z is not kept it is h/s. */
  const alongZ = (activation: IsotropicActivation, r: number): string =>
    needsZ(activation)
      ? joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, ${zOf(r, c)})`)
      : `(${joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)}) / ${tailOf(r)}`;
  const radial = `
  ${joinLines(rows, (r) => `var radial${r} = 0.0;`)}
  ${byActivation(activations, layer, (activation) =>
    activation.kind === 'isotropic'
      ? `
    ${joinLines(rows, (r) => `radial${r} = ${alongZ(activation, r)};`)}`
      : '',
  )}
  if (psiModeOf(model, ${layer - 1}u) != PSI_OFF) {
    for (var o = local.x; o < inner; o += ${cut.x}u) {
      let p = parameters[psi + o];
      ${joinLines(rows, (r) => `radial${r} += dot(deltas[d + o + ${r * above.stride}u], p);`)}
    }
  }`;
  const throughIsotropic = (activation: IsotropicActivation): string => `
    let length = lengthOf(model);
    ${gatherVectorsWgsl(rows, 'norm', (r) => `tail${r}.${ACTIVATION_TAIL.squaredNorm}`)}
    ${gatherVectorsWgsl(rows, 'scale', tailOf)}
    ${joinLines(rows / 4, (v) => `let pull_${v} = ${activation.wgsl.slope(`length + norm${v}`, `scale${v}`)} * all_radial_${v};`)}
    ${joinLines(rows, (r) => {
      const pull = `let pull${r} = pull_${r >> 2}.${LANES[r & 3]};`;
      const along = (c: number): string =>
        needsZ(activation) ? `pull${r} * ${zOf(r, c)}` : `(pull${r} / ${tailOf(r)}) * h${r}${c}`;
      return `${pull}
    byLength${r} = 0.5 * pull${r};
    ${joinLines(cut.columns, (c) => `below[${at(r, c)}] = ${tailOf(r)} * a${r}${c} + ${along(c)};`)}`;
    })}`;
  // The stored h is f·s, f being the activation's value and s the scale of the normalisation: ∂L/∂f = s·(∂L/∂h − h·mean(∂L/∂h·h)).
  const unscaled = `
    let units = f32(sizeOf(model, ${layer}u));
    ${tileWgsl(
      rows,
      cut.columns,
      (r, c) =>
        `a${r}${c} = ${tailOf(r)} * (a${r}${c} - (all_radial_${r >> 2}.${LANES[r & 3]} / units) * h${r}${c});`,
    )}
    ${tileWgsl(rows, cut.columns, (r, c) => `let f${r}${c} = h${r}${c} / ${tailOf(r)};`)}`;
  const f = normalised ? 'f' : 'h';
  const throughUnits = ({ wgsl }: ElementwiseActivation): string => `
    ${tileWgsl(rows, cut.columns, (r, c) => `below[${at(r, c)}] = ${wgsl.backward(`a${r}${c}`, zOf(r, c), `${f}${r}${c}`)};`)}`;
  const through = byActivation(activations, layer, (activation) =>
    activation.kind === 'isotropic' ? throughIsotropic(activation) : throughUnits(activation),
  );
  const sums = [...(normalised || isotropic ? ['radial_'] : []), 'energy'];
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
${activationFunctions(activations)}
${ENERGY_WGSL}
${isotropic ? intrinsicLengthWgsl(layout, layer) : ''}
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
  ${keptZ ? tileWgsl(rows, cut.columns, (r, c) => `let z${r}${c} = below[${at(r, c)}];`) : ''}
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
  if (lambda != 0.0 && site == SITE_POST) {
    ${tileWgsl(rows, cut.columns, (r, c) => `a${r}${c} += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  ${joinLines(rows, (r) => `let tail${r} = activations[hAt + ${r * h.stride + layout.vectors[layer]}u];`)}
  ${
    normalised
      ? joinLines(
          rows,
          (r) => `let radial${r} = ${joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)};`,
        )
      : isotropic
        ? radial
        : ''
  }
  ${normalised || isotropic ? gatherVectorsWgsl(rows, 'radial_', (r) => `radial${r}`) : ''}
  ${reductionWgsl(
    cut.x,
    cut.y,
    sums.flatMap((name) =>
      Array.from({ length: rows / 4 }, (_, v) => ({ name: `${name}${v}`, by: 'sum' as const })),
    ),
    true,
  )}
  ${normalised ? unscaled : ''}
  ${joinLines(rows, (r) => `var byLength${r} = 0.0;`)}
  ${through}
  if (lambda != 0.0 && site != SITE_POST) {
    ${tileWgsl(rows, cut.columns, (r, c) => `below[${at(r, c)}] += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  if (local.x == 0u) {
    ${joinLines(
      rows,
      (r) =>
        `below[y + ${r * to.stride + layout.vectors[layer]}u] = vec4f(byLength${r}, all_energy${r >> 2}.${LANES[r & 3]} + hoyerEnergy${r >> 2}.${LANES[r & 3]}, 0.0, 0.0);`,
    )}
  }
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}

import { elementwiseOf } from '../../../activations/lookup';
import { affineBackward } from '../../../layers/affine.wgsl';
import { convolutionBackward } from '../../../layers/convolution.wgsl';
import { ENERGY_WGSL } from '../../../layers/energy.wgsl';
import { joinLines, LANES } from '../../../layers/wgsl';
import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
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
import { energySettings, hoyerOf } from './energy';
import { reductionWgsl, reductionMemory, type ReducedQuantity } from './reduction';

/**
 * One convolution stage backward in one dispatch: ∂L/∂h from the layer above (a convolution or an affine map), plus λ·∂E/∂h, through
 * normalisation and activation to ∂L/∂z of the pooled units, as backward.ts does for dense layers. A workgroup has a few whole images.
 */
export function convolutionBackwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const { models: count, tiles } = layout.capacity;
  const { stage } = stageKernelLayout(layout, layer);
  const aboveStage = layout.stages[layer + 1] ? stageKernelLayout(layout, layer + 1) : null;
  const { rows } = tiles;
  const lanes = Math.min(stage.vectors, tiles.convolution);
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const normalised = layout.normalised[layer];
  const each = (of: (r: number) => string): string => joinLines(rows, of);
  const units = (body: string): string => `
  for (var unit = local.x; unit < ${stage.vectors}u; unit += ${lanes}u) {
    ${body}
  }`;
  const summed = (...names: string[]): ReducedQuantity[] =>
    names.flatMap((name) =>
      Array.from({ length: rows / 4 }, (_, v) => ({ name: `${name}${v}`, by: 'sum' as const })),
    );
  const activation = elementwiseOf(stage.activation);
  const keptZ = needsZ(activation);
  const stored = (r: number): string => `below[y + unit + ${r * to.stride}u]`;
  const measured = each(
    (r) => `let h${r} = activations[hAt + unit + ${r * h.stride}u];
    ${keptZ ? `let z${r} = ${stored(r)};` : ''}
    var u${r} = h${r};
    if (site != SITE_POST) { u${r} = ${stored(r)}; }`,
  );
  // What h was before its normalisation.
  const raw = (r: number): string => (normalised ? `(h${r} / s${r})` : `h${r}`);
  const through = (r: number, d: string): string =>
    activation.wgsl.backward(d, keptZ ? `z${r}` : 'vec4f()', raw(r));
  const ofEnergy = `if (lambda != 0.0 && site == SITE_POST) {
      ${each((r) => `a${r}0 += weight * energySlope(measure, u${r}, hoyer${r});`)}
    }`;
  /** Stores ∂L/∂z, which `of` gives from ∂L/∂h, and adds λ·∂E/∂z. */
  const stores = (of: (r: number) => string): string => `
    ${each((r) => `var out${r} = ${normalised ? `s${r} * ` : ''}${of(r)};`)}
    if (lambda != 0.0 && site != SITE_POST) {
      ${each((r) => `out${r} += weight * energySlope(measure, u${r}, hoyer${r});`)}
    }
    ${each((r) => `${stored(r)} = out${r};`)}`;
  const meanPull = (r: number): string => `(all_pull_${r >> 2}.${LANES[r & 3]} / width)`;
  // Through a normalisation ∂L/∂h is needed twice: for its mean, and then less that. Where its first part can be stored and corrected
  // later it is; where z, which lies in its place, is still needed, it is computed again.
  const repeats = normalised && keptZ;
  const product = aboveStage
    ? `let k = unit % ${stage.outVectors}u;
    let line = unit / ${stage.outVectors * stage.width}u;
    let column = (unit / ${stage.outVectors}u) % ${stage.width}u;
    ${convolutionBackward(aboveStage.stage, rows, { deltas: above.stride, switches: aboveStage.switches.stride })}`
    : `let w = block + unit * ${4 * block.outputs}u;
    ${affineBackward({ rows, columns: 1, apart: 0, single: tiles.single }, { stride: above.stride, outputs: block.outputs })}`;
  return {
    label: `convolution backward ${layer}`,
    bindings: [
      deltasBinding(layout, layer + 1, 'deltas', 'read'),
      parametersBinding(layout, 'read'),
      activationsBinding(layout, layer, 'activations', 'read'),
      deltasBinding(layout, layer, 'below', 'read_write'),
      modelsBinding(layout),
      ...(aboveStage ? [activationsBinding(layout, layer + 1, 'switches', 'read')] : []),
    ],
    body: `
${reductionMemory(lanes, 1, rows / 2)}
${activationFunctions([activation])}
${ENERGY_WGSL}
@compute @workgroup_size(${lanes})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let row = group.x * ${rows}u;
  let d = ${above.offset}u + model * ${above.perModel}u + row * ${above.stride}u;
  ${
    aboveStage
      ? `let w = ${block.offset}u + model * ${block.perModel}u;
  let s = ${aboveStage.switches.offset}u + model * ${aboveStage.switches.perModel}u + row * ${aboveStage.switches.stride}u;`
      : `let block = ${block.offset}u + model * ${block.perModel}u;
  let inner = ${unitsInUse(layout, layer + 1)};`
  }
  let hAt = ${h.offset}u + model * ${h.perModel}u + row * ${h.stride}u;
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u;
  ${energySettings(layout, layer)}
  ${each((r) => `var hoyer${r} = vec2f();`)}
  ${joinLines(rows / 4, (v) => `var hoyerEnergy${v} = vec4f();`)}
  if (measure == HOYER_SQUARE) {
    ${each((r) => `var size${r} = 0.0;\n    var square${r} = 0.0;`)}
    ${units(`${measured}
    ${each((r) => `size${r} += dot(abs(u${r}), vec4f(1.0));\n    square${r} += dot(u${r}, u${r});`)}`)}
    ${gatherVectorsWgsl(rows, 'sizes', (r) => `size${r}`)}
    ${gatherVectorsWgsl(rows, 'squares', (r) => `square${r}`)}
    ${reductionWgsl(lanes, 1, summed('sizes', 'squares'))}
    ${hoyerOf(rows)}
  }
  ${each((r) => `var energyOf${r} = 0.0;`)}
  ${
    normalised
      ? each(
          (r) => `let s${r} = activations[hAt + ${r * h.stride + stage.vectors}u].y;\n  var pull${r} = 0.0;`,
        )
      : ''
  }
  ${units(`${product}
    ${measured}
    ${each((r) => `energyOf${r} += energyValue(measure, u${r});`)}
    ${ofEnergy}
    ${normalised ? each((r) => `pull${r} += dot(a${r}0, h${r});`) : ''}
    ${repeats ? '' : stores((r) => through(r, `a${r}0`))}`)}
  ${gatherVectorsWgsl(rows, 'energy', (r) => `energyOf${r}`)}
  ${normalised ? gatherVectorsWgsl(rows, 'pull_', (r) => `pull${r}`) : ''}
  ${reductionWgsl(lanes, 1, summed('energy', ...(normalised ? ['pull_'] : [])), true)}
  ${
    normalised
      ? `let width = f32(sizeOf(model, ${layer}u));
  ${
    repeats
      ? units(`${product}
    ${measured}
    ${ofEnergy}
    ${each((r) => `let d${r} = a${r}0 - ${meanPull(r)} * h${r};`)}
    ${stores((r) => through(r, `d${r}`))}`)
      : units(
          each(
            (r) => `let h${r} = activations[hAt + unit + ${r * h.stride}u];
    below[y + unit + ${r * to.stride}u] -= (s${r} * ${meanPull(r)}) * ${through(r, `h${r}`)};`,
          ),
        )
  }`
      : ''
  }
  if (local.x == 0u) {
    ${each((r) => `below[y + ${r * to.stride + stage.vectors}u] = vec4f(0.0, all_energy${r >> 2}.${LANES[r & 3]} + hoyerEnergy${r >> 2}.${LANES[r & 3]}, 0.0, 0.0);`)}
  }
}`,
    workgroups: (images) => [Math.ceil(images / rows), 1, count],
  };
}

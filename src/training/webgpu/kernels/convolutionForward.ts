import { elementwiseOf } from '../../../activations/lookup';
import { floatLiteral } from '../../../activations/text';
import { convolutionForward } from '../../../layers/convolution.wgsl';
import { NORMALISE_EPSILON } from '../../../network/spec';
import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
import { activationFunctions, keepsZ, unitValue } from './layerActivations';
import {
  activationsBinding,
  deltasBinding,
  modelsBinding,
  parametersBinding,
  type KernelSource,
} from './kernel';
import { reductionWgsl, reductionMemory } from './reduction';

/**
 * One convolution stage forward in one dispatch: the sums, the largest of each four places and which of them it is, then activation and
 * normalisation. A workgroup has one image, and its invocations take the vec4s of units in turn.
 */
export function convolutionForwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const { models: count } = layout.capacity;
  const { stage, switches } = stageKernelLayout(layout, layer);
  const from = layout.activations[layer - 1];
  const to = layout.activations[layer];
  const delta = layout.deltas[layer];
  const block = layout.parameters[layer];
  const lanes = Math.min(stage.vectors, layout.capacity.tiles.convolution);
  const normalised = layout.normalised[layer];
  const activation = elementwiseOf(stage.activation);
  return {
    label: `convolution ${layer}`,
    bindings: [
      activationsBinding(layout, layer - 1, 'below', 'read'),
      parametersBinding(layout, 'read'),
      activationsBinding(layout, layer, 'above', 'read_write'),
      modelsBinding(layout),
      deltasBinding(layout, layer, 'deltas', 'read_write'),
    ],
    body: `
${reductionMemory(lanes, 1, 1)}
${activationFunctions([activation])}
@compute @workgroup_size(${lanes})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let x = ${from.offset}u + model * ${from.perModel}u + group.x * ${from.stride}u;
  let w = ${block.offset}u + model * ${block.perModel}u;
  let y = ${to.offset}u + model * ${to.perModel}u + group.x * ${to.stride}u;
  let s = ${switches.offset}u + model * ${switches.perModel}u + group.x * ${switches.stride}u;
  let e = ${delta.offset}u + model * ${delta.perModel}u + group.x * ${delta.stride}u;
  // The bind group has the table, so that even a kernel that needs nothing of it must name it.
  _ = models[model].images;
  let keepsZ = ${keepsZ(layout, layer)};
  var sums = vec4f();
  for (var unit = local.x; unit < ${stage.vectors}u; unit += ${lanes}u) {
    let o = unit % ${stage.outVectors}u;
    let line = unit / ${stage.outVectors * stage.width}u;
    let column = (unit / ${stage.outVectors}u) % ${stage.width}u;
    ${convolutionForward(stage)}
    var z = a0;
    var place = select(vec4f(), vec4f(1.0), a1 > z);
    z = max(z, a1);
    place = select(place, vec4f(2.0), a2 > z);
    z = max(z, a2);
    place = select(place, vec4f(3.0), a3 > z);
    z = max(z, a3);
    let h = ${unitValue(activation, 'z', 'o', `${stage.channels}u`)};
    above[y + unit] = h;
    above[s + unit] = place;
    if (keepsZ) { deltas[e + unit] = z; }
    sums += vec4f(dot(z, z), dot(h, h), 0.0, 0.0);
  }
  ${reductionWgsl(lanes, 1, [{ name: 'sums', by: 'sum' }])}
  ${
    normalised
      ? `let scale = 1.0 / sqrt(all_sums.y / f32(sizeOf(model, ${layer}u)) + ${floatLiteral(NORMALISE_EPSILON)});
  for (var unit = local.x; unit < ${stage.vectors}u; unit += ${lanes}u) { above[y + unit] *= scale; }`
      : 'let scale = 0.0;'
  }
  if (local.x == 0u) { above[y + ${stage.vectors}u] = vec4f(1.0, scale, 0.0, all_sums.x); }
}`,
    workgroups: (images) => [images, 1, count],
  };
}

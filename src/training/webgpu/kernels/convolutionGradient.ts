import { convolutionGradient } from '../../../layers/convolution.wgsl';
import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
import { activationsBinding, deltasBinding, modelsBinding, vectorBinding, type KernelSource } from './kernel';

const GROUP = 64;

/**
 * The gradient of a stage's kernels and biases in parts (see ConvolutionStage.parts), which the update then sums. Each
 * invocation has a few weights, and sums over some rows of units of some images. The delta of a unit belongs to the
 * one of its four places that was the largest.
 */
export function convolutionGradientKernel(layout: BufferLayout, layer: number): KernelSource {
  const { models: count } = layout.capacity;
  const { stage, switches, parts } = stageKernelLayout(layout, layer);
  const { images: groups, slices } = stage.parts;
  const x = layout.activations[layer - 1];
  const d = layout.deltas[layer];
  const kernels = (stage.first ? 9 * stage.inChannels : 9 * stage.inVectors) * stage.outVectors;
  const items = kernels + stage.outVectors;
  return {
    label: `convolution gradient ${layer}`,
    bindings: [
      deltasBinding(layout, layer, 'deltas', 'read'),
      activationsBinding(layout, layer, 'switches', 'read'),
      activationsBinding(layout, layer - 1, 'below', 'read'),
      {
        name: 'parts',
        resource: parts.buffer === 0 ? 'deltas0' : 'deltas1',
        space: 'read_write',
        type: vectorBinding(layout.deltaLength[parts.buffer]),
      },
      modelsBinding(layout),
    ],
    body: `
${convolutionGradient(stage, { deltas: d.stride, switches: switches.stride, below: x.stride })}
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let model = id.z;
  let part = id.x / ${items}u;
  let item = id.x % ${items}u;
  let first = part / ${slices}u;
  let images = models[model].images;
  if (first >= min(images, ${groups}u)) { return; }
  let at = Part(
    first, images, ${groups}u, part % ${slices}u, ${slices}u,
    ${d.offset}u + model * ${d.perModel}u,
    ${switches.offset}u + model * ${switches.perModel}u,
    ${x.offset}u + model * ${x.perModel}u,
    ${parts.offset}u + model * ${parts.perModel}u + part * ${parts.stride}u,
  );
  if (item < ${kernels}u) { kernelPart(item, at); } else { biasPart(item - ${kernels}u, at); }
}`,
    workgroups: (images) => [Math.ceil((Math.min(images, groups) * slices * items) / GROUP), 1, count],
  };
}

import { backwardKernel } from '../kernels/backward';
import { convolutionBackwardKernel } from '../kernels/convolutionBackward';
import { convolutionForwardKernel } from '../kernels/convolutionForward';
import { convolutionGradientKernel } from '../kernels/convolutionGradient';
import { finishKernel, metricColumns } from '../kernels/stepMetrics';
import { forwardKernel } from '../kernels/forward';
import { gatherKernel } from '../kernels/gather';
import { pathsBackwardKernel } from '../kernels/pathsBackward';
import { MAX_STEPS, shaderCode, type KernelSource, type KernelResource } from '../kernels/kernel';
import { observeKernel, observedBlocks } from '../kernels/observe';
import { updateTiles } from '../kernels/updateRanges';
import { updateKernel } from '../kernels/update';
import type { BufferLayout } from './bufferLayout';
import { TABLE_WORDS } from './modelTable';

/** How many rows of metrics the ring holds before they have to be copied out of it. */
export const METRICS_RING_ROWS = 256;

/**
 * The kernels of a training step and of an observation, in the order of their dispatches. Nothing else is ever
 * dispatched.
 */
export interface PlanKernels {
  step: KernelSource[];
  /** What a step begins with instead where images are augmented. */
  shifted: KernelSource;
  observation: KernelSource[];
}

/** The kernels of a layout: 2 + 2·(affine layers) + (convolutions) dispatches a step. */
export function planKernels(layout: BufferLayout): PlanKernels {
  const tiles = updateTiles(layout);
  const last = layout.vectors.length - 1;
  const layers = Array.from({ length: last }, (_, i) => i + 1);
  const forward = [
    gatherKernel(layout, tiles, false),
    ...layers.map((l) => (layout.stages[l] ? convolutionForwardKernel : forwardKernel)(layout, l)),
  ];
  const backward = layers
    .slice(0, -1)
    .reverse()
    .flatMap((l) => {
      if (layout.stages[l])
        return [convolutionBackwardKernel(layout, l), convolutionGradientKernel(layout, l)];
      return [(layout.divisions[l] ? pathsBackwardKernel : backwardKernel)(layout, l)];
    });
  return {
    shifted: gatherKernel(layout, tiles, true),
    step: [...forward, ...backward, updateKernel(layout), finishKernel(layout, tiles, METRICS_RING_ROWS)],
    observation: [...forward, ...layers.slice(0, -1).map((l) => observeKernel(layout, l))],
  };
}

/** Bytes of every buffer a plan owns; images and their standardisation come from outside. */
export function bufferBytes(layout: BufferLayout): Partial<Record<KernelResource, number>> {
  const { models, rows, ownBatches } = layout.capacity;
  const [a0, a1] = layout.activationLength;
  const [d0, d1] = layout.deltaLength;
  return {
    activations0: 16 * a0,
    activations1: 16 * a1,
    deltas0: 16 * d0,
    deltas1: 16 * d1,
    parameters: 16 * layout.parameterLength,
    first: 16 * layout.parameterLength,
    second: 16 * layout.parameterLength,
    scratch: 8 * models * (updateTiles(layout) + 1),
    ring: 4 * METRICS_RING_ROWS * models * metricColumns(layout),
    seen: 16 * observedBlocks(layout).length,
    models: 4 * TABLE_WORDS * models,
    schedule: 16 * MAX_STEPS * models,
    indices: 4 * MAX_STEPS * rows * (ownBatches ? models : 1),
  };
}

/** One dispatch, ready to be encoded. */
export interface Dispatch {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  workgroups: KernelSource['workgroups'];
}

const caches = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** The pipeline of a kernel, made once per device and code: removing and growing come back to known shapes. */
function pipelineOf(device: GPUDevice, kernel: KernelSource): GPUComputePipeline {
  let cache = caches.get(device);
  if (!cache) caches.set(device, (cache = new Map<string, GPUComputePipeline>()));
  const code = shaderCode(kernel);
  let pipeline = cache.get(code);
  if (!pipeline) {
    const module = device.createShaderModule({ label: kernel.label, code });
    pipeline = device.createComputePipeline({
      label: kernel.label,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    cache.set(code, pipeline);
  }
  return pipeline;
}

/** Compiles kernels against buffers. */
export function compileKernels(
  device: GPUDevice,
  kernels: readonly KernelSource[],
  buffers: (resource: KernelResource) => GPUBuffer,
): Dispatch[] {
  return kernels.map((kernel) => {
    const pipeline = pipelineOf(device, kernel);
    const entries = kernel.bindings.map(({ resource }, binding) => ({
      binding,
      resource: { buffer: buffers(resource) },
    }));
    const bindGroup = device.createBindGroup({
      label: kernel.label,
      layout: pipeline.getBindGroupLayout(0),
      entries,
    });
    return { pipeline, bindGroup, workgroups: kernel.workgroups };
  });
}

/** Encodes a list of dispatches for a batch of `images`, `times` over, in one compute pass. */
export function encodeDispatches(
  pass: GPUComputePassEncoder,
  dispatches: readonly Dispatch[],
  images: number,
  times = 1,
): void {
  const sizes = dispatches.map(({ workgroups }) => workgroups(images));
  for (let k = 0; k < times; k++)
    for (let i = 0; i < dispatches.length; i++) {
      const { pipeline, bindGroup } = dispatches[i];
      const [x, y, z] = sizes[i];
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(x, y, z);
    }
}

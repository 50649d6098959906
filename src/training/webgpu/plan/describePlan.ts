import { cloneSpec, layerWidths } from '../../../network/network';
import type { NetworkSpec } from '../../../network/spec';
import { shaderCode, type KernelBinding, type KernelSource } from '../kernels/kernel';
import { bufferLayout, capacitySizes, type BufferLayout, type TileSizes } from './bufferLayout';
import { bufferBytes, planKernels } from './plan';
import { planStructure } from './planStructure';

/** For what a plan is described: models of one network, images of a batch, images there is room for, and sizes of tiles. */
export interface PlanRequest {
  spec: NetworkSpec;
  models: number;
  batch: number;
  rows: number;
  ownBatches: boolean;
  tiles: TileSizes;
  /** Images are shifted as they are gathered. */
  shifts: boolean;
}

/** A binding of a dispatch. `bytes`: of the whole buffer; null for the images, which are as many as the data set has. */
export interface DescribedBinding extends KernelBinding {
  bytes: number | null;
}

/** One dispatch: its WGSL, what is bound to it, and how many workgroups of how many invocations it has for the batch. */
export interface DescribedDispatch {
  label: string;
  workgroups: [number, number, number];
  workgroupSize: [number, number, number];
  bindings: DescribedBinding[];
  code: string;
}

/** All that the compiled engine dispatches for a network: a training step, and a forward pass that observes. */
export interface DescribedPlan {
  layout: BufferLayout;
  step: DescribedDispatch[];
  observation: DescribedDispatch[];
}

function workgroupSizeOf(code: string): [number, number, number] {
  const found = /@workgroup_size\(([^)]*)\)/.exec(code);
  if (!found) throw new Error('A kernel has no workgroup size.');
  const [x, y = 1, z = 1] = found[1].split(',').map(Number);
  return [x, y, z];
}

/** Numbers of f32, u32 or vec4f in the arrays of WGSL types. */
const ELEMENT_BYTES: Readonly<Record<string, number>> = { vec4f: 16, vec2f: 8, f32: 4, u32: 4 };

/** Bytes of a fixed array, "array<vec4f, 12>"; null where it has no size of its own. */
function arrayBytes(type: string): number | null {
  const found = /^array<(\w+), (\d+)>$/.exec(type);
  const each = found ? ELEMENT_BYTES[found[1]] : undefined;
  return found && each !== undefined ? each * Number(found[2]) : null;
}

/** Describes what the compiled engine would dispatch, without a device. Throws where it does not take the network. */
export function describePlan(request: PlanRequest): DescribedPlan {
  const spec = cloneSpec(request.spec);
  const { models, rows, batch, ownBatches, tiles } = request;
  const structure = planStructure(spec);
  const sizes = capacitySizes(layerWidths(spec), null, structure);
  const layout = bufferLayout({ models, rows: Math.max(rows, batch), sizes, ownBatches, tiles, structure });
  const bytes = bufferBytes(layout);
  const describe = (kernel: KernelSource): DescribedDispatch => {
    const code = shaderCode(kernel);
    return {
      label: kernel.label,
      workgroups: kernel.workgroups(batch),
      workgroupSize: workgroupSizeOf(code),
      bindings: kernel.bindings.map((binding) => ({
        ...binding,
        bytes: bytes[binding.resource] ?? arrayBytes(binding.type),
      })),
      code,
    };
  };
  const { step, shifted, observation } = planKernels(layout);
  return {
    layout,
    step: (request.shifts ? [shifted, ...step.slice(1)] : step).map(describe),
    observation: observation.map(describe),
  };
}

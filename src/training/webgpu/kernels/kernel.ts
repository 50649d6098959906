import { MODEL_TABLE } from '../plan/modelTable';
import type { BufferLayout } from '../plan/bufferLayout';
import { fixedVectors } from '../plan/planStructure';

/** Buffers and tables a kernel may name. */
export type KernelResource =
  | 'activations0'
  | 'activations1'
  | 'deltas0'
  | 'deltas1'
  | 'parameters'
  | 'first'
  | 'second'
  | 'scratch'
  | 'ring'
  | 'seen'
  | 'models'
  | 'schedule'
  | 'images'
  | 'indices'
  | 'standard';

export interface KernelBinding {
  name: string;
  resource: KernelResource;
  space: 'read' | 'read_write' | 'uniform';
  type: string;
}

/** A kernel before it is compiled: its bindings in order, its code, and the workgroups for a batch of `images`. */
export interface KernelSource {
  label: string;
  bindings: KernelBinding[];
  body: string;
  workgroups: (images: number) => [number, number, number];
}

/**
 * What the last vec4 of a row (its "tail") holds, by component. Rows of activations: 1, which the biases are multiplied by; the scale of
 * the image (s of an isotropic layer; of a normalised one what its activations were multiplied by; else 0), which ψ is multiplied by; ‖z‖²
 * of hidden layers, and of the inputs the output that the image's label stands for.
 */
export const ACTIVATION_TAIL = { scale: 'y', squaredNorm: 'w', label: 'w' } as const;
/** Rows of deltas: ∂L/∂o and the image's energy on hidden layers; the image's loss and whether its answer is right on the last. */
export const DELTA_TAIL = { byLength: 'x', energy: 'y' } as const;

/** Steps of one submission at most: the schedule's room. */
export const MAX_STEPS = 64;

/** Arrays have fixed sizes: on a software adapter bounds known when compiling are cheaper to keep. */
export const vectorBinding = (length: number): string => `array<vec4f, ${length}>`;

/**
 * WGSL of how many vec4s of a layer's units are in use. Those of layers with paths and of convolutions are known when
 * compiling.
 */
export const unitsInUse = (layout: BufferLayout, layer: number): string => {
  const fixed = fixedVectors(layout, layer);
  return fixed === null ? `vectorsOf(model, ${layer}u)` : `${fixed}u`;
};
export const readVectorsInUse = (layout: BufferLayout, layer: number): string => {
  const division = layout.divisions[layer];
  return division ? `${division.read}u` : unitsInUse(layout, layer);
};

export const activationsBinding = (
  layout: BufferLayout,
  layer: number,
  name: string,
  space: KernelBinding['space'],
): KernelBinding => {
  const { buffer } = layout.activations[layer];
  return {
    name,
    resource: buffer === 0 ? 'activations0' : 'activations1',
    space,
    type: vectorBinding(layout.activationLength[buffer]),
  };
};

export const deltasBinding = (
  layout: BufferLayout,
  layer: number,
  name: string,
  space: KernelBinding['space'],
): KernelBinding => {
  const { buffer } = layout.deltas[layer];
  return {
    name,
    resource: buffer === 0 ? 'deltas0' : 'deltas1',
    space,
    type: vectorBinding(layout.deltaLength[buffer]),
  };
};

export const parametersBinding = (
  layout: BufferLayout,
  space: KernelBinding['space'],
  resource: 'parameters' | 'first' | 'second' = 'parameters',
): KernelBinding => ({ name: resource, resource, space, type: vectorBinding(layout.parameterLength) });

export const scratchBinding = (
  layout: BufferLayout,
  tiles: number,
  space: KernelBinding['space'],
): KernelBinding => ({
  name: 'scratch',
  resource: 'scratch',
  space,
  type: `array<vec2f, ${layout.capacity.models * (tiles + 1)}>`,
});

export const modelsBinding = (layout: BufferLayout): KernelBinding => ({
  name: 'models',
  resource: 'models',
  space: 'uniform',
  type: `array<Model, ${layout.capacity.models}>`,
});

/** The whole shader. */
export function shaderCode(kernel: KernelSource): string {
  const declarations = kernel.bindings.map(({ name, space, type }, i) => {
    const address = space === 'uniform' ? 'uniform' : `storage, ${space}`;
    return `@group(0) @binding(${i}) var<${address}> ${name}: ${type};`;
  });
  return `${MODEL_TABLE}\n${declarations.join('\n')}\n${kernel.body}`;
}

import { MODEL_TABLE } from '../plan/table';
import type { Layout } from '../plan/layout';
import { fixedVectors } from '../plan/structure';

/** Buffers and tables a kernel may name. */
export type Resource =
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

export interface Binding {
  name: string;
  resource: Resource;
  space: 'read' | 'read_write' | 'uniform';
  type: string;
}

/** A kernel before it is compiled: its bindings in order, its code, and the workgroups for a batch of `images`. */
export interface Kernel {
  label: string;
  bindings: Binding[];
  body: string;
  workgroups: (images: number) => [number, number, number];
}

/** Steps of one submission at most: the schedule's room. */
export const MAX_STEPS = 64;

/** Arrays have fixed sizes: on a software adapter bounds known when compiling are cheaper to keep. */
export const vectors = (length: number): string => `array<vec4f, ${length}>`;

/** vec4s in use of a layer's units in WGSL, and of what the layer above reads of them; paths and convolutions have theirs for good. */
export const unitsInUse = (layout: Layout, layer: number): string => {
  const fixed = fixedVectors(layout, layer);
  return fixed === null ? `vectorsOf(model, ${layer}u)` : `${fixed}u`;
};
export const readInUse = (layout: Layout, layer: number): string => {
  const division = layout.divisions[layer];
  return division ? `${division.read}u` : unitsInUse(layout, layer);
};

export const activations = (
  layout: Layout,
  layer: number,
  name: string,
  space: Binding['space'],
): Binding => {
  const { buffer } = layout.activations[layer];
  return {
    name,
    resource: buffer === 0 ? 'activations0' : 'activations1',
    space,
    type: vectors(layout.activationLength[buffer]),
  };
};

export const deltas = (layout: Layout, layer: number, name: string, space: Binding['space']): Binding => {
  const { buffer } = layout.deltas[layer];
  return {
    name,
    resource: buffer === 0 ? 'deltas0' : 'deltas1',
    space,
    type: vectors(layout.deltaLength[buffer]),
  };
};

export const parameters = (
  layout: Layout,
  space: Binding['space'],
  resource: 'parameters' | 'first' | 'second' = 'parameters',
): Binding => ({ name: resource, resource, space, type: vectors(layout.parameterLength) });

export const scratch = (layout: Layout, tiles: number, space: Binding['space']): Binding => ({
  name: 'scratch',
  resource: 'scratch',
  space,
  type: `array<vec2f, ${layout.capacity.models * (tiles + 1)}>`,
});

export const models = (layout: Layout): Binding => ({
  name: 'models',
  resource: 'models',
  space: 'uniform',
  type: `array<Model, ${layout.capacity.models}>`,
});

/** The whole shader. */
export function shader(kernel: Kernel): string {
  const declarations = kernel.bindings.map(({ name, space, type }, i) => {
    const address = space === 'uniform' ? 'uniform' : `storage, ${space}`;
    return `@group(0) @binding(${i}) var<${address}> ${name}: ${type};`;
  });
  return `${MODEL_TABLE}\n${declarations.join('\n')}\n${kernel.body}`;
}

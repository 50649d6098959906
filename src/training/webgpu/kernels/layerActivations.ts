import { activationCode, activationOf, elementwiseOf } from '../../../activations/lookup';
import type { Activation, ElementwiseActivation, IsotropicActivation } from '../../../activations/types';
import { LENGTH_ROW, type BufferLayout } from '../plan/bufferLayout';

/** The activations that the models of a plan have on a hidden layer without paths or convolution; none on other layers. */
export function layerActivations({ activationIds }: BufferLayout, layer: number): Activation[] {
  return (activationIds.at(layer) ?? []).map(activationOf);
}

export const isotropicOnes = (activations: readonly Activation[]): IsotropicActivation[] =>
  activations.filter((activation) => activation.kind === 'isotropic');

/** The functions that expressions of these activations call, each declared once, in WGSL. */
export function activationFunctions(activations: readonly Activation[]): string {
  return [...new Set(activations.flatMap(({ wgsl }) => wgsl.functions))].join('\n');
}

/**
 * Statements by activation: `of` writes those of one, for models that have it. Where all models of the plan have the same, there is
 * nothing to choose. In scope: `model`. Each block has a scope of its own.
 */
export function byActivation(
  activations: readonly Activation[],
  layer: number,
  of: (activation: Activation) => string,
): string {
  if (activations.length === 0) return '';
  if (activations.length === 1) return `{${of(activations[0])}\n}`;
  const last = activations.length - 1;
  return activations
    .map((activation, i) => {
      const condition = `if (activationOf(model, ${layer - 1}u) == ${activationCode(activation.id)}u) `;
      return `${i < last ? condition : ''}{ // ${activation.label}${of(activation)}\n}`;
    })
    .join(' else ');
}

/** WGSL of a condition on `model`: whether z is kept for the backward pass, because E or the activation's derivative wants it. */
export function keepsZ(layout: BufferLayout, layer: number): string {
  const wanting = layerActivations(layout, layer).filter(needsZ);
  const { divisions, stages } = layout;
  const ofParts = [...(divisions[layer]?.paths ?? []), ...(stages[layer] ? [stages[layer]] : [])];
  if (ofParts.some(({ activation }) => needsZ(elementwiseOf(activation)))) return 'true';
  const own = wanting.map(({ id }) => `activationOf(model, ${layer - 1}u) == ${activationCode(id)}u`);
  if (wanting.length > 0 && wanting.length === layerActivations(layout, layer).length) return 'true';
  return ['models[model].site != SITE_POST', ...own].join(' || ');
}

/** Whether a derivative is computed from z, so that z has to be kept. */
export const needsZ = ({ needs }: Pick<Activation, 'needs'>): boolean =>
  (needs as readonly string[]).includes('z');

/**
 * WGSL: lengthOf(model) is o of a hidden layer, exactly 0 where it is off. Trained o are kept as log o. `block`: where the parameters of
 * the layer begin, as an expression of `model`.
 */
export function intrinsicLengthWgsl(layout: BufferLayout, layer: number): string {
  const { offset, perModel, inputs, outputs } = layout.parameters[layer];
  const at = `${offset}u + model * ${perModel}u + ${(4 * inputs + LENGTH_ROW) * outputs}u`;
  return `
fn lengthOf(model: u32) -> f32 {
  let mode = oModeOf(model, ${layer - 1}u);
  if (mode == O_OFF) { return 0.0; }
  let kept = parameters[${at}].x;
  return select(kept, exp(kept), mode == O_TRAINED);
}`;
}

/**
 * The value of an elementwise activation for the vec4 `column` of a layer's units. Where f(0) is not 0, what lies beyond the units
 * in use (`units`, an expression) is set to 0, because energies, norms and gradients run over whole vec4s.
 */
export function unitValue(
  { value, wgsl }: ElementwiseActivation,
  z: string,
  column: string,
  units: string,
): string {
  if (value(0) === 0) return wgsl.value(z);
  const index = `vec4u(4u * (${column})) + vec4u(0u, 1u, 2u, 3u)`;
  return `select(vec4f(), ${wgsl.value(z)}, ${index} < vec4u(${units}))`;
}

import {
  activationCode,
  activationOf,
  ACTIVATION_IDS,
  ELEMENTWISE_IDS,
  elementwiseOf,
} from '../../../activations/lookup';
import type { ElementwiseActivation, IsotropicActivation } from '../../../activations/types';

const kernelName = (id: string): string => id.replaceAll('-', '_');

const elementwise = (): { id: string; by: ElementwiseActivation }[] =>
  ELEMENTWISE_IDS.map((id) => ({ id, by: elementwiseOf(id) }));

const isotropic = (): { id: string; by: IsotropicActivation }[] =>
  ACTIVATION_IDS.flatMap((id) => {
    const by = activationOf(id);
    return by.kind === 'isotropic' ? [{ id, by }] : [];
  });

const kernelsOf = (id: string, { wasm: { value, slope } }: ElementwiseActivation): string => {
  const name = kernelName(id);
  return `
@inline function ${name}Value(z: v128): v128 { return ${value}; }
@inline function ${name}Slope(z: v128, h: v128): v128 { return ${slope}; }
function ${name}Forward(z: usize, h: usize, width: usize): void {
  const whole = width & ~3;
  for (let i: usize = 0; i < whole; i += 4) v128.store(h + i * 4, ${name}Value(v128.load(z + i * 4)));
  if (whole < width)
    v128.store(h + whole * 4, v128.and(${name}Value(v128.load(z + whole * 4)), firstLanes(width - whole)));
}
function ${name}Backward(z: usize, h: usize, d: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 4) {
    const at = i * 4;
    v128.store(d + at, f32x4.mul(v128.load(d + at), ${name}Slope(v128.load(z + at), v128.load(h + at))));
  }
}`;
};

/** A switch over activations by their codes. */
const switched = (head: string, cases: { id: string }[], body: (id: string) => string): string => `
function ${head} {
  switch (<i32>activation) {
    ${cases.map(({ id }) => `case ${activationCode(id)}: ${body(id)}`).join('\n    ')}
    default: { unreachable(); }
  }
}`;

/**
 * AssemblyScript of all activations of the registry: h of the `width` units at z (lanes beyond become 0), d ← d·slope, and the scalars s and
 * g of the isotropic ones. `activation` is an activationCode.
 */
export function activationKernels(): string {
  const [each, whole] = [elementwise(), isotropic()];
  const shared = new Set([...each, ...whole].flatMap(({ by }) => by.wasm.functions));
  const expression = (id: string, of: 'scale' | 'slope'): string =>
    whole.find((one) => one.id === id)?.by.wasm[of] ?? '';
  return [
    ...shared,
    ...each.map(({ id, by }) => kernelsOf(id, by)),
    switched(
      'activate(activation: usize, z: usize, h: usize, width: usize): void',
      each,
      (id) => `{ ${kernelName(id)}Forward(z, h, width); break; }`,
    ),
    switched(
      'deactivate(activation: usize, z: usize, h: usize, d: usize, width: usize): void',
      each,
      (id) => `{ ${kernelName(id)}Backward(z, h, d, width); break; }`,
    ),
    switched(
      'isotropicScale(activation: usize, q: f64): f64',
      whole,
      (id) => `return ${expression(id, 'scale')};`,
    ).replace(/\}$/, '  return 0.0;\n}'),
    switched(
      'isotropicSlope(activation: usize, q: f64, s: f64): f64',
      whole,
      (id) => `return ${expression(id, 'slope')};`,
    ).replace(/\}$/, '  return 0.0;\n}'),
  ].join('\n');
}

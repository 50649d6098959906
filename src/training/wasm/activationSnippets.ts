/**
 * Elementwise activations in AssemblyScript, four units at a time: the value at z, and the slope there by z and the value h, whichever
 * is at hand. One definition with network/activation.ts (float64), layers/elementwise.ts (tfjs) and layers/merge.wgsl.ts.
 */
import type { PathActivation } from '../../network/spec';

export interface WasmActivation {
  /** An expression of z: v128. */
  value: string;
  /** An expression of z: v128 and h: v128. */
  slope: string;
}

export const WASM_ACTIVATIONS: Readonly<Record<PathActivation, WasmActivation>> = {
  relu: {
    // Not max: that would turn −0 and NaN into something else than z > 0 ? z : 0 does.
    value: 'v128.and(z, f32x4.gt(z, splat(0.0)))',
    slope: 'v128.and(splat(1.0), f32x4.gt(z, splat(0.0)))',
  },
  tanh: { value: 'tanh4(z)', slope: 'f32x4.sub(splat(1.0), f32x4.mul(h, h))' },
  sigmoid: { value: 'sigmoid4(z)', slope: 'f32x4.mul(h, f32x4.sub(splat(1.0), h))' },
  softplus: {
    value: 'f32x4.add(f32x4.max(z, splat(0.0)), log1p4(exp4(f32x4.neg(f32x4.abs(z)))))',
    slope: 'sigmoid4(z)',
  },
  'half-square': { value: 'f32x4.mul(splat(0.5), f32x4.mul(z, z))', slope: 'z' },
};

/** Their numbers in segments. */
export const ACTIVATION_IDS = Object.keys(WASM_ACTIVATIONS) as PathActivation[];

/** What expressions share. */
const SIGMOID = `
@inline function sigmoid4(z: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(z)));
  const top = v128.bitselect(e, splat(1.0), f32x4.lt(z, splat(0.0)));
  return f32x4.div(top, f32x4.add(splat(1.0), e));
}`;

const one = (id: string, { value, slope }: WasmActivation): string => {
  const name = id.replace('-', '_');
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

/** AssemblyScript: h of the \`width\` units at z, and d ← d·slope; \`activation\` is a number of ACTIVATION_IDS. Lanes beyond become 0. */
export const activationKernels = (): string => `
${SIGMOID}
${ACTIVATION_IDS.map((id) => one(id, WASM_ACTIVATIONS[id])).join('\n')}
function activate(activation: usize, z: usize, h: usize, width: usize): void {
  switch (<i32>activation) {
    ${ACTIVATION_IDS.map((id, i) => `case ${i}: { ${id.replace('-', '_')}Forward(z, h, width); break; }`).join('\n    ')}
    default: unreachable();
  }
}
function deactivate(activation: usize, z: usize, h: usize, d: usize, width: usize): void {
  switch (<i32>activation) {
    ${ACTIVATION_IDS.map((id, i) => `case ${i}: { ${id.replace('-', '_')}Backward(z, h, d, width); break; }`).join('\n    ')}
    default: unreachable();
  }
}`;

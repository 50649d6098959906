import { elementwiseOf, type ElementwiseId } from '../activations/lookup';
import type { ElementwiseActivation } from '../activations/types';
import type { Merge } from '../network/spec';
import { joinLines, LANES } from './wgsl';

/** Where the units of a path are in a row: in the vec4s start … start + vectors − 1. The last one may be in part. */
export interface PathLanes {
  activation: ElementwiseId;
  width: number;
  start: number;
  vectors: number;
}

/** WGSL of a vec4 that is 1 where the last vec4 of a path holds a unit, and 0 elsewhere. */
const lastLanes = (width: number): string =>
  `vec4f(${[0, 1, 2, 3].map((i) => (i < width - 4 * (Math.ceil(width / 4) - 1) ? '1.0' : '0.0')).join(', ')})`;

/** The activations of a layer's paths, each once: what its kernels need the WGSL functions of. */
export const pathActivations = (paths: readonly PathLanes[]): ElementwiseActivation[] =>
  [...new Set(paths.map(({ activation }) => activation))].map(elementwiseOf);

/** WGSL that returns what `of(p)` writes where `column` belongs to path p, and `otherwise` beyond the last path. */
function byPath(paths: readonly PathLanes[], of: (p: number) => string, otherwise: string): string {
  return `${joinLines(paths.length, (p) => `if (column < ${paths[p].start + paths[p].vectors}u) { ${of(p)} }`)}
  return ${otherwise};`;
}

/** WGSL: activatePath(column, z) is h of the vec4 `column` of a layer's units, and 0 where no unit is. */
export function activatePath(paths: readonly PathLanes[]): string {
  return `
fn activatePath(column: u32, z: vec4f) -> vec4f {
  ${byPath(
    paths,
    (p) => {
      const { activation, width, start, vectors } = paths[p];
      const own = elementwiseOf(activation);
      return own.value(0) === 0 || width % 4 === 0
        ? `return ${own.wgsl.value('z')};`
        : `return ${own.wgsl.value('z')} * select(vec4f(1.0), ${lastLanes(width)}, column == ${start + vectors - 1}u);`;
    },
    'vec4f()',
  )}
}`;
}

/** WGSL: backThroughPath(column, d, h, z) is ∂L/∂z at the vec4 `column` of a layer's units, where d is ∂L/∂h. */
export function backThroughPath(paths: readonly PathLanes[]): string {
  return `
fn backThroughPath(column: u32, d: vec4f, h: vec4f, z: vec4f) -> vec4f {
  ${byPath(paths, (p) => `return ${elementwiseOf(paths[p].activation).wgsl.backward('d', 'z', 'h')};`, 'vec4f()')}
}`;
}

/** WGSL of a function {name}(column), which returns where the span of the path of `column` begins and ends. */
export function spanOfPath(
  name: string,
  paths: readonly PathLanes[],
  spans: readonly (readonly [number, number])[],
): string {
  return `
fn ${name}(column: u32) -> vec2u {
  ${byPath(paths, (p) => `return vec2u(${spans[p][0]}u, ${spans[p][1]}u);`, 'vec2u()')}
}`;
}

/** WGSL that declares `span`, the smallest span that contains those of all columns of an invocation. */
export function spanOfColumns(name: string, columns: readonly string[]): string {
  if (columns.length === 1) return `let span = ${name}(${columns[0]});`;
  return `${joinLines(columns.length, (c) => `let span${c} = ${name}(${columns[c]});`)}
  let span = vec2u(${['x', 'y']
    .map((side) =>
      columns
        .map((_, c) => `span${c}.${side}`)
        .reduce((a, b) => `${side === 'x' ? 'min' : 'max'}(${a}, ${b})`),
    )
    .join(', ')});`;
}

/**
 * WGSL of the vec4 `k` of what the layer above reads. `of(start)` writes that vec4 of the path whose first vec4 is
 * `start`. In scope: `mix`, with the coefficients or offsets. It is 0 where there is no value. With `lane` ("[j]"),
 * which `of` has to pick too, it is one component of that.
 */
export function mergedValue(
  merge: Merge['kind'],
  paths: readonly PathLanes[],
  of: (start: number) => string,
  k: string,
  lane = '',
): string {
  if (merge === 'concatenate') return of(0);
  const terms = paths.map(({ start }, p) =>
    merge === 'add' ? `mix.${LANES[p]} * ${of(start)}` : `(mix.${LANES[p]} + ${of(start)})`,
  );
  if (merge === 'add') return terms.join(' + ');
  const { width, vectors } = paths[0];
  const product = terms.join(' * ');
  return width % 4 === 0
    ? product
    : `${product} * select(vec4f(1.0), ${lastLanes(width)}, ${k} == ${vectors - 1}u)${lane}`;
}

/** WGSL of ∂(merged)/∂h of path p, where `of(q)` writes the value of path q. */
export function mergedSlope(
  merge: Merge['kind'],
  paths: number,
  p: number,
  of: (q: number) => string,
): string {
  if (merge === 'add') return `mix.${LANES[p]}`;
  const others = Array.from({ length: paths }, (_, q) => q).filter((q) => q !== p);
  return others.length === 0 ? '1.0' : others.map((q) => `(mix.${LANES[q]} + ${of(q)})`).join(' * ');
}

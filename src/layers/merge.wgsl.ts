import { elementwiseOf, type ElementwiseId } from '../activations/lookup';
import type { ElementwiseActivation } from '../activations/types';
import type { Merge } from '../network/spec';
import { joinLines, LANES } from './wgsl';

/** A path where its units lie: vec4s start … start + vectors − 1, the last of which may be in part. */
export interface PathLanes {
  activation: ElementwiseId;
  width: number;
  start: number;
  vectors: number;
}

/** 1 for the components of a path's last vec4 that are units. */
const lastLanes = (width: number): string =>
  `vec4f(${[0, 1, 2, 3].map((i) => (i < width - 4 * (Math.ceil(width / 4) - 1) ? '1.0' : '0.0')).join(', ')})`;

/** The activations of a layer's paths, each once: what its kernels need the WGSL functions of. */
export const pathActivations = (paths: readonly PathLanes[]): ElementwiseActivation[] =>
  [...new Set(paths.map(({ activation }) => activation))].map(elementwiseOf);

/** A chain of cases by path: `of(p)` for the vec4s of path p, `otherwise` beyond the last. */
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

/** {name}(column): begin and end of what belongs to each path. */
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

/** Hull of the spans of an invocation's columns: declares `span`. */
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
 * vec4 `k` of what the layer above reads, where `of(start)` is that vec4 of the path that starts at vec4 `start`; `mix` (in
 * scope) holds the coefficients or offsets. 0 where no value is. With a `lane` (`[j]`), which `of` picks too, that of its values.
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

/** ∂(merged)/∂h of path p, where `of(q)` is the value of path q. */
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

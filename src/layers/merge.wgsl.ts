import type { Merge, PathActivation } from '../network/spec';
import { joinLines, LANES } from './wgsl';

/** A path where its units lie: vec4s start … start + vectors − 1, the last of which may be in part. */
export interface PathLanes {
  activation: PathActivation;
  width: number;
  start: number;
  vectors: number;
}

/** 1 for the components of a path's last vec4 that are units. */
const lastLanes = (width: number): string =>
  `vec4f(${[0, 1, 2, 3].map((i) => (i < width - 4 * (Math.ceil(width / 4) - 1) ? '1.0' : '0.0')).join(', ')})`;

/** log(1 + e^z) and 1/(1 + e^(−z)) by e = e^(−|z|), which neither overflows nor loses the tail, and the slope of softplus by its value. */
export const PATH_ACTIVATIONS_WGSL = `
fn sigmoid(z: vec4f) -> vec4f {
  let e = exp(-abs(z));
  return select(vec4f(1.0), e, z < vec4f()) / (1.0 + e);
}
fn softplus(z: vec4f) -> vec4f {
  let e = exp(-abs(z));
  let series = e * (1.0 - e * (0.5 - e * (${1 / 3} - 0.25 * e)));
  return max(z, vec4f()) + select(log(1.0 + e), series, e < vec4f(0.03));
}
fn softplusSlope(h: vec4f) -> vec4f {
  let series = h * (1.0 - h * (0.5 - h * (${1 / 6} - h * ${1 / 24})));
  return select(1.0 - exp(-h), series, h < vec4f(0.06));
}`;

const VALUE: Readonly<Record<PathActivation, string>> = {
  relu: 'max(z, vec4f())',
  tanh: 'elementwiseTanh(z)',
  sigmoid: 'sigmoid(z)',
  softplus: 'softplus(z)',
  'half-square': '0.5 * z * z',
};

/** The slope of a path's activation where it is z and its value h. */
export const pathSlope: Readonly<Record<PathActivation, (h: string, z: string) => string>> = {
  relu: (h) => `select(vec4f(), vec4f(1.0), ${h} > vec4f())`,
  tanh: (h) => `(1.0 - ${h} * ${h})`,
  sigmoid: (h) => `${h} * (1.0 - ${h})`,
  softplus: (h) => `softplusSlope(${h})`,
  'half-square': (_h, z) => z,
};

/** A chain of cases by path: `of(p)` for the vec4s of path p, `otherwise` beyond the last. */
function byPath(paths: readonly PathLanes[], of: (p: number) => string, otherwise: string): string {
  return `${joinLines(paths.length, (p) => `if (column < ${paths[p].start + paths[p].vectors}u) { ${of(p)} }`)}
  return ${otherwise};`;
}

/**
 * activatePath(column, z): h of the vec4 `column` of a layer's units, 0 where no unit is (needs ELEMENTWISE_TANH and
 * PATH_ACTIVATIONS_WGSL).
 */
export function activatePath(paths: readonly PathLanes[]): string {
  return `
fn activatePath(column: u32, z: vec4f) -> vec4f {
  ${byPath(
    paths,
    (p) => {
      const { activation, width, start, vectors } = paths[p];
      const zeroAtZero = activation !== 'sigmoid' && activation !== 'softplus';
      return zeroAtZero || width % 4 === 0
        ? `return ${VALUE[activation]};`
        : `return ${VALUE[activation]} * select(vec4f(1.0), ${lastLanes(width)}, column == ${start + vectors - 1}u);`;
    },
    'vec4f()',
  )}
}`;
}

/** slopeOfPath(column, h, z): the slope at the vec4 `column` of a layer's units (needs PATH_ACTIVATIONS_WGSL). */
export function slopeOfPath(paths: readonly PathLanes[]): string {
  return `
fn slopeOfPath(column: u32, h: vec4f, z: vec4f) -> vec4f {
  ${byPath(paths, (p) => `return ${pathSlope[paths[p].activation]('h', 'z')};`, 'vec4f()')}
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

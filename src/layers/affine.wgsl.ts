import { joinWgsl, joinLines, tileWgsl, LANES } from './wgsl';

/**
 * The three matrix products of z = x·Wᵀ + b + s·ψ in WGSL. W is kept as [in, out] in vec4 along `out`, followed by a row of
 * biases, one of ψ and one that starts with (log) o. A row of activations ends in a vec4 (1, s, –, –), a "tail".
 * Every invocation keeps a register tile of rows × 4·columns sums named a{row}{column}; there are no barriers, and
 * neighbouring invocations read neighbouring vec4s of W.
 */
export interface RegisterTile {
  /** Images per invocation. */
  rows: number;
  /** vec4s of units per invocation, `apart` vec4s from one to the next. */
  columns: number;
  apart: number;
  /** Takes one term of the sums per iteration instead of four: longer loops of less code, which suit a CPU's caches. */
  single?: boolean;
}

/** What a product runs over besides its sizes; where left out, all of it. */
export interface ProductInput {
  /** First vec4 of the sum, in WGSL. */
  begin?: string;
  /** The vec4 `k` of what row r of the tile reads, or what `lane` picks of it, in WGSL. */
  load?: (r: number, lane: string) => string;
}

/**
 * Declares a{r}{c} = x·Wᵀ + b + s·ψ. In scope: `below`, `parameters` (vec4 arrays), `x` (index of the tile's first row in
 * `below`), `w` (index of the tile's first column in W's first row) and `inner` (vec4s of inputs in use).
 */
export function affineForward(
  tile: RegisterTile,
  size: { stride: number; inputs: number; outputs: number; psi: boolean },
  { begin = '0u', load = (r, lane) => `below[x + k + ${r * size.stride}u]${lane}` }: ProductInput = {},
): string {
  const { rows, columns, apart } = tile;
  const { stride, inputs, outputs, psi } = size;
  const column = (c: number): string => (c === 0 ? '' : ` + ${c * apart}u`);
  const tail = (r: number): string => `below[x + ${(r + 1) * stride - 1}u].y`;
  const byFours = `
for (var k = ${begin}; k < inner; k++) {
  let at = w + k * ${4 * outputs}u;
  ${joinLines(4, (j) => joinLines(columns, (c) => `let w${j}${c} = parameters[at + ${j * outputs}u${column(c)}];`))}
  ${joinLines(
    rows,
    (r) => `let x${r} = ${load(r, '')};
  ${joinLines(columns, (c) => `a${r}${c} += ${joinWgsl(4, ' + ', (j) => `x${r}.${LANES[j]} * w${j}${c}`)};`)}`,
  )}
}`;
  const oneByOne = `
for (var i = 4u * ${begin}; i < 4u * inner; i++) {
  let at = w + i * ${outputs}u;
  let k = i >> 2u;
  let j = i & 3u;
  ${joinLines(columns, (c) => `let w${c} = parameters[at${column(c)}];`)}
  ${joinLines(
    rows,
    (r) => `let x${r} = ${load(r, '[j]')};
  ${joinLines(columns, (c) => `a${r}${c} += x${r} * w${c};`)}`,
  )}
}`;
  return `
${joinLines(columns, (c) => `let bias${c} = parameters[w + ${4 * inputs * outputs}u${column(c)}];`)}
${psi ? joinLines(columns, (c) => `let psi${c} = parameters[w + ${(4 * inputs + 1) * outputs}u${column(c)}];`) : ''}
${tileWgsl(rows, columns, (r, c) => `var a${r}${c} = bias${c}${psi ? ` + ${tail(r)} * psi${c}` : ''};`)}
${tile.single ? oneByOne : byFours}`;
}

/**
 * Declares a{r}{c} = ∂z·W for the layer below. In scope: `deltas` and `d` (index of the tile's first row of ∂z),
 * `parameters`, `w` (index of the row of W of the tile's first unit) and `inner` (vec4s of ∂z in use).
 */
export function affineBackward(
  tile: RegisterTile,
  size: { stride: number; outputs: number },
  { begin = '0u' }: Pick<ProductInput, 'begin'> = {},
): string {
  const { rows, columns, apart } = tile;
  const { stride, outputs } = size;
  const row = (c: number, j: number): string => `${(4 * c * apart + j) * outputs}u`;
  const byFours = `
for (var o = ${begin}; o < inner; o++) {
  ${joinLines(rows, (r) => `let d${r} = deltas[d + o + ${r * stride}u];`)}
  ${joinLines(
    columns,
    (c) => `${joinLines(4, (j) => `let w${c}${j} = parameters[w + o + ${row(c, j)}];`)}
  ${joinLines(rows, (r) => `a${r}${c} += vec4f(${joinWgsl(4, ', ', (j) => `dot(d${r}, w${c}${j})`)});`)}`,
  )}
}`;
  const oneByOne = `
for (var k = 4u * ${begin}; k < 4u * inner; k++) {
  let o = k >> 2u;
  let j = k & 3u;
  let at = w + o;
  ${joinLines(columns, (c) => `let w${c} = vec4f(${joinWgsl(4, ', ', (i) => `parameters[at + ${row(c, i)}][j]`)});`)}
  ${joinLines(
    rows,
    (r) => `let d${r} = deltas[d + o + ${r * stride}u][j];
  ${joinLines(columns, (c) => `a${r}${c} += d${r} * w${c};`)}`,
  )}
}`;
  return `
${tileWgsl(rows, columns, (r, c) => `var a${r}${c} = vec4f();`)}
${tile.single ? oneByOne : byFours}`;
}

/**
 * Fills g: ∂W = Σ over images of x·∂z for a tile of 4·inputs × 4·outputs weights, of which row r of vec4 column c is
 * g[4·inputs·c + r]. `x` and `d` name the vec4 arrays; in scope: `a`, `aStride`, `b`, `bStride` (where they start and step per
 * image), `images`. `load` gives vec4 i of a row of x.
 */
export function affineGradient(
  { inputs, outputs }: { inputs: number; outputs: number },
  x: string,
  d: string,
  load = (i: number): string => `${x}[ai + ${i}u]`,
): string {
  const at = (r: number, c: number): number => 4 * inputs * c + r;
  const each = (of: (r: number, c: number) => string): string => tileWgsl(4 * inputs, outputs, of);
  return `
${each((r, c) => `var g${at(r, c)} = vec4f();`)}
var ai = a;
var bi = b;
for (var n = 0u; n < images; n++) {
  ${joinLines(outputs, (c) => `let d${c} = ${d}[bi + ${c}u];`)}
  ${joinLines(inputs, (i) => `let x${i} = ${load(i)};`)}
  ${each((r, c) => `g${at(r, c)} += x${r >> 2}.${LANES[r & 3]} * d${c};`)}
  ai += aStride;
  bi += bStride;
}
${each((r, c) => `g[${at(r, c)}] = g${at(r, c)};`)}`;
}

import { joinWgsl, joinLines, tileWgsl, LANES } from './wgsl';

/**
 * The three matrix products of z = x·Wᵀ + b + s·ψ as WGSL text. W is stored as [in, out], four outputs to a vec4,
 * followed by a row of biases, a row of ψ and a row that begins with o (or log o). A row of activations ends in one
 * vec4 more, its tail (see ACTIVATION_TAIL). Each invocation keeps a register tile of rows × 4·columns sums, named
 * a{row}{column}. There are no barriers, and neighbouring invocations read neighbouring vec4s of W.
 */
export interface RegisterTile {
  /** Images per invocation. */
  rows: number;
  /** vec4s of units per invocation. One is `apart` vec4s after the other. */
  columns: number;
  apart: number;
  /**
   * The loop takes one term of the sums per iteration, not four. That makes more iterations of less code, which suits
   * the caches of a CPU.
   */
  single?: boolean;
}

/** What a product reads, where it is not simply all of a row. */
export interface ProductInput {
  /** WGSL of the first vec4 of the sum; 0 where left out. */
  begin?: string;
  /** WGSL of the vec4 `k` that row r of the tile reads, or of one component of it where `lane` is "[j]". */
  load?: (r: number, lane: string) => string;
}

/**
 * WGSL that declares a{r}{c} = x·Wᵀ + b + s·ψ. In scope: `below` and `parameters` (vec4 arrays), `x` (index in `below`
 * of the tile's first row), `w` (index of the tile's first column in the first row of W) and `inner` (how many vec4s
 * of inputs are in use).
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
 * WGSL that declares a{r}{c} = ∂z·W, the gradient of what the layer reads. In scope: `deltas` and `d` (index of the
 * tile's first row of ∂z), `parameters`, `w` (index of the row of W that belongs to the tile's first unit) and `inner`
 * (how many vec4s of ∂z are in use).
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
 * WGSL that fills g with ∂W = Σ x·∂z over the images, for a tile of 4·inputs × 4·outputs weights. Row r of column c is
 * g[4·inputs·c + r]. `x` and `d` name the vec4 arrays. In scope: `a` and `b` (where x and ∂z of the first image
 * begin), `aStride` and `bStride` (from one image to the next), `images`. `load` writes vec4 i of a row of x.
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

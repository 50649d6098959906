import { lines } from './wgsl';

/** Rows of a tile of the forward product, and of one that is left over. */
export interface WasmTiles {
  forwardRows: number;
  gradientRows: number;
  backwardRows: number;
}

export const WASM_TILES: WasmTiles = { forwardRows: 4, gradientRows: 4, backwardRows: 2 };

/**
 * z[r, 8] = bias + Σₖ x[r, k]·w[k, 8] for R rows: a tile of sums in registers, weights read in a row, each x spread over four lanes as
 * it is loaded. k is a multiple of four.
 */
const forward = (R: number): string => `
function forward${R}(x0: usize, xs: usize, k: usize, w: usize, z: usize, zs: usize, bias: usize): void {
  ${lines(R - 1, (r) => `let x${r + 1} = x${r} + xs;`)}
  ${lines(R, (r) => `let a${r} = v128.load(bias); let b${r} = v128.load(bias, 16);`)}
  for (const end = x0 + k * 4; x0 < end; ) {
    ${lines(
      4,
      (u) => `{
      const p = v128.load(w, ${u * 32});
      const q = v128.load(w, ${u * 32 + 16});
      ${lines(R, (r) => `const s${r} = v128.load32_splat(x${r}, ${u * 4}); a${r} = madd(s${r}, p, a${r}); b${r} = madd(s${r}, q, b${r});`)}
    }`,
    )}
    ${lines(R, (r) => `x${r} += 16;`)}
    w += 128;
  }
  ${lines(R, (r) => `v128.store(z, a${r}); v128.store(z, b${r}, 16);${r < R - 1 ? ' z += zs;' : ''}`)}
}`;

/**
 * y[r, 4] = Σ d[r, o]·w[i, o] over all panels for R rows and four inputs: lanes run along o and are summed at the end. \`panel\` is the
 * distance from one panel to the next.
 */
const backward = (R: number): string => `
function backward${R}(d0: usize, ds: usize, panels: usize, w: usize, panel: usize, y: usize, ys: usize, add: bool): void {
  ${lines(R - 1, (r) => `let d${r + 1} = d${r} + ds;`)}
  ${lines(R, (r) => lines(4, (c) => `let a${r}${c} = splat(0.0);`))}
  for (; panels > 0; panels--) {
    ${lines(2, (half) => `{
      ${lines(R, (r) => `const e${r} = v128.load(d${r}, ${half * 16});`)}
      ${lines(4, (c) => `{
        const p = v128.load(w, ${c * 32 + half * 16});
        ${lines(R, (r) => `a${r}${c} = madd(e${r}, p, a${r}${c});`)}
      }`)}
    }`)}
    ${lines(R, (r) => `d${r} += 32;`)}
    w += panel;
  }
  ${lines(R, (r) => `{
    let sum = sums(a${r}0, a${r}1, a${r}2, a${r}3);
    if (add) sum = f32x4.add(sum, v128.load(y));
    v128.store(y, sum);
    ${r < R - 1 ? 'y += ys;' : ''}
  }`)}
}`;

/** ∂L/∂w of R inputs and eight outputs, moved at once: no gradient is ever stored. Returns what Σ g² has become. */
const gradient = (R: number): string => `
function gradient${R}(x: usize, xs: usize, d: usize, ds: usize, n: usize, w: usize, first: usize, second: usize, how: usize, squares: v128): v128 {
  ${lines(R, (r) => `let a${r} = splat(0.0); let b${r} = splat(0.0);`)}
  for (; n > 0; n--) {
    const p = v128.load(d);
    const q = v128.load(d, 16);
    ${lines(R, (r) => `const s${r} = v128.load32_splat(x, ${r * 4}); a${r} = madd(s${r}, p, a${r}); b${r} = madd(s${r}, q, b${r});`)}
    x += xs;
    d += ds;
  }
  ${lines(R, (r) => `squares = madd(a${r}, a${r}, squares); squares = madd(b${r}, b${r}, squares);`)}
  if (load<u32>(how, 20)) {
    ${lines(R, (r) => `advanceSgd(w + ${r * 32}, first, a${r}, how); advanceSgd(w + ${r * 32 + 16}, first, b${r}, how);`)}
  } else {
    const rate = v128.load32_splat(how, 0);
    const epsilon = v128.load32_splat(how, 4);
    const keep = v128.load32_splat(how, 8);
    ${lines(R, (r) => `advanceAdam(w + ${r * 32}, first, second, a${r}, rate, epsilon, keep); advanceAdam(w + ${r * 32 + 16}, first, second, b${r}, rate, epsilon, keep);`)}
  }
  return squares;
}`;

/**
 * AssemblyScript: the three products of an affine layer. Its weights lie in panels of eight outputs, [outputs/8][inputs][8], so that all
 * three read and write them in a row and no step packs anything.
 */
export const affine = ({ forwardRows, gradientRows, backwardRows }: WasmTiles = WASM_TILES): string => `
/** (Σ a, Σ b, Σ c, Σ d) */
@inline function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
${[...new Set([forwardRows, 1])].map(forward).join('\n')}
${[...new Set([backwardRows, 1])].map(backward).join('\n')}
${gradient(gradientRows)}

/** z of the rows from … to−1 of one part. */
function affineForward(l: usize, part: usize, from: usize, to: usize): void {
  const xs = layerXStride(l);
  const zs = layerStride(l);
  const k = partInLanes(part);
  const x = layerX(l) + partInLane(part) * 4 + from * xs;
  const z = layerZ(l) + partOutLane(part) * 4 + from * zs;
  const bias = layerBias(l) + partOutLane(part) * 4;
  const panels = partOutLanes(part) >> 3;
  let w = partWeights(part);
  for (let p: usize = 0; p < panels; p++) {
    let r = from;
    let xr = x;
    let zr = z + p * 32;
    for (; r + ${forwardRows} <= to; r += ${forwardRows}) {
      forward${forwardRows}(xr, xs, k, w, zr, zs, bias + p * 32);
      xr += ${forwardRows} * xs;
      zr += ${forwardRows} * zs;
    }
    for (; r < to; r++) {
      forward1(xr, xs, k, w, zr, zs, bias + p * 32);
      xr += xs;
      zr += zs;
    }
    w += k * 32;
  }
}

/** ∂L/∂(what the part reads) of the rows from … to−1, written or added to y [rows, ys]. */
function affineBackward(l: usize, part: usize, from: usize, to: usize, y: usize, ys: usize, add: bool): void {
  const ds = layerStride(l);
  const k = partInLanes(part);
  const panels = partOutLanes(part) >> 3;
  const panel = k * 32;
  const w = partWeights(part);
  let d = layerD(l) + partOutLane(part) * 4 + from * ds;
  y += partInLane(part) * 4 + from * ys;
  let r = from;
  for (; r + ${backwardRows} <= to; r += ${backwardRows}) {
    for (let i: usize = 0; i < k; i += 4) backward${backwardRows}(d, ds, panels, w + i * 32, panel, y + i * 4, ys, add);
    d += ${backwardRows} * ds;
    y += ${backwardRows} * ys;
  }
  for (; r < to; r++) {
    for (let i: usize = 0; i < k; i += 4) backward1(d, ds, panels, w + i * 32, panel, y + i * 4, ys, add);
    d += ds;
    y += ys;
  }
}

/** Gradients of a part's weights of the input lanes from … to−1, and the optimiser's step along them; returns Σ g². */
function affineUpdate(l: usize, part: usize, from: usize, to: usize, rows: usize, how: usize): v128 {
  const xs = layerXStride(l);
  const ds = layerStride(l);
  const x = layerX(l) + partInLane(part) * 4;
  const d = layerD(l) + partOutLane(part) * 4;
  const panel = partInLanes(part) * 32;
  const panels = partOutLanes(part) >> 3;
  const first = layerFirst(l);
  const second = layerSecond(l);
  let w = partWeights(part);
  let squares = splat(0.0);
  for (let p: usize = 0; p < panels; p++) {
    for (let i = from; i < to; i += ${gradientRows})
      squares = gradient${gradientRows}(x + i * 4, xs, d + p * 32, ds, rows, w + i * 32, first, second, how, squares);
    w += panel;
  }
  return squares;
}`;

import { joinLines } from './wgsl';

/** How the products of an affine layer are cut. */
export interface WasmTiles {
  /** Rows of a tile of sums, eight columns wide: two vectors. */
  rows: number;
  /** Inputs of a tile of a gradient. */
  inputs: number;
  /** Inputs whose weights stay in the first cache while all rows of a piece pass by. */
  depth: number;
  /** Input lanes whose gradients are one task: x of as many is packed at once. */
  block: number;
}

/** Input lanes whose gradients are one task of the update. */
export const UPDATE_BLOCK = 60;

/**
 * What was fastest on Zen 4 (docs/performance.md). A fused multiply-add keeps its product in no register of its own, so that twelve sums
 * fit beside what they are made of; the plain build has room for eight.
 */
export const WASM_TILES = {
  simd: { rows: 4, inputs: 4, depth: 4096, block: UPDATE_BLOCK },
  relaxed: { rows: 6, inputs: 6, depth: 4096, block: UPDATE_BLOCK },
} as const satisfies Record<string, WasmTiles>;

/** Sizes of tiles for what is left over, the largest first. */
const sizes = (most: number): number[] => [...new Set([most, 4, 3, 2, 1])].filter((size) => size <= most);

/**
 * z[r, 8] = start[r] + Σₖ x[r, k]·w[k, 8] for R rows: the sums stay in registers, weights are read in a row, and each x is spread over four
 * lanes as it is loaded. k is a multiple of four. \`start\` is a bias (distance \`ss\` 0) or what has been summed so far.
 */
const product = (R: number): string => `
export function product${R}(x0: usize, xs: usize, k: usize, w: usize, z: usize, zs: usize, start: usize, ss: usize): void {
  ${joinLines(R - 1, (r) => `let x${r + 1} = x${r} + xs;`)}
  ${joinLines(R, (r) => `let a${r} = v128.load(start); let b${r} = v128.load(start, 16); start += ss;`)}
  for (const end = x0 + k * 4; x0 < end; ) {
    ${joinLines(
      4,
      (u) => `{
      const p = v128.load(w, ${32 * u});
      const q = v128.load(w, ${32 * u + 16});
      ${joinLines(R, (r) => `{ const s = v128.load32_splat(x${r}, ${4 * u}); a${r} = madd(s, p, a${r}); b${r} = madd(s, q, b${r}); }`)}
    }`,
    )}
    ${joinLines(R, (r) => `x${r} += 16;`)}
    w += 128;
  }
  ${joinLines(R, (r) => `v128.store(z, a${r}); v128.store(z, b${r}, 16);${r < R - 1 ? ' z += zs;' : ''}`)}
}`;

/** g[R, 8] = Σₙ x[n, R]·d[n, 8] of packed x and d. */
const gradient = (R: number): string => `
export function gradient${R}(x: usize, d: usize, n: usize, g: usize): void {
  ${joinLines(R, (r) => `let a${r} = splat(0.0); let b${r} = splat(0.0);`)}
  for (const end = d + n * 32; d < end; ) {
    const p = v128.load(d);
    const q = v128.load(d, 16);
    ${joinLines(R, (r) => `{ const s = v128.load32_splat(x, ${4 * r}); a${r} = madd(s, p, a${r}); b${r} = madd(s, q, b${r}); }`)}
    x += X_BLOCK;
    d += 32;
  }
  ${joinLines(R, (r) => `v128.store(g, a${r}, ${32 * r}); v128.store(g, b${r}, ${32 * r + 16});`)}
}`;

/** Calls of the tiles that cover \`count\` rows (or inputs), the largest first. */
const covered = (most: number, count: string, call: (size: number) => string): string =>
  sizes(most)
    .map((size) => `for (; ${count} >= ${size}; ${count} -= ${size}) {\n${call(size)}\n}`)
    .join('\n');

/** Four rows of four to four columns of four. */
const transposed = (name: string, to: string, from: number): string => `{
    const t0 = v128.shuffle<f32>(${name}0, ${name}1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(${name}2, ${name}3, 0, 4, 1, 5);
    const t2 = v128.shuffle<f32>(${name}0, ${name}1, 2, 6, 3, 7);
    const t3 = v128.shuffle<f32>(${name}2, ${name}3, 2, 6, 3, 7);
    v128.store(${to}, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5), ${32 * from});
    v128.store(${to}, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7), ${32 * (from + 1)});
    v128.store(${to}, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5), ${32 * (from + 2)});
    v128.store(${to}, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7), ${32 * (from + 3)});
  }`;

/**
 * AssemblyScript: the three products of an affine layer. Its weights lie in panels of eight outputs, [outputs/8][inputs][8], and where
 * another layer is below a second time in panels of eight inputs, [inputs/8][outputs][8], which the update keeps equal: so that forward and
 * backward are one product that reads weights in a row, and no step packs them.
 */
export const affine = ({ rows, inputs, depth, block }: WasmTiles): string => `
const X_BLOCK: usize = ${4 * block};
${sizes(rows).map(product).join('\n')}
${sizes(inputs).map(gradient).join('\n')}

/** z = start + x·w for \`count\` rows and all panels; w has k rows of eight in each. Columns of x in pieces that the first cache holds. */
function panelProduct(
  x: usize, xs: usize, k: usize, w: usize, panels: usize, z: usize, zs: usize, start: usize, ss: usize, step: usize, count: usize,
): void {
  for (let at: usize = 0; at < k; at += ${depth}) {
    const deep = min<usize>(${depth}, k - at);
    for (let p: usize = 0; p < panels; p++) {
      let left = count;
      let xr = x + at * 4;
      let zr = z + p * 32;
      let sr = at ? zr : start + p * step;
      const sd = at ? zs : ss;
      const wp = w + (p * k + at) * 32;
      ${covered(
        rows,
        'left',
        (R) =>
          `product${R}(xr, xs, deep, wp, zr, zs, sr, sd); xr += xs * ${R}; zr += zs * ${R}; sr += sd * ${R};`,
      )}
    }
  }
}

/** z of the rows from … to−1 of one part. */
function affineForward(l: usize, part: usize, from: usize, to: usize): void {
  const out = partOutLane(part) * 4;
  const zs = layerStride(l);
  const xs = layerXStride(l);
  panelProduct(
    layerX(l) + partInLane(part) * 4 + from * xs, xs, partInLanes(part), partWeights(part), partOutLanes(part) >> 3,
    layerZ(l) + out + from * zs, zs, layerBias(l) + out, 0, 32, to - from,
  );
}

/** ∂L/∂(what the part reads) of the rows from … to−1, written to y [rows, ys], or added where \`add\`. */
function affineBackward(l: usize, part: usize, from: usize, to: usize, y: usize, ys: usize, add: bool, zeros: usize): void {
  const ds = layerStride(l);
  const into = y + partInLane(part) * 4 + from * ys;
  panelProduct(
    layerD(l) + partOutLane(part) * 4 + from * ds, ds, partOutLanes(part), partTransposed(part), (partInLanes(part) + 7) >> 3,
    into, ys, add ? into : zeros, add ? ys : 0, add ? 32 : 0, to - from,
  );
}

/** Writes the other panels of the input lanes from … to−1 of a part. */
export function transposeWeights(part: usize, from: usize, to: usize): void {
  if (partTransposed(part) == 0) return;
  const k = partInLanes(part);
  const lanes = partOutLanes(part);
  for (let p: usize = 0; p < lanes >> 3; p++)
    for (let i = from; i < to; i += 4)
      transposeTile(partWeights(part) + (p * k + i) * 32, partTransposed(part) + ((i >> 3) * lanes + p * 8) * 32 + (i & 4) * 4);
}
@inline function transposeTile(w: usize, to: usize): void {
  ${joinLines(4, (r) => `const a${r} = v128.load(w, ${32 * r}); const b${r} = v128.load(w, ${32 * r + 16});`)}
  ${transposed('a', 'to', 0)}
  ${transposed('b', 'to', 4)}
}

/**
 * Gradients of a part's weights of the input lanes from … to−1, at most ${block}, and the optimiser's step along them; returns Σ g². x of these
 * lanes and d of one panel at a time are packed into \`own\`, since row after row each lies on another page of memory.
 */
function affineUpdate(l: usize, part: usize, from: usize, to: usize, n: usize, how: usize, own: usize): v128 {
  const xs = layerXStride(l);
  const ds = layerStride(l);
  const count = to - from;
  const g = own;
  const xp = g + ${32 * block};
  const dp = xp + n * X_BLOCK;
  const packed = layerXPacked(l);
  const xb = packed ? packed + from * 4 * n : xp;
  let x = layerX(l) + (partInLane(part) + from) * 4;
  for (let b: usize = 0; b < n && !packed; b++) {
    for (let t: usize = 0; t < count * 4; t += 16) v128.store(xp + b * X_BLOCK + t, v128.load(x + t));
    x += xs;
  }
  const k = partInLanes(part);
  const lanes = partOutLanes(part);
  const panels = lanes >> 3;
  const first = layerFirst(l);
  const second = layerSecond(l);
  const other = partTransposed(part);
  const sgd = load<u32>(how, 20) != 0;
  const rate = v128.load32_splat(how, 0);
  const epsilon = v128.load32_splat(how, 4);
  const keep = v128.load32_splat(how, 8);
  let squares = splat(0.0);
  for (let p: usize = 0; p < panels; p++) {
    let d = layerD(l) + (partOutLane(part) + p * 8) * 4;
    for (let t = dp; t < dp + n * 32; t += 32) {
      v128.store(t, v128.load(d));
      v128.store(t, v128.load(d, 16), 16);
      d += ds;
    }
    let left = count;
    let xi = xb;
    let wi = partWeights(part) + (p * k + from) * 32;
    ${covered(
      inputs,
      'left',
      (R) => `gradient${R}(xi, dp, n, g); xi += ${4 * R};
        for (let t: usize = 0; t < ${32 * R}; t += 16) {
          const slope = v128.load(g + t);
          squares = madd(slope, slope, squares);
          if (sgd) advanceSgd(wi + t, first, slope, how);
          else advanceAdam(wi + t, first, second, slope, rate, epsilon, keep);
        }
        wi += ${32 * R};`,
    )}
    const w = partWeights(part) + (p * k + from) * 32;
    if (other)
      for (let i: usize = 0; i < count; i += 4)
        transposeTile(w + i * 32, other + (((from + i) >> 3) * lanes + p * 8) * 32 + ((from + i) & 4) * 4);
  }
  return squares;
}`;

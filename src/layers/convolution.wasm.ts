import { joinLines } from './wgsl';

/**
 * AssemblyScript of a convolution stage. Units lie [y][x][channel], channels rounded up to eight, with a border of zeros around them where
 * another stage reads them: so no kernel asks whether it is at the edge. Parameters lie [channel out][dy][dx, channel in], each row of
 * kernels rounded up to four; the forward pass reads a copy in panels of eight outputs, written anew after each step.
 */
export const CONVOLUTION = `
/** The 2×2 under one pooled unit for eight channels: four tiles of sums, of which the largest and its place remain. */
@inline function pooledTile(x: usize, row: usize, cell: usize, k: usize, w: usize, bias: usize, z: usize, picked: usize): void {
  ${joinLines(4, (r) => `let a${r} = splat(0.0); let b${r} = splat(0.0);`)}
  const right = x + cell;
  const below = x + row;
  for (let ky = 0; ky < 3; ky++) {
    let x0 = x + ky * row;
    let x1 = right + ky * row;
    let x2 = below + ky * row;
    let x3 = x2 + cell;
    for (const end = x0 + k; x0 < end; ) {
      const p = v128.load(w);
      const q = v128.load(w, 16);
      ${joinLines(4, (r) => `const s${r} = v128.load32_splat(x${r}); a${r} = madd(s${r}, p, a${r}); b${r} = madd(s${r}, q, b${r});`)}
      ${joinLines(4, (r) => `x${r} += 4;`)}
      w += 32;
    }
  }
  let top = a0;
  let other = b0;
  let at = i32x4.splat(0);
  let otherAt = i32x4.splat(0);
  ${[1, 2, 3]
    .map(
      (r) => `{
    const more = f32x4.gt(a${r}, top);
    top = v128.bitselect(a${r}, top, more);
    at = v128.bitselect(i32x4.splat(${r}), at, more);
    const moreB = f32x4.gt(b${r}, other);
    other = v128.bitselect(b${r}, other, moreB);
    otherAt = v128.bitselect(i32x4.splat(${r}), otherAt, moreB);
  }`,
    )
    .join('\n')}
  v128.store(z, f32x4.add(top, v128.load(bias)));
  v128.store(z, f32x4.add(other, v128.load(bias, 16)), 16);
  const narrow = i16x8.narrow_i32x4_s(at, otherAt);
  v128.store64_lane(picked, i8x16.narrow_i16x8_u(narrow, narrow), 0);
}

function convolutionForward(l: usize, from: usize, to: usize): void {
  const height = layerPooledHeight(l);
  const width = layerPooledWidth(l);
  const out = layerOutChannels(l) * 4;
  const cell = layerInChannels(l) * 4;
  const row = layerInRow(l);
  const outRow = layerOutRow(l);
  const panelBytes = 8 * cell * 9;
  for (let b = from; b < to; b++) {
    const image = layerX(l) + b * layerXStride(l);
    const z = layerZ(l) + b * layerStride(l) + layerInterior(l);
    const picked = layerPicked(l) + b * layerPickedStride(l);
    for (let o: usize = 0; o < out; o += 32) {
      const w = layerPanels(l) + (o >> 5) * panelBytes;
      for (let y: usize = 0; y < height; y++)
        for (let x: usize = 0; x < width; x++)
          pooledTile(
            image + y * 2 * row + x * 2 * cell, row, cell, cell * 3, w, layerBias(l) + o,
            z + y * outRow + x * out + o, picked + (y * width + x) * (out >> 2) + (o >> 2),
          );
    }
  }
}

/** into ← into + d·from over \`bytes\`, a multiple of 16. */
@inline function alongRow(d: v128, from: usize, into: usize, bytes: usize): void {
  for (let t: usize = 0; t < bytes; t += 16) v128.store(into + t, madd(d, v128.load(from + t), v128.load(into + t)));
}

/**
 * Images from … to−1 backward: their part of the gradient of kernels and biases (partial number \`part\`), and, where \`into\` is given,
 * ∂L/∂(what the stage reads). Of each 2×2 the gradient goes to the one that was picked; what is 0 is passed over.
 */
function convolutionBackward(l: usize, from: usize, to: usize, part: usize, into: usize): void {
  const height = layerPooledHeight(l);
  const width = layerPooledWidth(l);
  const channels = layerChannels(l);
  const lanes = layerOutChannels(l);
  const cell = layerInChannels(l) * 4;
  const row = layerInRow(l);
  const kernelRow = layerKernelRow(l);
  const partial = layerPartials(l) + part * layerPartialStride(l);
  memory.fill(partial, 0, layerPartialStride(l));
  const biases = partial + kernelRow * 3 * channels;
  const kernels = layerKernels(l);
  for (let b = from; b < to; b++) {
    const image = layerX(l) + b * layerXStride(l);
    const below = into + b * layerXStride(l);
    if (into) memory.fill(below, 0, layerXStride(l));
    const d0 = layerD(l) + b * layerStride(l) + layerInterior(l);
    const picked0 = layerPicked(l) + b * layerPickedStride(l);
    for (let y: usize = 0; y < height; y++)
      for (let x: usize = 0; x < width; x++) {
        const dAt = d0 + y * layerOutRow(l) + x * 4 * lanes;
        const pickedAt = picked0 + (y * width + x) * lanes;
        for (let o: usize = 0; o < channels; o++) {
          const slope = load<f32>(dAt + o * 4);
          if (slope == 0.0) continue;
          const k = <usize>load<u8>(pickedAt + o);
          const at = (y * 2 + (k >> 1)) * row + (x * 2 + (k & 1)) * cell;
          const d = splat(slope);
          store<f32>(biases + o * 4, load<f32>(biases + o * 4) + slope);
          const own = kernelRow * 3 * o;
          for (let ky: usize = 0; ky < 3; ky++) {
            alongRow(d, image + at + ky * row, partial + own + ky * kernelRow, kernelRow);
            if (into) alongRow(d, kernels + own + ky * kernelRow, below + at + ky * row, kernelRow);
          }
        }
      }
  }
}

/** Sums the parts of the gradient of channels from … to−1 in order, moves kernels, and writes their panels; returns Σ g². */
function convolutionUpdate(l: usize, from: usize, to: usize, how: usize): v128 {
  const kernelRow = layerKernelRow(l);
  const cell = layerInChannels(l) * 4;
  const parts = layerPartialCount(l);
  const stride = layerPartialStride(l);
  const rest = (cell * 3) & 15;
  const tail = rest ? firstLanes(rest >> 2) : i32x4.splat(-1);
  let squares = splat(0.0);
  const sgd = load<u32>(how, 20) != 0;
  const rate = v128.load32_splat(how, 0);
  const epsilon = v128.load32_splat(how, 4);
  const keep = v128.load32_splat(how, 8);
  for (let o = from; o < to; o++)
    for (let ky: usize = 0; ky < 3; ky++) {
      const at = (o * 3 + ky) * kernelRow;
      for (let t: usize = 0; t < kernelRow; t += 16) {
        let g = splat(0.0);
        let p = layerPartials(l) + at + t;
        for (let i: usize = 0; i < parts; i++) {
          g = f32x4.add(g, v128.load(p));
          p += stride;
        }
        // What lies beside a row of kernels is another pixel.
        if (t + 16 >= kernelRow) g = v128.and(g, tail);
        squares = madd(g, g, squares);
        const w = layerKernels(l) + at + t;
        if (sgd) advanceSgd(w, layerFirst(l), g, how);
        else advanceAdam(w, layerFirst(l), layerSecond(l), g, rate, epsilon, keep);
      }
    }
  convolutionPanels(l, from, to);
  return squares;
}

/** Writes the forward pass's copy of the kernels of channels from … to−1. */
export function convolutionPanels(l: usize, from: usize, to: usize): void {
  const kernelRow = layerKernelRow(l);
  const row = layerInChannels(l) * 3;
  for (let o = from; o < to; o++) {
    const panel = layerPanels(l) + (o >> 3) * (8 * 9 * layerInChannels(l) * 4) + (o & 7) * 4;
    for (let ky: usize = 0; ky < 3; ky++) {
      const w = layerKernels(l) + (o * 3 + ky) * kernelRow;
      for (let t: usize = 0; t < row; t++) store<f32>(panel + (ky * row + t) * 32, load<f32>(w + t * 4));
    }
  }
}`;

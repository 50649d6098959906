import { UPDATE_BLOCK } from '../../../layers/affine.wasm';

/**
 * AssemblyScript: x = (byte·scale − mean)·inverse, clipped, of the rows from … to−1 of a batch, whose bytes, blocks and shifts the driver
 * has laid out for step k. \`own\` is the thread's scratch: a shifted image, then its values. Of data made of tasks each image goes to its
 * block, with zeros elsewhere; what convolutions read goes inside a border of zeros, [y][x][channel].
 */
export const GATHER_ROWS = `
function gatherRows(g: usize, k: usize, from: usize, to: usize, own: usize): void {
  const size = gatherSize(g);
  const rows = gatherCount(g);
  for (let b = from; b < to; b++) {
    const at = k * rows + b;
    const x = gatherX(g) + b * gatherStride(g);
    store<u32>(gatherCurrent(g) + b * 4, load<u32>(gatherLabels(g) + at * 4));
    let bytes = gatherBytes(g) + at * gatherRowBytes(g);
    const shift = gatherShifts(g) ? load<i32>(gatherShifts(g) + at * 4) : 0;
    if (shift) {
      shiftRow(g, bytes, own, shift);
      bytes = own;
    }
    const task = gatherStandard(g) ? <usize>load<u32>(gatherStandard(g) + at * 4) : 0;
    const mean = gatherMean(g) + task;
    const inverse = gatherInverse(g) + task;
    if (gatherHeight(g)) {
      const values = own + gatherRowBytes(g);
      standardise(g, bytes, mean, inverse, values, size);
      placePlanes(g, values, x);
    } else if (gatherPlace(g)) {
      memory.fill(x, 0, gatherStride(g));
      const block = load<i32>(gatherPlace(g) + at * 4);
      if (block >= 0) standardise(g, bytes, mean, inverse, x + <usize>block * gatherBlockBytes(g), size);
    } else standardise(g, bytes, mean, inverse, x, size);
    if (gatherPacked(g)) packRow(g, b, x);
  }
}

/** A row once more as the update of the first layer reads it, [lanes/${UPDATE_BLOCK}][rows][${UPDATE_BLOCK}]: once for all networks that see it. */
function packRow(g: usize, b: usize, x: usize): void {
  const end = x + gatherLanes(g) * 4;
  let to = gatherPacked(g) + b * X_BLOCK;
  for (; x < end; x += X_BLOCK) {
    const bytes = min<usize>(X_BLOCK, end - x);
    for (let t: usize = 0; t < bytes; t += 16) v128.store(to + t, v128.load(x + t));
    to += gatherCount(g) * X_BLOCK;
  }
}

/** Sixteen at a time: bytes, mean and inverse are padded with zeros, so that what lies beyond \`size\` becomes 0. */
function standardise(g: usize, bytes: usize, mean: usize, inverse: usize, x: usize, size: usize): void {
  const scale = splat(gatherScale(g));
  const clip = splat(gatherClip(g));
  const low = f32x4.neg(clip);
  for (let j: usize = 0; j < size; j += 16) {
    const all = v128.load(bytes + j);
    const lower = i16x8.extend_low_i8x16_u(all);
    const upper = i16x8.extend_high_i8x16_u(all);
    standardFour(i32x4.extend_low_i16x8_u(lower), mean, inverse, x, scale, low, clip);
    standardFour(i32x4.extend_high_i16x8_u(lower), mean + 16, inverse + 16, x + 16, scale, low, clip);
    standardFour(i32x4.extend_low_i16x8_u(upper), mean + 32, inverse + 32, x + 32, scale, low, clip);
    standardFour(i32x4.extend_high_i16x8_u(upper), mean + 48, inverse + 48, x + 48, scale, low, clip);
    mean += 64;
    inverse += 64;
    x += 64;
  }
}
@inline function standardFour(word: v128, mean: usize, inverse: usize, x: usize, scale: v128, low: v128, clip: v128): void {
  const value = f32x4.mul(f32x4.sub(f32x4.mul(f32x4.convert_i32x4_u(word), scale), v128.load(mean)), v128.load(inverse));
  v128.store(x, f32x4.pmin(f32x4.pmax(value, low), clip));
}

/** The image moved by \`shift\`, (dx + 8) | (dy + 8) << 8, each plane alike; bytes of 0 come in. */
function shiftRow(g: usize, from: usize, to: usize, shift: i32): void {
  const width = <i32>gatherWidth(g);
  const dx = (shift & 255) - 8;
  const dy = (shift >> 8) - 8;
  const plane = <i32>(gatherSize(g) / gatherPlanes(g));
  const height = plane / width;
  memory.fill(to, 0, gatherRowBytes(g));
  const left = max(0, dx);
  const count = width - abs(dx);
  if (count <= 0) return;
  for (let c: i32 = 0; c < <i32>gatherPlanes(g); c++)
    for (let y = max(0, dy); y < min(height, height + dy); y++)
      memory.copy(to + <usize>(c * plane + y * width + left), from + <usize>(c * plane + (y - dy) * width + left - dx), <usize>count);
}

/** [channel][y][x] to [y][x][channel] inside a border. */
function placePlanes(g: usize, values: usize, x: usize): void {
  const channels = gatherChannels(g);
  const height = gatherHeight(g);
  const width = gatherPictureWidth(g);
  const row = channels * (width + 2) * 4;
  let to = x + row + channels * 4;
  if (channels == 1) {
    for (let y: usize = 0; y < height; y++) {
      memory.copy(to, values, width * 4);
      values += width * 4;
      to += row;
    }
    return;
  }
  for (let c: usize = 0; c < channels; c++)
    for (let y: usize = 0; y < height; y++)
      for (let at: usize = 0; at < width; at++) {
        store<f32>(to + y * row + (at * channels + c) * 4, load<f32>(values));
        values += 4;
      }
}`;

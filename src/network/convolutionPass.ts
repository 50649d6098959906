import { convolutionUnits, kernelSize, pooledSize } from './convolution';
import { timesTransposed } from './linearAlgebra';
import type { Matrix } from './network';
import type { ConvolutionSpec } from './spec';

/** What a convolution stage writes from n images. */
export interface PooledOutput {
  /** Pooled pre-activations [n, units], units [channel][y][x]. */
  z: Float64Array;
  /** Which of its four places each unit was the largest at, 2·dy + dx, [n, units]; the first of equal ones. */
  picked: Uint8Array;
}

/**
 * Calls `each` for every value of the plane below that the 3×3 kernels cover at position (y, x), with its column in
 * the weights and its index in the image. Values in the padding are left out.
 */
function underKernel(
  { inChannels, inHeight, inWidth }: ConvolutionSpec,
  y: number,
  x: number,
  each: (column: number, index: number) => void,
): void {
  const top = y === 0 ? 1 : 0;
  const left = x === 0 ? 1 : 0;
  const bottom = Math.min(3, inHeight + 1 - y);
  const right = Math.min(3, inWidth + 1 - x);
  for (let c = 0; c < inChannels; c++)
    for (let ky = top; ky < bottom; ky++)
      for (let kx = left; kx < right; kx++)
        each(9 * c + 3 * ky + kx, (c * inHeight + y + ky - 1) * inWidth + x + kx - 1);
}

/** The values that the kernels cover in one image: a row of 9·inChannels for each of the four places of each unit. */
function fillPatches(stage: ConvolutionSpec, image: Float64Array, patches: Float64Array): void {
  const { height, width } = pooledSize(stage);
  const size = kernelSize(stage);
  patches.fill(0);
  let row = 0;
  for (let py = 0; py < height; py++)
    for (let px = 0; px < width; px++)
      for (let k = 0; k < 4; k++, row += size)
        underKernel(
          stage,
          2 * py + (k >> 1),
          2 * px + (k & 1),
          (column, i) => (patches[row + column] = image[i]),
        );
}

/** The float64 convolution and pooling (see ConvolutionSpec) of n images [n, inChannels·inHeight·inWidth], before the activation. */
export function convolve(
  stage: ConvolutionSpec,
  w: Matrix,
  bias: Float64Array,
  input: Float64Array,
  n: number,
): PooledOutput {
  const { channels, inChannels, inHeight, inWidth } = stage;
  const units = convolutionUnits(stage);
  const places = units / channels;
  const size = inChannels * inHeight * inWidth;
  const patches = new Float64Array(4 * places * kernelSize(stage));
  const all = new Float64Array(4 * places * channels);
  const z = new Float64Array(n * units);
  const picked = new Uint8Array(n * units);
  for (let b = 0; b < n; b++) {
    fillPatches(stage, input.subarray(b * size, (b + 1) * size), patches);
    timesTransposed(patches, 4 * places, w.data, channels, w.cols, all);
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < places; p++) {
        const first = 4 * p * channels + c;
        let top = 0;
        for (let k = 1; k < 4; k++) if (all[first + k * channels] > all[first + top * channels]) top = k;
        const unit = b * units + c * places + p;
        z[unit] = all[first + top * channels] + bias[c];
        picked[unit] = top;
      }
  }
  return { z, picked };
}

/**
 * Backward through a convolution stage: adds ∂L/∂w to `byWeights` and ∂L/∂bias to `byBiases`, and where `byInput` is given ∂L/∂input
 * [n, inputs] to it, for ∂L/∂z = d [n, units]. The gradient of a 2×2 goes to the one that was picked.
 */
export function convolveBackward(
  stage: ConvolutionSpec,
  w: Matrix,
  input: Float64Array,
  picked: Uint8Array,
  d: Float64Array,
  n: number,
  byWeights: Matrix,
  byBiases: Float64Array,
  byInput: Float64Array | null,
): void {
  const { channels, inChannels, inHeight, inWidth } = stage;
  const { width } = pooledSize(stage);
  const units = convolutionUnits(stage);
  const places = units / channels;
  const size = inChannels * inHeight * inWidth;
  for (let unit = 0; unit < n * units; unit++) {
    const slope = d[unit];
    if (slope === 0) continue;
    const image = Math.floor(unit / units) * size;
    const c = Math.floor((unit % units) / places);
    const p = unit % places;
    const y = 2 * Math.floor(p / width) + (picked[unit] >> 1);
    const x = 2 * (p % width) + (picked[unit] & 1);
    byBiases[c] += slope;
    underKernel(stage, y, x, (column, i) => {
      byWeights.data[c * w.cols + column] += slope * input[image + i];
      if (byInput) byInput[image + i] += slope * w.data[c * w.cols + column];
    });
  }
}

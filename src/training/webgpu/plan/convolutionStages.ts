import { kernelSize, pooledSize } from '../../../network/convolution';
import type { ConvolutionSpec, NetworkSpec } from '../../../network/spec';

/**
 * A convolution stage in the memory of a plan. Its units are stored as [y][x][channel], and its channels are rounded
 * up to whole vec4s.
 */
export interface ConvolutionStage {
  activation: ConvolutionSpec['activation'];
  inChannels: number;
  inHeight: number;
  inWidth: number;
  channels: number;
  /** Rows and columns after pooling. */
  height: number;
  width: number;
  /** It reads pictures as they are given, [channel][y][x], four values to a vec4; others read [y][x][channel]. */
  first: boolean;
  /** vec4s of channels read and written. */
  inVectors: number;
  outVectors: number;
  /** vec4s of all units, and of the rows of its kernels. */
  vectors: number;
  inputs: number;
  /**
   * How many parts its gradient is summed in: `images` parts over every images-th image, each in `slices` parts over
   * every slices-th row of units.
   */
  parts: { images: number; slices: number };
}

/** How many invocations one part over images should have at least. */
const ENOUGH = 512;
const IMAGE_PARTS = 32;
const MOST_SLICES = 4;

function stageOf(spec: ConvolutionSpec, first: boolean): ConvolutionStage {
  const { height, width } = pooledSize(spec);
  const { activation, inChannels, inHeight, inWidth, channels } = spec;
  const inVectors = Math.ceil(inChannels / 4);
  const outVectors = Math.ceil(channels / 4);
  const inputs = first ? Math.ceil(kernelSize(spec) / 4) : 9 * inVectors;
  const tiles = (first ? kernelSize(spec) : 9 * inVectors) * outVectors;
  const slices = Math.max(1, Math.min(MOST_SLICES, height, Math.floor(ENOUGH / tiles)));
  return {
    ...{ activation, inChannels, inHeight, inWidth, channels, height, width, first, inVectors, outVectors },
    vectors: height * width * outVectors,
    inputs,
    parts: { images: IMAGE_PARTS, slices },
  };
}

/** By layer from inputs to outputs; null where a layer is no convolution. */
export function plannedStages({ hidden }: NetworkSpec): (ConvolutionStage | null)[] {
  return [
    null,
    ...hidden.map(({ convolution }, l) => (convolution ? stageOf(convolution, l === 0) : null)),
    null,
  ];
}

/** vec4s of one part of a stage's gradient: rows of weights, then one of biases. */
export const partVectors = ({ inputs, outVectors }: ConvolutionStage): number =>
  (4 * inputs + 1) * outVectors;

/** For each unit of a stage, numbered [channel][y][x] as in a network, its place in a row of memory, in floats. */
export function stageLanes({ channels, height, width, outVectors }: ConvolutionStage): Int32Array {
  const cells = height * width;
  return Int32Array.from(
    { length: channels * cells },
    (_, i) => (i % cells) * 4 * outVectors + Math.floor(i / cells),
  );
}

/** For each column of a stage's weights, 9·channel + 3·dy + dx, its row in memory. */
export function kernelLanes({ inChannels, first, inVectors }: ConvolutionStage): Int32Array {
  return Int32Array.from({ length: 9 * inChannels }, (_, i) =>
    first ? i : (i % 9) * 4 * inVectors + Math.floor(i / 9),
  );
}

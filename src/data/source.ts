import type { Planes } from '../network/convolution';

/** Pixel data of one split as bytes [n, size], with labels; the arrays fill while `ready` (images available) grows. */
export interface SplitData {
  images: Uint8Array;
  labels: Uint8Array;
  ready: number;
  total: number;
}

/** A data set as engines see it: bytes plus the affine map to standardised inputs, clipped to ±clip. */
export interface DataSource {
  /** Values per image. */
  size: number;
  /** Planes of an image, one after another ([channel][y][x]); 1 where left out. */
  channels?: number;
  /** Pixels per row of images, all `size` values being one image; left out where they are not, and then nothing is augmented. */
  width?: number;
  /** What a convolution reads, all `size` values being it: of pictures and of event frames; left out where there is nothing of the kind. */
  planes?: Planes;
  classes: number;
  /**
   * Null, or the number of tasks this source is made of: task t has the labels t·c … t·c + c − 1 (c = classes / tasks), and
   * `mean` and `inverseDeviation` hold `size` values per task. Networks then name the task of each block (NetworkSpec.blocks).
   */
  tasks?: number | null;
  train: SplitData;
  test: SplitData;
  /** Where a sample is a short text: the texts, in the order of the images. Engines do not look at them. */
  texts?: { train: string[]; test: string[] };
  /** x = (byte·byteScale − mean[j]) · inverseDeviation[j], both of length `size`. */
  byteScale: number;
  mean: Float32Array;
  inverseDeviation: Float32Array;
  clip: number;
}

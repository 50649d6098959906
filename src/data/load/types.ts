import type { StandardisationId } from '../ids';
import type { DataSource } from '../source';
import type { SplitName } from './imageArrivals';
import type { FetchFile } from './stream';

/**
 * How far loading is; `bytes` of `totalBytes` are counted as packed, whether or not the server unpacked them. Of a simulated set they are
 * the bytes made.
 */
export interface LoadProgress {
  bytes: number;
  totalBytes: number;
  train: number;
  test: number;
  trainTotal: number;
  testTotal: number;
}

export interface LoadOptions {
  /** Absolute URL of the page's folder, the one that holds `data/` (a worker's own address is another one). */
  base: string;
  standardisation: StandardisationId;
  /** Called after each chunk that arrives. */
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
  fetch?: FetchFile;
}

/**
 * A data set on its way. `source` is usable at once (its arrays are allocated, its constants known); `ready` resolves
 * when that many images of a split, and all labels, are there (more than the split holds means all of it). `done`
 * resolves when everything is there. Both reject with a `DataError`, or with the signal's reason; what was loaded stays.
 */
export interface LoadingDataset {
  source: DataSource;
  done: Promise<void>;
  ready(split: SplitName, images: number): Promise<void>;
}

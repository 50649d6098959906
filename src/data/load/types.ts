import type { StandardisationId } from '../ids';
import type { DataSource } from '../source';
import type { SplitName } from './imageArrivals';
import type { FetchFile } from './stream';

/**
 * How far loading has come. `bytes` of `totalBytes` count the compressed files, even where the server has already
 * uncompressed them. For a simulated set they are the bytes that have been made.
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
 * A data set that is being loaded. `source` can be used at once: its arrays have their final size, and its constants are
 * known. `ready` resolves when that many images of a split (all of them where it has fewer) and all labels are there.
 * `done` resolves when everything is there. Both reject with a `DataError`, or with the reason of the signal; what has
 * been loaded stays.
 */
export interface LoadingDataset {
  source: DataSource;
  done: Promise<void>;
  ready(split: SplitName, images: number): Promise<void>;
}

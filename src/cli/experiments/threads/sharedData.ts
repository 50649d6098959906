import type { DataSource, SplitData } from '../../../data/source';
import type { DatasetLoader } from '../../../experiments/datasetCache';
import type { WantedData } from './protocol';

/** The same bytes in memory that threads share. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

const sharedSplit = (split: SplitData): SplitData => ({
  ...split,
  images: shared(split.images),
  labels: shared(split.labels),
});

/**
 * Data sets for all threads: each is loaded and unpacked once, when the first thread asks for it, and its images and labels lie in memory
 * that is then sent to threads without being copied. A failed load is tried again when asked again.
 */
export class SharedDatasets {
  private readonly known = new Map<string, Promise<DataSource>>();

  constructor(private readonly load: DatasetLoader) {}

  of(wanted: WantedData): Promise<DataSource> {
    const key = `${wanted.data} ${wanted.standardisation}`;
    let source = this.known.get(key);
    if (!source) {
      source = this.load(wanted).then((whole) => ({
        ...whole,
        train: sharedSplit(whole.train),
        test: sharedSplit(whole.test),
      }));
      this.known.set(key, source);
      source.catch(() => this.known.delete(key));
    }
    return source;
  }
}

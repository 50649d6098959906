import type { LoadOptions } from '../data/load/types';
import type { DataSource, SplitData } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { loadDataset } from '../data/load/load';
import type { ImageLimits } from './types';

/** Where data sets are loaded from: the folder that holds `data/`, and how to fetch (in Node, from disk). */
export type DataOrigin = Pick<LoadOptions, 'base' | 'fetch' | 'signal'>;

type Wanted = Pick<Configuration, 'data' | 'standardisation'>;

/** Brings a whole data set. */
export type DatasetLoader = (wanted: Wanted) => Promise<DataSource>;

/** Loads data sets from an origin. */
export const loaderFrom =
  (origin: DataOrigin): DatasetLoader =>
  async ({ data, standardisation }) => {
    const loading = loadDataset(data, { ...origin, standardisation });
    await loading.done;
    return loading.source;
  };

/** Loads whole data sets and keeps them, because trials on one data set follow each other or come back to it. */
export class DatasetCache {
  private readonly loaded = new Map<string, Promise<DataSource>>();
  private readonly cut = new Map<string, DataSource>();

  private readonly load: DatasetLoader;

  /** Of an origin, or of whatever brings data sets. */
  constructor(from: DataOrigin | DatasetLoader) {
    this.load = typeof from === 'function' ? from : loaderFrom(from);
  }

  /**
   * A data set with all its images, or with the first ones of each split. A load that failed is tried again at the next
   * call.
   */
  async of({ data, standardisation }: Wanted, images: ImageLimits): Promise<DataSource> {
    const key = `${data} ${standardisation}`;
    let whole = this.loaded.get(key);
    if (!whole) {
      whole = this.load({ data, standardisation });
      this.loaded.set(key, whole);
      whole.catch(() => this.loaded.delete(key));
    }
    const source = await whole;
    const { train = source.train.total, test = source.test.total } = images;
    if (train >= source.train.total && test >= source.test.total) return source;
    // One object for all trials of a cut: engines keep what they uploaded by the object.
    const cutKey = `${key} ${train} ${test}`;
    const known = this.cut.get(cutKey) ?? cutTo(source, train, test);
    this.cut.set(cutKey, known);
    return known;
  }
}

/** A data set that holds only the first images of another, with the same standardisation. */
function cutTo(source: DataSource, train: number, test: number): DataSource {
  const first = ({ images, labels, total }: SplitData, wanted: number): SplitData => {
    const count = Math.min(wanted, total);
    return {
      images: images.subarray(0, count * source.size),
      labels: labels.subarray(0, count),
      ready: count,
      total: count,
    };
  };
  return { ...source, train: first(source.train, train), test: first(source.test, test) };
}

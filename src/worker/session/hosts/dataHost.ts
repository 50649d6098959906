import type { LoadingDataset } from '../../../data/load/types';
import { errorMessage } from '../../../base/errorMessage';
import type { Configuration } from '../../../configuration/schema';
import { loadDataset } from '../../../data/load/load';
import { OWN_ENTRY } from '../../../data/ownEntry';
import type { PostEvent } from '../../protocol';

/** Test images sent to the page to look at. */
const GALLERY = 200;
const PROGRESS_MS = 100;

/** Keeps the data set of the session: loads it once, reports progress, and sends the first test images to the page. */
export class DataHost {
  private key = '';
  private loading: LoadingDataset | null = null;
  private abort = new AbortController();

  /** `arrived` is called when more images are there, for a loop that waits for them. */
  constructor(
    private readonly post: PostEvent,
    private readonly arrived: () => void,
  ) {}

  /** The data set of a configuration from the page's folder `base`; the one there is, where it is the same. Failures are told to the page. */
  load({ data, standardisation }: Configuration, base: string): LoadingDataset {
    const key = `${data} ${standardisation} ${data === 'own' ? OWN_ENTRY.savedAt : ''}`;
    if (this.loading && key === this.key) {
      this.sendGallery(data, this.loading);
      return this.loading;
    }
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    let last = 0;
    const loading = loadDataset(data, {
      base,
      standardisation,
      signal,
      onProgress: (progress) => {
        const now = performance.now();
        const complete = progress.train === progress.trainTotal && progress.test === progress.testTotal;
        if (now - last < PROGRESS_MS && !complete) return;
        last = now;
        this.post({ type: 'data', dataset: data, ...progress });
        this.arrived();
      },
    });
    this.key = key;
    this.loading = loading;
    loading.done.catch((error: unknown) => {
      if (signal.aborted) return;
      this.loading = null;
      const detail = errorMessage(error);
      const title = 'The data could not be loaded';
      this.post({ type: 'problem', severity: 'error', title, detail, ofRun: true });
    });
    void loading.ready('test', GALLERY).then(
      () => {
        if (!signal.aborted) this.sendGallery(data, loading);
      },
      () => undefined,
    );
    return loading;
  }

  private sendGallery(dataset: string, { source }: LoadingDataset): void {
    const n = Math.min(GALLERY, source.test.ready);
    if (n === 0) return;
    const { size, byteScale, mean, inverseDeviation, clip, tasks = null, test, texts } = source;
    this.post({
      type: 'gallery',
      dataset,
      images: test.images.slice(0, n * size),
      labels: test.labels.slice(0, n),
      size,
      byteScale,
      mean,
      inverseDeviation,
      clip,
      tasks,
      ...(texts && { texts: texts.test.slice(0, n) }),
    });
  }
}

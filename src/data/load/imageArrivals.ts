import type { DataSource, SplitData } from '../source';

export type SplitName = 'train' | 'test';

interface Waiter {
  split: SplitData;
  images: number;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * The promises that wait for images of a source to arrive. `check` resolves those whose images are there; a failure of
 * loading rejects them all.
 */
export class ImageArrivals {
  private readonly waiters = new Set<Waiter>();
  private failure: { reason: unknown } | null = null;

  constructor(private readonly source: DataSource) {}

  /** Resolves when that many images of a split are there (more than it holds means all of it). */
  ready(name: SplitName, count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const split = this.source[name];
      const waiter = { split, images: Math.min(Math.max(1, count), split.total), resolve, reject };
      if (split.ready >= waiter.images) resolve();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the very reason loading failed with
      else if (this.failure) reject(this.failure.reason);
      else this.waiters.add(waiter);
    });
  }

  check(): void {
    for (const waiter of this.waiters) {
      if (waiter.split.ready < waiter.images) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  fail(reason: unknown): void {
    this.failure = { reason };
    for (const waiter of this.waiters) waiter.reject(reason);
    this.waiters.clear();
  }
}

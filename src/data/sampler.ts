import { permutation, seededRandom } from '../network/random';

/**
 * The number of images the first pass draws from. Each further pass may draw from twice as many as the one before, until
 * that is the whole set.
 */
export const FIRST_POOL = 2048;

export interface SamplerOptions {
  seed: number;
  /** Images in the training set. */
  total: number;
  /** Labels of all training images, [total]; may still be filling when the sampler is made, not when it draws. */
  labels: Uint8Array;
  batch: number;
}

/** The position of a sampler: its pass, and how many images of that pass's permutation have been used. */
export interface SamplerState {
  pass: number;
  cursor: number;
}

/** For each class, whether it is in training; null means all. */
export type ActiveClasses = readonly boolean[] | null;

/** Turns the configuration's list of classes in training into one flag per class. */
export function activeClasses(ticked: readonly number[] | null, classes: number): ActiveClasses {
  return ticked && Array.from({ length: classes }, (_, i) => ticked.includes(i));
}

/**
 * Seeded batches of training-image indices. The first pass draws from the first 2,048 images, so that training can start
 * while the rest loads; the pool doubles with each pass until it is the whole set. Each pass is a fresh permutation of
 * its pool, and a batch may straddle passes. What is drawn depends on the options and the ticked classes alone, never on
 * how fast the download is: the caller waits for `required()` images instead.
 */
export class Sampler {
  /** Batches that make up one pass over the whole set, all classes ticked. */
  readonly stepsPerEpoch: number;
  private pass = 0;
  private cursor = 0;
  private order: Uint32Array | null = null;

  constructor(private readonly options: SamplerOptions) {
    this.stepsPerEpoch = Math.ceil(options.total / options.batch);
  }

  /**
   * Writes the next batch of indices to out[offset …]; images of unticked classes are passed over. Throws where no
   * image of the training set has a ticked class.
   */
  next(active: ActiveClasses, out: Uint32Array, offset = 0): void {
    this.requireImages(active);
    const { labels, batch } = this.options;
    let order = this.currentOrder();
    for (let drawn = 0; drawn < batch;) {
      if (this.cursor === order.length) {
        this.restore({ pass: this.pass + 1, cursor: 0 });
        order = this.currentOrder();
      }
      const index = order[this.cursor++];
      if (active && !active[labels[index]]) continue;
      out[offset + drawn++] = index;
    }
  }

  /**
   * The number of training images that must be loaded before `next(active, …)` may be called `batches` times. Where only
   * some classes are in training this counts labels, so that these must be there.
   */
  required(active: ActiveClasses = null, batches = 1): number {
    this.requireImages(active);
    let missing = batches * this.options.batch - this.countLeft(active, batches * this.options.batch);
    let pass = this.pass;
    while (missing > 0) missing -= this.countPool(active, this.pool(++pass));
    return this.pool(pass);
  }

  save(): SamplerState {
    return { pass: this.pass, cursor: this.cursor };
  }

  restore(state: SamplerState): void {
    if (state.pass !== this.pass) this.order = null;
    this.pass = state.pass;
    this.cursor = state.cursor;
  }

  private pool(pass: number): number {
    return Math.min(this.options.total, FIRST_POOL * 2 ** pass);
  }

  private currentOrder(): Uint32Array {
    return (this.order ??= permutation(
      this.pool(this.pass),
      seededRandom(this.options.seed, `batches of pass ${this.pass}`),
    ));
  }

  /** How many images of classes in training are left in this pass, counted up to `enough`. */
  private countLeft(active: ActiveClasses, enough: number): number {
    const order = this.currentOrder();
    if (!active) return order.length - this.cursor;
    let count = 0;
    for (let i = this.cursor; i < order.length && count < enough; i++) {
      if (active[this.options.labels[order[i]]]) count++;
    }
    return count;
  }

  private countPool(active: ActiveClasses, pool: number): number {
    if (!active) return pool;
    let count = 0;
    for (let i = 0; i < pool; i++) if (active[this.options.labels[i]]) count++;
    return count;
  }

  private requireImages(active: ActiveClasses): void {
    const { labels, total } = this.options;
    for (let i = 0; active && i <= total; i++) {
      if (i === total) throw new Error('No image of the training set has one of the ticked classes.');
      if (active[labels[i]]) return;
    }
    if (total === 0) throw new Error('The training set has no images.');
  }
}

/** σ (largest first) and biases (as stored) of each affine layer at one step, the output's last. */
export interface RidgeSample {
  step: number;
  layers: { sigma: Float64Array; bias: Float32Array }[];
}

/** The most samples that are kept of a run; a ridge needs four pixels to be seen. */
export const MAX_RIDGE_SAMPLES = 48;

/**
 * Samples of a run, evenly spread over its steps however long it gets: when there are too many, every second is dropped
 * and the distance between samples doubles.
 */
export class RidgeSamples {
  private kept: RidgeSample[] = [];
  private latest: RidgeSample | null = null;
  private stride = 1;

  /** Adds the present sample. It is always shown, and kept for good if it is far enough from the last one that was. */
  add(moment: RidgeSample): void {
    if (this.latest && moment.step < this.latest.step) return;
    this.latest = moment;
    const last = this.kept.at(-1);
    if (last && moment.step < last.step + this.stride) return;
    this.kept.push(moment);
    if (this.kept.length <= MAX_RIDGE_SAMPLES) return;
    this.kept = this.kept.filter((_, i) => i % 2 === 0);
    this.stride = (moment.step - this.kept[0].step) / (this.kept.length - 1);
  }

  /** Oldest first, the present one last. */
  all(): RidgeSample[] {
    const { kept, latest } = this;
    return latest && kept.at(-1) !== latest ? [...kept, latest] : [...kept];
  }

  /** Forgets what came after `step`. */
  rewind(step: number): void {
    this.kept = this.kept.filter((moment) => moment.step <= step);
    if (this.latest && this.latest.step > step) this.latest = this.kept.at(-1) ?? null;
  }

  clear(): void {
    this.kept = [];
    this.latest = null;
    this.stride = 1;
  }

  /** Takes over stored moments up to `step` in front of what is there. */
  adopt(stored: readonly RidgeSample[], step: number): void {
    const since = this.all();
    this.clear();
    for (const moment of [...stored.filter((past) => past.step <= step), ...since]) this.add(moment);
  }
}

import type { DataSource } from '../../data/source';
import type { Engine } from '../../training/engine';
import type { RecipeSize, Trial } from '../types';

/** What a trial is run with. */
export interface TrialRunOptions {
  engine: Engine;
  source: DataSource;
  trial: Trial;
  size: RecipeSize;
  /** Awaited between slices of work, with the step reached: it waits while paused, and throws to cancel. */
  slice: (step: number) => Promise<void>;
}

import type { Engine } from '../../training/engine';
import type { DatasetCache } from '../datasetCache';
import type { Recipe, SizeName, Trial } from '../types';

/** How far the runs being made now are. */
export interface RunProgress {
  trials: readonly string[];
  step: number;
  steps: number;
}

/** What `runTrials` is given. */
export interface RunnerOptions {
  recipe: Recipe;
  size: SizeName;
  /** The runs to be made, in this order: all, or those still missing. */
  trials: readonly Trial[];
  engine: Engine;
  sources: DatasetCache;
  /** Cancels between two slices; `runTrials` then throws its reason. Runs already yielded are whole. */
  signal?: AbortSignal;
  /** Awaited between slices; resolves when work may go on (a pause), and lets messages through. */
  rest?: () => Promise<void>;
  onProgress?: (progress: RunProgress) => void;
  /** Networks that share dispatches at most (engines with a model axis); all of them finish together. */
  mostModels?: number;
}

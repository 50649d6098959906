import type { EngineChoice } from '../../training/ids';
import type { RunProgress } from '../../experiments/runner/types';
import type { SizeName, TrialResult } from '../../experiments/types';
import type { TrialSelection } from '../../experiments/trials';
import type { EngineInfo } from '../../training/engine';

/** What is to be run: the trials of a recipe at a size, as selected. */
export interface JobRequest extends TrialSelection {
  recipe: string;
  size: SizeName;
}

/** A run that is already finished on that engine and is not made again. */
export interface CompletedRun {
  trial: string;
  engine: string;
}

/** From the page to the thread of experiments. `job` numbers what is being run: answers carry it. */
export type ExperimentsCommand =
  | {
      type: 'run';
      job: number;
      request: JobRequest;
      engine: EngineChoice;
      /** The folder of the page, which holds `data/`. */
      base: string;
      held: readonly CompletedRun[];
    }
  | { type: 'pause' }
  | { type: 'continue' }
  /** Ends the job: the run in progress is left unfinished, and finished ones have been sent. */
  | { type: 'cancel' };

/** How a job ended. `lost`: the engine went away (a GPU reset); what is missing can be made later. */
export type JobEnd = 'finished' | 'cancelled' | 'lost' | 'failed';

/** From the thread of experiments to the page. */
export type ExperimentsEvent = { job: number } & (
  | { type: 'engine'; info: EngineInfo; left: number }
  | ({ type: 'progress' } & RunProgress)
  | { type: 'result'; result: TrialResult }
  | { type: 'complaint'; message: string }
  | { type: 'ended'; how: JobEnd; message: string | null }
);

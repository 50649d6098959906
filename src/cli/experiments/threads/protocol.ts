import type { DatasetId, StandardisationId } from '../../../data/ids';
import type { DataSource } from '../../../data/source';
import type { SizeName, Trial, TrialResult } from '../../../experiments/types';
import type { ShellEngineName } from '../engines';

/** What a thread is started with. */
export interface ThreadSetting {
  recipe: string;
  size: SizeName;
  engine: ShellEngineName;
  /** Where tfjs lies bundled for Node, for engines that want it. */
  bundle: string | null;
}

/** A data set as threads ask for it. */
export interface WantedData {
  data: DatasetId;
  standardisation: StandardisationId;
}

/** What a thread tells the main thread. */
export type ThreadEvent =
  | { type: 'ready' }
  | { type: 'data'; number: number; wanted: WantedData }
  | { type: 'result'; result: TrialResult }
  /** All runs it was given have been told. */
  | { type: 'done' }
  /** What no run is to blame for: the engine could not be opened, data could not be loaded. */
  | { type: 'failed'; message: string };

/** What the main thread tells a thread. */
export type ThreadCommand =
  | { type: 'run'; trials: readonly Trial[] }
  | { type: 'data'; number: number; source: DataSource }
  | { type: 'no data'; number: number; message: string };

import type { HotSetting } from '../../../configuration/hotSettings';
import type { Configuration } from '../../../configuration/schema';
import type { Run, SavedRun } from '../../../run/run';
import type { TwinKind } from '../../protocol';

/** A hot setting with the step after which it acts. From a log of them, a twin that starts later lives through the same run. */
export interface LoggedSetting {
  step: number;
  setting: HotSetting;
}

/**
 * A control beside the visitor's network: the same batches and hot settings, at a step of its own, and no change of width or basis that
 * the visitor or the run makes.
 */
export interface Twin {
  kind: Exclude<TwinKind, 'off'>;
  run: Run;
  /** How many settings of the log it has lived through. */
  cursor: number;
}

/** A twin at one moment: enough to make it again, or to go back to. */
export interface TwinCheckpoint {
  kind: TwinKind;
  state: SavedRun;
  cursor: number;
}

/** The configuration with which a twin of a kind that starts at step 0 begins; a `fixed-width` one begins as the main network did. */
export function twinStartConfiguration(kind: TwinKind, first: Configuration): Configuration {
  if (kind === 'tanh') return { ...first, activation: 'tanh' };
  if (kind === 'lambda-zero') return { ...first, lambda: 0 };
  return first;
}

/** Lets a twin live through a hot setting; the one its kind is a control for passes it by. */
export async function applyToTwin({ kind, run }: Twin, setting: HotSetting): Promise<void> {
  if (setting.name === 'lambda' && kind === 'lambda-zero') return;
  await run.change(setting);
}

import type { DataSource } from '../../data/source';
import { isIsotropicActivation } from '../../activations/lookup';
import type { Configuration } from '../../configuration/schema';
import { lagrangianLayer, lagrangianMerge } from '../../network/architectures/lagrangian';
import type { Sampler } from '../../data/sampler';
import type { HotSetting, TwinKind } from '../protocol';
import { withHotSetting } from './hotSettings';
import { withTasks } from './tasks';
import type { Runner, RunnerState } from './runner';

/** The control network: lives through the same batches and hot changes as the main one, at its own step. */
export interface Twin {
  kind: Exclude<TwinKind, 'off'>;
  runner: Runner;
  sampler: Sampler;
  /** The configuration as the twin has come to know it, and how much of the log it has lived through. */
  configuration: Configuration;
  cursor: number;
  /** Per hidden layer whether it has an o to set: its own modes, which operations on the main network do not change. */
  hasO: boolean[];
}

/** A twin at one moment: enough to make it again, or to go back to. */
export interface TwinCheckpoint {
  kind: TwinKind;
  state: RunnerState;
  cursor: number;
  configuration: Configuration;
}

/** What a twin of a kind that begins at step 0 begins with; `fixed-width` begins as the main network did. */
export function twinStartConfiguration(kind: TwinKind, first: Configuration): Configuration {
  if (kind === 'tanh') return { ...first, activation: 'tanh' };
  if (kind === 'lambda-zero') return { ...first, lambda: 0 };
  return first;
}

/** Which hidden layers of a saved runner have an o. */
export function lengthsOf({ training }: RunnerState): boolean[] {
  const { activation, hidden } = training.network.spec;
  return hidden.map(({ o }) => isIsotropicActivation(activation) && o !== 'off');
}

/** Whether a hot change may change a network's blocks. */
export function touchesBlocks({ name }: HotSetting): boolean {
  return name === 'tasks' || name === 'taskBlocks';
}

/**
 * Lets a twin live through a hot change; what its kind is a control for passes it by. Blocks of tasks come and go with it as they do
 * with the main network: without them there would be nothing to compare.
 */
export async function applyToTwin(twin: Twin, control: HotSetting, source: DataSource): Promise<void> {
  if (control.name === 'lambda' && twin.kind === 'lambda-zero') return;
  twin.configuration = withHotSetting(twin.configuration, control);
  if (control.name === 'o' && twin.hasO[control.layer]) {
    twin.runner.model.setO(control.layer, control.value);
  }
  if (control.name === 'mu') {
    const layer = lagrangianLayer((await twin.runner.model.exportNetwork()).spec);
    if (layer >= 0) twin.runner.model.setMerge(layer, lagrangianMerge(control.value));
  }
  if (!touchesBlocks(control)) return;
  const state = await twin.runner.model.exportState();
  const next = withTasks(state, twin.configuration, source);
  if (next !== state) twin.runner.reshape(next);
}

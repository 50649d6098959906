import type { DataSource } from '../data/source';
import { isIsotropicActivation } from '../activations/lookup';
import { type HotSetting, touchesBlocks, withHotSetting } from '../configuration/hotSettings';
import type { Configuration } from '../configuration/schema';
import type { Sampler, SamplerState } from '../data/sampler';
import { activeLabels } from '../data/tasks';
import { lagrangianLayer, lagrangianMerge } from '../network/architectures/lagrangian';
import { isIsotropic, type TrainingState } from '../network/network';
import { applyOperation } from '../topology/operations/operations';
import type { Operation, OperationOptions, OperationResult } from '../topology/types';
import type { Engine, EngineModel } from '../training/engine';
import { adaptWidths, type AdaptDecision, turnedDiagonal } from './automatic';
import { nextBatches, runSampler } from './batches';
import { type AutomaticAction, actionsAfter, type CadenceSettings, stepsUntilAction } from './cadence';
import type { Companion } from './companion';
import { completeOperation, operationOptions } from './operationOptions';
import { stepSettingsOf } from './stepSettings';
import { needsOtherBlocks, validateTasks, withTasks } from './tasks';
import { TrainedNetwork } from './trainedNetwork';

/**
 * A run at one moment: all it takes to go on, on this engine or another, as if nothing had happened. Plain data (typed arrays and
 * numbers), so that it can be stored, copied and posted.
 */
export interface SavedRun {
  /** The configuration as it stood, after the hot settings changed on the way. */
  configuration: Configuration;
  /** Steps taken. */
  step: number;
  /** Where the sampler of batches stood. */
  sampler: SamplerState;
  /** Weights, shape and the optimiser's moments, float64. */
  training: TrainingState;
  /** By hidden layer, the step of its last change of width. */
  lastWidthChange: [layer: number, step: number][];
}

/** What a run is made of. */
export interface RunSetting {
  /** As the run begins (see `startConfiguration`). */
  configuration: Configuration;
  engine: Engine;
  source: DataSource;
  /** The network to begin with (see `startState`). */
  state: TrainingState;
  /** Where the network is on the engine already: as a member of a group. */
  model?: EngineModel;
  /** False for a control that neither adapts, nor turns diagonal, nor keeps the schedule of tasks by itself; default true. */
  automatic?: boolean;
}

/** A structural operation as it was carried out. */
export interface PerformedOperation {
  /** The operation with all it left open filled in. */
  operation: Operation;
  before: TrainingState;
  result: OperationResult;
}

/**
 * One network in training: its configuration, its seeded batches and all that is done to it on the way, on whatever engine. The page and
 * the experiments both train by this class, so that a configuration means the same run in both.
 *
 * `train` takes steps and returns what the run is then to do by itself; whoever drives it performs these actions before the next
 * step. Everything else is done between two calls of `train`, never during one. It knows no clock: how many steps are taken at
 * once, and when, is up to the driver and changes no number.
 */
export class Run extends TrainedNetwork {
  step = 0;
  configuration: Configuration;
  /** What trains on the same batches. */
  readonly companions = new Set<Companion>();
  private readonly sampler: Sampler;
  private readonly lastWidthChange = new Map<number, number>();
  private readonly automatic: boolean;

  constructor({ configuration, engine, source, state, model, automatic = true }: RunSetting) {
    super(engine, state, source, model);
    this.configuration = configuration;
    this.sampler = runSampler(configuration, source);
    this.automatic = automatic;
  }

  /** Steps that make up one pass over the training set. */
  get stepsPerEpoch(): number {
    return this.sampler.stepsPerEpoch;
  }

  /** How many training images must have arrived before `steps` more steps can be taken. */
  requiredImages(steps: number): number {
    return this.sampler.required(activeLabels(this.configuration, this.source), steps);
  }

  /** What decides when the run acts by itself, as it stands. */
  get cadence(): CadenceSettings {
    const { configuration, spec, source, stepsPerEpoch } = this;
    const isotropic = spec.hidden.some((_, layer) => isIsotropic(spec, layer));
    return { configuration, isotropic, tasks: Boolean(source.tasks), stepsPerEpoch };
  }

  /** The most steps `train` may be asked for: up to where the run does something by itself. */
  get stepsUntilAction(): number {
    return this.automatic ? stepsUntilAction(this.cadence, this.step) : Infinity;
  }

  /**
   * Takes `steps` steps, companions included, and returns what the run is to do by itself at the step it has reached, in order: pass each
   * to `perform`. Metrics are the driver's to read, before anything that changes the network's shape. Throws where the steps would pass
   * over such an action.
   */
  async train(steps: number): Promise<AutomaticAction[]> {
    if (steps > this.stepsUntilAction)
      throw new Error(
        `The run acts by itself after ${this.stepsUntilAction} steps; ${steps} were asked for.`,
      );
    const { configuration, source, sampler } = this;
    const { batch } = configuration;
    const indices = nextBatches(sampler, configuration, source, steps);
    await this.model.train(indices, batch, steps, stepSettingsOf(configuration));
    for (const companion of this.companions) await companion.train(indices, batch, steps, configuration);
    this.step += steps;
    return this.automatic ? actionsAfter(this.cadence, this.step) : [];
  }

  /** Does something the run does by itself; returns the changes of width that came of it. */
  async perform(action: AutomaticAction): Promise<AdaptDecision[]> {
    switch (action.kind) {
      case 'adapt':
        return this.adapt();
      case 'switch-tasks':
        await this.change({ name: 'tasks', value: action.tasks });
        return [];
      case 'turn-diagonal':
        await this.install(turnedDiagonal(await this.model.exportState(), this.operationOptions));
        return [];
    }
  }

  private async adapt(): Promise<AdaptDecision[]> {
    const { configuration, step, lastWidthChange } = this;
    const state = await this.model.exportState();
    const adapted = adaptWidths(state, configuration, step, lastWidthChange, this.operationOptions);
    if (!adapted) return [];
    await this.install(adapted.state);
    for (const { layer } of adapted.decisions) lastWidthChange.set(layer, step);
    return adapted.decisions;
  }

  /**
   * Changes hot settings, all of them at once; they act from the next step on. Other tasks may change the network's blocks, and those of
   * its companions. Throws a sentence for people where the data have no such tasks, or the engine no memory for the blocks.
   */
  async change(...settings: HotSetting[]): Promise<void> {
    const { source, model } = this;
    const asked = settings.map((setting) =>
      setting.name === 'tasks' ? { ...setting, value: validateTasks(setting.value, source) } : setting,
    );
    const configuration = asked.reduce(withHotSetting, this.configuration);
    if (asked.some(touchesBlocks) && needsOtherBlocks(this.blocks, configuration))
      await this.install(withTasks(await model.exportState(), configuration, source));
    this.configuration = configuration;
    for (const setting of asked) {
      if (setting.name === 'o' && this.hasLength(setting.layer)) model.setO(setting.layer, setting.value);
      const divided = setting.name === 'mu' ? lagrangianLayer(this.spec) : -1;
      if (setting.name === 'mu' && divided >= 0) model.setMerge(divided, lagrangianMerge(setting.value));
    }
    for (const companion of this.companions) await companion.follow(asked, configuration);
  }

  /** Whether a hidden layer has an intrinsic length o that can be set. */
  private hasLength(layer: number): boolean {
    const own = this.spec.hidden.at(layer);
    return isIsotropicActivation(this.spec.activation) && own !== undefined && own.o !== 'off';
  }

  /** Carries out a structural operation; what it leaves open is taken from the configuration. Metrics must have been read. */
  async operate(asked: Operation): Promise<PerformedOperation> {
    const operation = completeOperation(asked, this.configuration, this.step);
    const before = await this.model.exportState();
    const result = applyOperation(before, operation, this.operationOptions);
    await this.install(result.state);
    if (operation.kind === 'remove' || operation.kind === 'grow')
      this.lastWidthChange.set(operation.layer, this.step);
    return { operation, before, result };
  }

  /** How operations on the run, as it stands, treat the optimiser, and what they may look at. */
  get operationOptions(): OperationOptions {
    return operationOptions(this.configuration, this.source, this.blocks);
  }

  /** The whole run as it stands. */
  async save(): Promise<SavedRun> {
    const { configuration, step, sampler, model, lastWidthChange } = this;
    return {
      configuration,
      step,
      sampler: sampler.save(),
      training: await model.exportState(),
      lastWidthChange: [...lastWidthChange],
    };
  }

  /** Goes to a moment of this run, or of one of the same seed, batch size and data. */
  load(state: SavedRun): void {
    this.reshape(state.training);
    this.resume(state);
  }

  /** Moves the run to another engine, at a moment of it. */
  move(engine: Engine, state: SavedRun): void {
    this.remake(engine, state.training);
    this.resume(state);
  }

  /** Counts, draws and is configured on from a moment whose weights are in place already. */
  resume({ configuration, step, sampler, lastWidthChange }: Omit<SavedRun, 'training'>): void {
    this.configuration = configuration;
    this.step = step;
    this.sampler.restore(sampler);
    this.lastWidthChange.clear();
    for (const [layer, at] of lastWidthChange) this.lastWidthChange.set(layer, at);
  }
}

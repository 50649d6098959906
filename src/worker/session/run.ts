import type { DataSource } from '../../data/source';
import { type Configuration } from '../../configuration/schema';
import { Sampler } from '../../data/sampler';
import { activeLabels, shapeFor } from '../../data/tasks';
import { lagrangianLayer, lagrangianMerge } from '../../network/architectures/lagrangian';
import { initialNetwork, initialTrainingState, softmaxRegression } from '../../network/initialise';
import type { Network, TrainingState } from '../../network/network';
import type { Engine } from '../../training/engine';
import type { HotSetting, Pin, SweepRequest, TwinKind } from '../protocol';
import { type LoggedSetting, pinFor, withHotSetting } from './hotSettings';
import { stateFromWeights, requireMatchingData } from './providedNetwork';
import { RunPins } from './pins';
import { stepSettingsOf, Runner, type RunnerState } from './runner';
import { LockstepGroup } from './lockstepGroup';
import { RunningSweep } from './sweep';
import { withTasks } from './tasks';
import {
  lengthsOf,
  applyToTwin,
  touchesBlocks,
  type Twin,
  type TwinCheckpoint,
  twinStartConfiguration,
} from './twin';
import { type SessionState, UndoStack } from './undo';

/** One run: the visitor's network, the linear baseline and maybe a twin, with the log of all that was done to them. */
export class TrainingRun {
  readonly main: Runner;
  readonly baseline: Runner;
  readonly sampler: Sampler;
  twin: Twin | null = null;
  /** Main network and twin train in the same dispatches (engines with a model axis). */
  private paired = false;
  /** Copies over λ and o that train beside the main network, for the Compare lens. */
  sweep: RunningSweep | null = null;
  readonly log: LoggedSetting[] = [];
  readonly undo = new UndoStack();
  readonly pins = new RunPins();
  /** By hidden layer, the step of its last change of width: layers rest after one (automatic adaptation). */
  readonly lastChange = new Map<number, number>();
  configuration: Configuration;

  /**
   * `first` is the configuration the run started with: what a twin starts from. `given` is a trained network to start with
   * in the place of the seed's; throws where it does not fit the data.
   */
  constructor(
    readonly first: Configuration,
    private engine: Engine,
    readonly source: DataSource,
    readonly given: Network | null = null,
  ) {
    if (given) requireMatchingData(given, source);
    this.configuration = first;
    this.sampler = this.newSampler();
    this.main = new Runner('main', engine, this.initial(first), source, this.sampler);
    const shape = shapeFor(source, first.tasks);
    const linear = initialTrainingState(
      softmaxRegression(shape.inputs, shape.outputs, shape.blocks),
      first.optimiser,
    );
    this.baseline = new Runner('baseline', engine, linear, source, null);
  }

  private newSampler(): Sampler {
    const { seed, batch } = this.first;
    return new Sampler({ seed, batch, total: this.source.train.total, labels: this.source.train.labels });
  }

  private initial(configuration: Configuration): TrainingState {
    if (this.given) {
      const state = stateFromWeights(this.given, configuration);
      return withTasks(state, { ...configuration, taskBlocks: 'mask' }, this.source);
    }
    const { inputs, outputs, blocks, planes } = shapeFor(this.source, configuration.tasks);
    const network = initialNetwork(configuration, inputs, outputs, blocks, planes);
    return initialTrainingState(network, configuration.optimiser);
  }

  get stepsPerEpoch(): number {
    return this.sampler.stepsPerEpoch;
  }

  get twinBehind(): boolean {
    return this.twin !== null && this.twin.runner.step < this.main.step;
  }

  /** Training images needed before `steps` more steps. */
  required(steps: number): number {
    return this.sampler.required(activeLabels(this.configuration, this.source), steps);
  }

  /** Trains the main network and all that go in step with it by `steps` steps. */
  async train(steps: number): Promise<void> {
    const { batch } = this.configuration;
    const active = activeLabels(this.configuration, this.source);
    const indices = new Uint32Array(steps * batch);
    for (let k = 0; k < steps; k++) this.sampler.next(active, indices, k * batch);
    const controls = stepSettingsOf(this.configuration);
    await this.main.model.train(indices, batch, steps, controls);
    await this.baseline.model.train(indices, batch, steps, { ...controls, lambda: 0, psiDecay: 0 });
    await this.sweep?.train(indices, batch, steps, this.configuration);
    this.main.step += steps;
    this.baseline.step += steps;
    if (this.twin && this.twin.runner.step === this.main.step - steps) await this.trainTwin(steps);
  }

  /** Trains the twin by at most `steps` steps, stopping where a logged change acts; returns how many it did. */
  async trainTwin(steps: number): Promise<number> {
    const { twin } = this;
    if (!twin) return 0;
    await this.twinLives(twin);
    const next = this.log.at(twin.cursor)?.step ?? Infinity;
    const count = Math.min(steps, next - twin.runner.step, this.main.step - twin.runner.step);
    const { batch } = this.configuration;
    const active = activeLabels(twin.configuration, this.source);
    const indices = new Uint32Array(count * batch);
    for (let k = 0; k < count; k++) twin.sampler.next(active, indices, k * batch);
    await twin.runner.model.train(indices, batch, count, stepSettingsOf(twin.configuration));
    twin.runner.step += count;
    if (!this.twinBehind) await this.twinLives(twin);
    return count;
  }

  /** Lets the twin live through what the log holds up to its step. */
  private async twinLives(twin: Twin): Promise<void> {
    for (; twin.cursor < this.log.length && this.log[twin.cursor].step <= twin.runner.step; twin.cursor++)
      await applyToTwin(twin, this.log[twin.cursor].control, this.source);
  }

  /**
   * Starts a twin, or ends it. An `ungrown` one forks off the network as it now is, optimiser, batches and all; the others
   * begin at step 0 and catch up by themselves. Metrics must have been read.
   */
  async changeTwin(kind: TwinKind): Promise<void> {
    if (this.paired) this.part(await this.main.model.exportState(), null);
    const { configuration, log } = this;
    const fork = { kind, state: await this.main.save(), cursor: log.length, configuration };
    this.setTwin(kind, kind === 'ungrown' ? fork : null);
  }

  /** Whether main network and twin could share their dispatches but do not yet. */
  get canPair(): boolean {
    return this.twin !== null && !this.paired && !this.twinBehind && this.engine.modelAxis;
  }

  /** Puts main network and twin, in step, on the model axis. Metrics must have been read. */
  async pair(): Promise<void> {
    const { twin } = this;
    if (!twin || !this.canPair) return;
    const states = [await this.main.model.exportState(), await twin.runner.model.exportState()];
    this.main.model.dispose();
    twin.runner.model.dispose();
    const { seats } = new LockstepGroup(this.engine.createGroup(states, this.source), 2);
    [this.main.model, twin.runner.model] = seats;
    this.paired = true;
  }

  /** Takes a pair apart again, at given states (null: the twin is about to go). */
  private part(main: TrainingState, twin: TrainingState | null): void {
    this.main.remake(this.engine, main);
    if (twin) this.twin?.runner.remake(this.engine, twin);
    this.paired = false;
  }

  /** A twin as it was at a moment, or (but for `ungrown`, which began somewhere on the way) at its start. */
  private setTwin(kind: TwinKind, from: TwinCheckpoint | null): void {
    this.twin?.runner.model.dispose();
    this.twin = null;
    if (kind === 'off' || (kind === 'ungrown' && !from)) return;
    const configuration = from?.configuration ?? twinStartConfiguration(kind, this.first);
    const sampler = this.newSampler();
    const training = from?.state.training ?? this.initial(configuration);
    const state: RunnerState = from?.state ?? { step: 0, sampler: sampler.save(), training };
    const runner = new Runner('twin', this.engine, state.training, this.source, sampler);
    runner.at(state);
    const hasO = lengthsOf(state);
    this.twin = { kind, runner, sampler, configuration, cursor: from?.cursor ?? 0, hasO };
  }

  /** Starts a sweep from the present network, or ends it. */
  async setSweep(sweep: SweepRequest | null): Promise<void> {
    this.sweep?.dispose();
    this.sweep = null;
    if (!sweep) return;
    const state = await this.main.model.exportState();
    this.sweep = new RunningSweep(sweep, this.engine, this.source, state, this.main.step);
  }

  /**
   * Applies a hot change to the networks in step and logs it; returns the pin to show, if any. Where it changes their blocks, metrics
   * must have been read, and a sweep ended.
   */
  async control(control: HotSetting, currentO: number): Promise<Pin | null> {
    const made = pinFor(this.configuration, control, currentO);
    const next = withHotSetting(this.configuration, control);
    if (touchesBlocks(control)) await this.takeBlocks(next);
    this.configuration = next;
    if (control.name === 'o') this.main.model.setO(control.layer, control.value);
    if (control.name === 'mu') await this.setMu(control.value);
    this.log.push({ step: this.main.step, control });
    if (this.twin && !this.twinBehind) await this.twinLives(this.twin);
    return made && this.pins.changed(this.main.step, made, control.name);
  }

  /** Sets μ of the main network and its copies, where it has the layer that reads it. */
  private async setMu(mu: number): Promise<void> {
    const layer = lagrangianLayer((await this.main.model.exportNetwork()).spec);
    if (layer < 0) return;
    this.main.model.setMerge(layer, lagrangianMerge(mu));
    this.sweep?.setMerge(layer, lagrangianMerge(mu));
  }

  /** Gives main network and baseline the blocks a configuration asks for. */
  private async takeBlocks(configuration: Configuration): Promise<void> {
    const [main, baseline] = [await this.main.model.exportState(), await this.baseline.model.exportState()];
    const next = withTasks(main, configuration, this.source);
    if (next === main) return;
    // Networks of one group share inputs and outputs: each goes through the change by itself.
    if (this.paired && this.twin) this.part(main, await this.twin.runner.model.exportState());
    this.main.reshape(next);
    this.baseline.reshape(withTasks(baseline, configuration, this.source));
    await this.main.model.ready?.();
  }

  /** A new mark on the timeline at the present step. */
  pin(made: Omit<Pin, 'id' | 'step'>): Pin {
    return this.pins.add(this.main.step, made);
  }

  /** The whole session as it stands. */
  async moment(): Promise<SessionState> {
    const { twin } = this;
    return {
      configuration: this.configuration,
      main: await this.main.save(),
      baseline: await this.baseline.save(),
      twin: twin && {
        kind: twin.kind,
        state: await twin.runner.save(),
        cursor: twin.cursor,
        configuration: twin.configuration,
      },
      logged: this.log.length,
      lastPin: this.pins.lastId,
      lastChange: [...this.lastChange],
    };
  }

  /**
   * Goes back to a moment of this run; returns which pins are no more, and which lost a part. A twin that was not there then begins
   * anew; an `ungrown` one, which had not forked off yet, ends.
   */
  restore(moment: SessionState): ReturnType<RunPins['restore']> {
    this.configuration = { ...moment.configuration, engine: this.configuration.engine };
    if (this.paired) {
      const twin = moment.twin?.kind === this.twin?.kind ? moment.twin : null;
      // Blocks may have been others then, and networks of one group share theirs.
      if (this.source.tasks || twin?.state.step !== moment.main.step)
        this.part(moment.main.training, twin?.state.training ?? null);
    }
    this.main.load(moment.main);
    this.baseline.load(moment.baseline);
    this.log.length = Math.min(this.log.length, moment.logged);
    this.lastChange.clear();
    for (const [layer, step] of moment.lastChange) this.lastChange.set(layer, step);
    if (this.twin) {
      const { kind } = this.twin;
      if (moment.twin?.kind === kind) {
        this.twin.runner.load(moment.twin.state);
        this.twin.cursor = moment.twin.cursor;
        this.twin.configuration = moment.twin.configuration;
        this.twin.hasO = lengthsOf(moment.twin.state);
      } else this.setTwin(kind, null);
    }
    return this.pins.restore(moment.lastPin, moment.main.step);
  }

  /** Continues a stored run: its log and pins' numbering come with it. */
  adopt(moment: SessionState, log: LoggedSetting[]): void {
    this.log.push(...log);
    this.pins.continueFrom(moment.lastPin);
    if (moment.twin) this.setTwin(moment.twin.kind, moment.twin);
    this.restore(moment);
  }

  /** Moves every network to another engine, at a moment of this run; returns as `restore` does. */
  move(engine: Engine, moment: SessionState): ReturnType<RunPins['restore']> {
    this.engine = engine;
    this.paired = false;
    this.main.move(engine, moment.main);
    this.baseline.move(engine, moment.baseline);
    const { twin } = this;
    if (twin && moment.twin?.kind === twin.kind) twin.runner.move(engine, moment.twin.state);
    else if (twin) this.setTwin(twin.kind, null);
    return this.restore(moment);
  }

  dispose(): void {
    this.main.model.dispose();
    this.baseline.model.dispose();
    this.twin?.runner.model.dispose();
    this.sweep?.dispose();
  }
}

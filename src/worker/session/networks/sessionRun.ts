import type { DataSource } from '../../../data/source';
import { type HotSetting, touchesBlocks, withHotSetting } from '../../../configuration/hotSettings';
import type { Configuration } from '../../../configuration/schema';
import type { Network, TrainingState } from '../../../network/network';
import type { AutomaticAction } from '../../../run/cadence';
import { LinearBaseline } from '../../../run/companion';
import { LockstepGroup } from '../../../run/lockstepGroup';
import { Run } from '../../../run/run';
import { startState } from '../../../run/startState';
import { needsOtherBlocks } from '../../../run/tasks';
import type { TrainedNetwork } from '../../../run/trainedNetwork';
import type { Engine } from '../../../training/engine';
import type { Pin, RunnerId, SweepRequest, TwinKind } from '../../protocol';
import { type SessionState, UndoStack } from '../storage/undo';
import { pinFor } from '../timeline/pinLabels';
import { RunPins } from '../timeline/pins';
import { RunningSweep } from './sweep';
import {
  applyToTwin,
  type LoggedSetting,
  type Twin,
  type TwinCheckpoint,
  twinStartConfiguration,
} from './twin';

/** A network of a session as the page is told of it. */
export interface ReportedNetwork {
  id: RunnerId;
  network: TrainedNetwork;
  step: number;
}

/**
 * What a session trains: the visitor's run with the linear baseline on its batches, maybe a twin and a sweep, the log of hot settings, the
 * pins and the steps of undo.
 */
export class SessionRun {
  readonly main: Run;
  readonly baseline: LinearBaseline;
  twin: Twin | null = null;
  /** Copies over λ and o that train beside the main network, for the Compare lens. */
  sweep: RunningSweep | null = null;
  readonly log: LoggedSetting[] = [];
  readonly undo = new UndoStack();
  readonly pins = new RunPins();
  /** Whether main network and twin train in the same dispatches (engines with a model axis). */
  private paired = false;

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
    const state = startState(first, source, given);
    this.main = new Run({ configuration: first, engine, source, state });
    this.baseline = new LinearBaseline(engine, first, source);
    this.main.companions.add(this.baseline);
  }

  /** The configuration as it stands, after hot settings. */
  get configuration(): Configuration {
    return this.main.configuration;
  }

  /** Whether the twin has still to catch up with the main network. */
  get twinBehind(): boolean {
    return this.twin !== null && this.twin.run.step < this.main.step;
  }

  /** All networks the page is told of: main network, baseline and, where there is one, the twin. */
  get networks(): ReportedNetwork[] {
    const { main, baseline, twin } = this;
    const all: ReportedNetwork[] = [
      { id: 'main', network: main, step: main.step },
      { id: 'baseline', network: baseline, step: main.step },
    ];
    return twin ? [...all, { id: 'twin', network: twin.run, step: twin.run.step }] : all;
  }

  /**
   * Trains the main network and all that go in step with it by `steps` steps; returns what the main run is then to do by itself
   * (`Run.train`).
   */
  async train(steps: number): Promise<AutomaticAction[]> {
    const { main, twin } = this;
    const actions = await main.train(steps);
    if (twin && twin.run.step === main.step - steps) await this.trainTwin(steps);
    return actions;
  }

  /** Trains the twin by at most `steps` steps, stopping where a logged setting acts; returns how many it did. */
  async trainTwin(steps: number): Promise<number> {
    const { twin, main } = this;
    if (!twin) return 0;
    await this.letTwinFollow(twin);
    const next = this.log.at(twin.cursor)?.step ?? Infinity;
    const count = Math.min(steps, next - twin.run.step, main.step - twin.run.step);
    await twin.run.train(count);
    if (!this.twinBehind) await this.letTwinFollow(twin);
    return count;
  }

  /** Lets the twin live through what the log holds up to its step. */
  private async letTwinFollow(twin: Twin): Promise<void> {
    for (; twin.cursor < this.log.length && this.log[twin.cursor].step <= twin.run.step; twin.cursor++)
      await applyToTwin(twin, this.log[twin.cursor].setting);
  }

  /**
   * Starts a twin, or ends it. An `ungrown` one forks off the network as it now is, optimiser, batches and all; the others
   * begin at step 0 and catch up by themselves. Metrics must have been read.
   */
  async changeTwin(kind: TwinKind): Promise<void> {
    if (this.paired) this.part(await this.main.model.exportState(), null);
    const fork = { kind, state: await this.main.save(), cursor: this.log.length };
    this.setTwin(kind, kind === 'ungrown' ? fork : null);
  }

  /** Whether main network and twin could share their dispatches but do not yet. */
  get canPair(): boolean {
    return this.twin !== null && !this.paired && !this.twinBehind && this.engine.modelAxis;
  }

  /** Puts main network and twin, in step, on the model axis. Metrics must have been read. */
  async pair(): Promise<void> {
    const { main, twin } = this;
    if (!twin || !this.canPair) return;
    const states = [await main.model.exportState(), await twin.run.model.exportState()];
    main.model.dispose();
    twin.run.model.dispose();
    const { members } = new LockstepGroup(this.engine.createGroup(states, this.source), 2);
    [main.model, twin.run.model] = members;
    this.paired = true;
  }

  /** Takes a pair apart again, at given states (null: the twin is about to go). */
  private part(main: TrainingState, twin: TrainingState | null): void {
    this.main.remake(this.engine, main);
    if (twin) this.twin?.run.remake(this.engine, twin);
    this.paired = false;
  }

  /** Makes a twin as it was at a moment, or (but for `ungrown`, which began somewhere on the way) at its start. */
  private setTwin(kind: TwinKind, from: TwinCheckpoint | null): void {
    this.twin?.run.dispose();
    this.twin = null;
    if (kind === 'off' || (kind === 'ungrown' && !from)) return;
    const { engine, source, first } = this;
    const configuration = from?.state.configuration ?? twinStartConfiguration(kind, first);
    const state = from?.state.training ?? startState(configuration, source, this.given);
    const run = new Run({ configuration, engine, source, state, automatic: false });
    if (from) run.resume(from.state);
    this.twin = { kind, run, cursor: from?.cursor ?? 0 };
  }

  /** Starts a sweep from the present network, or ends it. */
  async setSweep(sweep: SweepRequest | null): Promise<void> {
    this.dropSweep();
    if (!sweep) return;
    const state = await this.main.model.exportState();
    this.sweep = new RunningSweep(sweep, this.engine, this.source, state, this.main.step);
    this.main.companions.add(this.sweep);
  }

  private dropSweep(): void {
    if (!this.sweep) return;
    this.main.companions.delete(this.sweep);
    this.sweep.dispose();
    this.sweep = null;
  }

  /**
   * Changes a hot setting of the networks in step and logs it; returns the pin to show, if any. Where it changes their blocks, metrics
   * must have been read, and a sweep ended.
   */
  async change(setting: HotSetting, currentO: number): Promise<Pin | null> {
    const { main } = this;
    const made = pinFor(this.configuration, setting, currentO);
    if (this.paired && touchesBlocks(setting)) await this.partForBlocks(setting);
    await main.change(setting);
    this.log.push({ step: main.step, setting });
    if (this.twin && !this.twinBehind) await this.letTwinFollow(this.twin);
    return made && this.pins.changed(main.step, made, setting.name);
  }

  /** Networks of one group share inputs and outputs: each goes through a change of them by itself. */
  private async partForBlocks(setting: HotSetting): Promise<void> {
    const { main, twin } = this;
    if (!twin || !needsOtherBlocks(main.blocks, withHotSetting(this.configuration, setting))) return;
    this.part(await main.model.exportState(), await twin.run.model.exportState());
  }

  /** A new mark on the timeline at the present step. */
  pin(made: Omit<Pin, 'id' | 'step'>): Pin {
    return this.pins.add(this.main.step, made);
  }

  /** The whole session as it stands. */
  async moment(): Promise<SessionState> {
    const { main, baseline, twin, log, pins } = this;
    return {
      main: await main.save(),
      baseline: { training: await baseline.model.exportState() },
      twin: twin && { kind: twin.kind, state: await twin.run.save(), cursor: twin.cursor },
      logged: log.length,
      lastPin: pins.lastId,
    };
  }

  /**
   * Goes back to a moment of this run; returns which pins are no more, and which lost a part. A twin that was not there then begins
   * anew; an `ungrown` one, which had not forked off yet, ends.
   */
  restore(moment: SessionState): ReturnType<RunPins['restore']> {
    if (this.paired) {
      const twin = moment.twin?.kind === this.twin?.kind ? moment.twin : null;
      // Blocks may have been others then, and networks of one group share theirs.
      if (this.source.tasks || twin?.state.step !== moment.main.step)
        this.part(moment.main.training, twin?.state.training ?? null);
    }
    this.main.load(this.onThisEngine(moment));
    this.baseline.reshape(moment.baseline.training);
    return this.restoreRest(moment);
  }

  /** Continues a stored run: its log and its pins' numbering come with it. */
  adopt(moment: SessionState, log: LoggedSetting[]): void {
    this.log.push(...log);
    this.pins.continueFrom(moment.lastPin);
    if (moment.twin) this.setTwin(moment.twin.kind, moment.twin);
    this.restore(moment);
  }

  /** Moves every network to another engine, at a moment of this run; returns as `restore` does. A sweep must have been ended. */
  move(engine: Engine, moment: SessionState): ReturnType<RunPins['restore']> {
    this.engine = engine;
    this.paired = false;
    this.main.move(engine, this.onThisEngine(moment));
    this.baseline.remake(engine, moment.baseline.training);
    const { twin } = this;
    if (twin && moment.twin?.kind === twin.kind) twin.run.move(engine, moment.twin.state);
    else if (twin) this.setTwin(twin.kind, null);
    return this.restoreRest(moment);
  }

  /** A moment of the main run, with the choice of engine as it is now: it is no part of what undo takes back. */
  private onThisEngine({ main }: SessionState): SessionState['main'] {
    return { ...main, configuration: { ...main.configuration, engine: this.configuration.engine } };
  }

  /** What is to be restored beside main network and baseline. */
  private restoreRest(moment: SessionState): ReturnType<RunPins['restore']> {
    this.log.length = Math.min(this.log.length, moment.logged);
    const { twin } = this;
    if (twin && moment.twin?.kind === twin.kind) {
      twin.run.load(moment.twin.state);
      twin.cursor = moment.twin.cursor;
    } else if (twin) this.setTwin(twin.kind, null);
    return this.pins.restore(moment.lastPin, moment.main.step);
  }

  /** The visitor has chosen another engine; `move` puts the networks on it. */
  chooseEngine(choice: Configuration['engine']): void {
    this.main.configuration = { ...this.configuration, engine: choice };
  }

  /** The engine is lost, and a sweep with it. */
  forgetSweep(): void {
    if (this.sweep) this.main.companions.delete(this.sweep);
    this.sweep = null;
  }

  /** Lets go of all networks; the run is of no use afterwards. */
  dispose(): void {
    this.main.dispose();
    this.baseline.dispose();
    this.twin?.run.dispose();
    this.dropSweep();
  }
}

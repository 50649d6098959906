import type { DataSource } from '../../data/source';
import type { HotSetting } from '../../configuration/hotSettings';
import type { Configuration } from '../../configuration/schema';
import type { Network, TrainingState } from '../../network/network';
import { firstBrokenRow } from '../../run/breakdown';
import type { AutomaticAction } from '../../run/cadence';
import { type Evaluation, evaluateTest } from '../../run/evaluation';
import { testProbe } from '../../run/probes';
import { Run, type RunSetting } from '../../run/run';
import { startConfiguration, startState } from '../../run/startState';
import { invarianceReport } from '../../topology/invariance';
import type { InvarianceReport, Operation, OperationResult, ProbeInputs } from '../../topology/types';
import type { EngineInfo, Observation } from '../../training/engine';
import type { HotChange, RecipeSize, RecordedSeries, ScheduledChange, Trial, TrialRun } from '../types';
import { DivergenceError } from './errors';
import { RecentLoss } from './recentLoss';
import { SliceSizer } from './sliceSizes';
import type { TrialRunOptions } from './trialRunOptions';
import { trainLinearBaseline } from './trainLinearBaseline';

/** What a trial leaves behind beside its metrics. */
export interface TrialRecords {
  series: Record<string, RecordedSeries>;
  timings: Record<string, number[]>;
}

/** The run of a trial on an engine, recorded: it trains by `Run`, as the page does. */
export class EngineTrialRun implements TrialRun {
  private readonly slices = new SliceSizer();
  /** What the run is to do by itself after the steps begun. */
  private due: AutomaticAction[] = [];

  private constructor(
    private readonly setting: TrialRunOptions,
    private readonly run: Run,
    private readonly loss: RecentLoss,
    /** Series and timings recorded so far; a fork records into those of its original. */
    readonly records: TrialRecords,
  ) {}

  /** A trial at its start; `on` is where its network is, if it is on the engine already (a member of a group). */
  static open(
    setting: TrialRunOptions,
    on: Pick<RunSetting, 'state' | 'model'> | null = null,
  ): EngineTrialRun {
    const { engine, source, trial } = setting;
    const configuration = startConfiguration(trial.configuration);
    const { state, model } = on ?? { state: startState(configuration, source) };
    const run = new Run({ configuration, engine, source, state, model });
    return new EngineTrialRun(setting, run, new RecentLoss(), { series: {}, timings: {} });
  }

  get trial(): Trial {
    return this.setting.trial;
  }

  get size(): RecipeSize {
    return this.setting.size;
  }

  get source(): DataSource {
    return this.setting.source;
  }

  get engine(): EngineInfo {
    return this.setting.engine.info;
  }

  get step(): number {
    return this.run.step;
  }

  get stepsPerEpoch(): number {
    return this.run.stepsPerEpoch;
  }

  get configuration(): Configuration {
    return this.run.configuration;
  }

  get hidden(): readonly number[] {
    return this.run.widths;
  }

  async train(steps: number, changes: readonly ScheduledChange[] = []): Promise<void> {
    const { run, slices } = this;
    const end = run.step + steps;
    const waiting = [...changes].sort((a, b) => a.step - b.step);
    if (run.step === 0) this.recordWidths();
    for (;;) {
      for (; waiting.length > 0 && waiting[0].step <= run.step; waiting.shift())
        await this.set(waiting[0].change);
      const left = Math.min(end, waiting.at(0)?.step ?? Infinity) - run.step;
      if (left <= 0) return;
      const count = slices.next(Math.min(left, this.stepsUntilAction));
      const from = performance.now();
      await this.begin(count);
      await this.finish();
      slices.took(performance.now() - from, count);
      await this.setting.slice(run.step);
    }
  }

  /** The most steps `begin` may be asked for. */
  get stepsUntilAction(): number {
    return this.run.stepsUntilAction;
  }

  /** Hands `count` steps to the engine; `finish` must follow. Trials of a group train once all of them have been asked. */
  async begin(count: number): Promise<void> {
    this.due = await this.run.train(count);
  }

  /**
   * Reads the metrics of the steps begun, and lets the run do what it does by itself after them. Throws a DivergenceError where training
   * broke down.
   */
  async finish(): Promise<void> {
    const { run, loss } = this;
    const rows = await run.model.metrics();
    loss.take(rows);
    const broken = firstBrokenRow(rows);
    if (broken !== null) throw new DivergenceError(run.step - rows.rows + broken + 1);
    for (const action of this.due) {
      const decisions = await run.perform(action);
      if (decisions.length > 0) this.recordWidths();
    }
  }

  /** Records widths over steps, of runs that change them by themselves. */
  private recordWidths(): void {
    if (!this.configuration.adapt) return;
    this.hidden.forEach((width, l) => this.record(`width of layer ${l + 1}`, this.step, width));
  }

  async set(change: HotChange): Promise<void> {
    const settings = Object.entries(change).map(([name, value]) => ({ name, value }) as HotSetting);
    await this.run.change(...settings);
  }

  setO(layer: number, value: number): Promise<void> {
    return this.run.change({ name: 'o', layer, value });
  }

  evaluate(): Promise<Evaluation> {
    const look = (from: number, count: number): Promise<Observation> => this.observe('test', from, count);
    return evaluateTest(look, this.source, this.configuration, this.run.blocks);
  }

  observe(split: 'train' | 'test', from: number, count: number): Promise<Observation> {
    const { measure, energySite } = this.configuration;
    return this.run.model.observe(split, from, count, measure, energySite);
  }

  trainingLoss(): number {
    return this.loss.mean();
  }

  network(): Promise<Network> {
    return this.run.model.exportNetwork();
  }

  state(): Promise<TrainingState> {
    return this.run.model.exportState();
  }

  load(state: TrainingState): Promise<void> {
    return this.run.install(state);
  }

  async apply(operation: Operation): Promise<OperationResult> {
    return (await this.run.operate(operation)).result;
  }

  async operate(asked: Operation): Promise<InvarianceReport> {
    const { operation, before, result } = await this.run.operate(asked);
    return invarianceReport(before.network, result.state.network, this.probe(), operation, result);
  }

  probe(): ProbeInputs {
    return testProbe(this.source, this.run.blocks);
  }

  linearBaseline(): Promise<Evaluation> {
    return trainLinearBaseline(this.setting, this.step);
  }

  async fork(): Promise<TrialRun> {
    const { setting, loss, records } = this;
    const { training: state, ...moment } = await this.run.save();
    const { engine, source } = setting;
    const run = new Run({ configuration: moment.configuration, engine, source, state });
    run.resume(moment);
    return new EngineTrialRun(setting, run, loss.copy(), records);
  }

  record(name: string, x: number, y: number): void {
    const series = (this.records.series[name] ??= { x: [], y: [] });
    series.x.push(x);
    series.y.push(Number.isFinite(y) ? y : null);
  }

  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const done = await work();
    (this.records.timings[name] ??= []).push((performance.now() - from) / 1000);
    return done;
  }

  dispose(): void {
    this.run.dispose();
  }
}

import type { DataSource } from '../../data/source';
import { isIsotropicActivation } from '../../activations/lookup';
import type { Configuration } from '../../configuration/schema';
import type { Sampler } from '../../data/sampler';
import { lagrangianMerge } from '../../network/architectures/lagrangian';
import type { Network, TrainingState } from '../../network/network';
import { adaptNetwork, layersPastCooldown } from '../../topology/adaptation/adapt';
import { invarianceReport } from '../../topology/invariance';
import { applyOperation, pathsInTheWay } from '../../topology/operations/operations';
import type {
  InvarianceReport,
  Operation,
  OperationOptions,
  OperationResult,
  ProbeInputs,
} from '../../topology/types';
import type { Engine, EngineInfo, EngineModel, Observation } from '../../training/engine';
import { sessionProbe } from '../../worker/session/evaluation';
import { operationSeed, trainingProbe } from '../../worker/session/operationOptions';
import { stepSettingsOf } from '../../worker/session/runner';
import { tasksScheduledAt, stepsUntilSwitch, withTasks } from '../../worker/session/tasks';
import type {
  TrialRun,
  Evaluation,
  HotChange,
  ScheduledChange,
  RecordedSeries,
  RecipeSize,
  Trial,
} from '../types';
import { evaluateTest } from './evaluate';
import { DivergenceError } from './errors';
import { RecentLoss, SliceSizer } from './sliceSizes';
import { trainLinearBaseline } from './linear';
import { nextBatches, startConfiguration, trialSampler, trialStartState } from './start';

/** Steps from one turn to the diagonal basis to the next, as on the page. */
const KEEP_DIAGONAL_STEPS = 20;

/** What a bench is opened with; `slice` is awaited between slices: it waits while paused, and throws to cancel. */
export interface TrialRunOptions {
  engine: Engine;
  source: DataSource;
  trial: Trial;
  size: RecipeSize;
  slice: (step: number) => Promise<void>;
}

/** What a run leaves behind beside its metrics. */
export interface TrialRecords {
  series: Record<string, RecordedSeries>;
  timings: Record<string, number[]>;
}

/** A network under way: all that a fork copies. */
interface Moment {
  configuration: Configuration;
  step: number;
  sampler: Sampler;
  loss: RecentLoss;
  lastChange: Map<number, number>;
}

/** The bench of one run on an engine. */
export class EngineTrialRun implements TrialRun {
  readonly trial: Trial;
  readonly size: RecipeSize;
  readonly source: DataSource;
  readonly stepsPerEpoch: number;
  private readonly slices = new SliceSizer();
  private spec: Network['spec'];

  private constructor(
    private readonly setting: TrialRunOptions,
    private readonly model: EngineModel,
    spec: Network['spec'],
    private readonly moment: Moment,
    readonly sink: TrialRecords,
  ) {
    this.trial = setting.trial;
    this.size = setting.size;
    this.source = setting.source;
    this.spec = spec;
    this.stepsPerEpoch = moment.sampler.stepsPerEpoch;
  }

  /** A bench at the start of its trial. */
  static open(setting: TrialRunOptions): EngineTrialRun {
    const configuration = startConfiguration(setting.trial.configuration);
    const state = trialStartState(configuration, setting.source);
    const sampler = trialSampler(configuration, setting.source);
    const moment = { configuration, step: 0, sampler, loss: new RecentLoss(), lastChange: new Map() };
    const sink: TrialRecords = { series: {}, timings: {} };
    const { spec } = state.network;
    return new EngineTrialRun(setting, setting.engine.createModel(state, setting.source), spec, moment, sink);
  }

  /** A bench over a network that was trained elsewhere (in a group), to be looked at. */
  static over(
    setting: TrialRunOptions,
    model: EngineModel,
    spec: Network['spec'],
    loss: RecentLoss,
    sink: TrialRecords,
  ): EngineTrialRun {
    const configuration = startConfiguration(setting.trial.configuration);
    const sampler = trialSampler(configuration, setting.source);
    const { steps } = setting.trial;
    return new EngineTrialRun(
      setting,
      model,
      spec,
      { configuration, step: steps, sampler, loss, lastChange: new Map() },
      sink,
    );
  }

  get engine(): EngineInfo {
    return this.setting.engine.info;
  }

  get step(): number {
    return this.moment.step;
  }

  get configuration(): Configuration {
    return this.moment.configuration;
  }

  get hidden(): readonly number[] {
    return this.spec.hidden.map(({ width }) => width);
  }

  async train(steps: number, changes: readonly ScheduledChange[] = []): Promise<void> {
    const { moment, slices } = this;
    const end = moment.step + steps;
    const waiting = [...changes].sort((a, b) => a.step - b.step);
    if (moment.step === 0) this.recordWidths();
    for (;;) {
      for (; waiting.length > 0 && waiting[0].step <= moment.step; waiting.shift())
        await this.set(waiting[0].change);
      const left = Math.min(end, waiting.at(0)?.step ?? Infinity) - moment.step;
      if (left <= 0) return;
      const turn = this.untilTurn();
      const round = this.untilRound();
      const tasks = stepsUntilSwitch(moment.configuration, moment.step);
      const count = slices.next(Math.min(left, turn, round, tasks));
      const from = performance.now();
      await this.take(count);
      slices.took(performance.now() - from, count);
      if (count === round) await this.adaptNow();
      const next = count === tasks ? tasksScheduledAt(moment.configuration, moment.step) : null;
      if (next) await this.set({ tasks: next });
      if (count === turn) await this.turn();
      await this.setting.slice(moment.step);
    }
  }

  /** Takes steps without a break and reads their metrics; throws where training broke down. */
  private async take(count: number): Promise<void> {
    const { moment, model, source } = this;
    const { configuration, sampler } = moment;
    const indices = nextBatches(sampler, configuration, source, count);
    await model.train(indices, configuration.batch, count, stepSettingsOf(configuration));
    const bad = moment.loss.take(await model.metrics());
    if (bad !== null) throw new DivergenceError(moment.step + bad + 1);
    moment.step += count;
  }

  /** Steps until the next turn to the diagonal basis; Infinity while it is not kept. */
  private untilTurn(): number {
    const { configuration, step } = this.moment;
    return configuration.keepDiagonal ? KEEP_DIAGONAL_STEPS - (step % KEEP_DIAGONAL_STEPS) : Infinity;
  }

  /** Steps until the next round of automatic adaptation; Infinity while it is off. */
  private untilRound(): number {
    const { configuration: c, step } = this.moment;
    if (!c.adapt || !isIsotropicActivation(c.activation)) return Infinity;
    const every = c.adaptEvery || this.stepsPerEpoch;
    return every - (step % every);
  }

  private async adaptNow(): Promise<void> {
    const { configuration: c, step, lastChange } = this.moment;
    const state = await this.state();
    const layers = layersPastCooldown(state.network.spec, c.adaptLayers, step, c.adaptCooldown, lastChange);
    const { scaffold, theta, adaptCap: cap, criterion, outgoing } = c;
    const rule = { scaffold, theta, cap, layers, criterion, outgoing, seed: operationSeed(c, step) };
    const { state: next, decisions } = adaptNetwork(state, rule, this.options());
    const changed = decisions.filter(({ change }) => change !== 0);
    if (changed.length === 0) return;
    for (const { layer } of changed) lastChange.set(layer, step);
    await this.load(next);
    this.recordWidths();
  }

  /** Widths over steps, of runs that change them by themselves. */
  private recordWidths(): void {
    if (!this.configuration.adapt) return;
    this.hidden.forEach((width, l) => this.record(`width of layer ${l + 1}`, this.step, width));
  }

  private async turn(): Promise<void> {
    let state = await this.state();
    if (!isIsotropicActivation(state.network.spec.activation)) return;
    for (let layer = 0; layer < state.network.spec.hidden.length; layer++)
      if (!pathsInTheWay(state.network.spec, layer))
        ({ state } = applyOperation(state, { kind: 'left', layer }, this.options()));
    await this.load(state);
  }

  async set(change: HotChange): Promise<void> {
    const { moment, source } = this;
    moment.configuration = { ...moment.configuration, ...change };
    const { architecture, mu } = moment.configuration;
    if (change.mu !== undefined && architecture === 'lagrangian') this.model.setMerge(0, lagrangianMerge(mu));
    if (!source.tasks || (!change.tasks && !change.taskBlocks)) return;
    const state = await this.state();
    const next = withTasks(state, moment.configuration, source);
    if (next !== state) await this.load(next);
  }

  setO(layer: number, value: number): void {
    this.model.setO(layer, value);
  }

  evaluate(): Promise<Evaluation> {
    const look = (from: number, count: number): Promise<Observation> => this.observe('test', from, count);
    return evaluateTest(look, this.source, this.configuration, this.spec.blocks);
  }

  observe(split: 'train' | 'test', from: number, count: number): Promise<Observation> {
    const { measure, energySite } = this.configuration;
    return this.model.observe(split, from, count, measure, energySite);
  }

  trainingLoss(): number {
    return this.moment.loss.mean();
  }

  network(): Promise<Network> {
    return this.model.exportNetwork();
  }

  state(): Promise<TrainingState> {
    return this.model.exportState();
  }

  async load(state: TrainingState): Promise<void> {
    this.model.importState(state);
    await this.model.ready?.();
    this.spec = state.network.spec;
  }

  async apply(operation: Operation): Promise<OperationResult> {
    return (await this.operated(operation)).result;
  }

  async operate(operation: Operation): Promise<InvarianceReport> {
    const { before, result, completed } = await this.operated(operation);
    return invarianceReport(before, result.state.network, this.probe(), completed, result);
  }

  private async operated(
    operation: Operation,
  ): Promise<{ before: Network; result: OperationResult; completed: Operation }> {
    const { configuration: c, step } = this.moment;
    const state = await this.state();
    const completed: Operation =
      operation.kind === 'remove'
        ? { criterion: c.criterion, seed: operationSeed(c, step), ...operation }
        : operation.kind === 'grow'
          ? { outgoing: c.outgoing, ...operation }
          : operation;
    const result = applyOperation(state, completed, this.options());
    await this.load(result.state);
    return { before: state.network, result, completed };
  }

  private options(): OperationOptions {
    const { configuration } = this.moment;
    const { source, spec } = this;
    let probe: ProbeInputs | null = null;
    return {
      transport: configuration.transport,
      warmUp: configuration.warmUp,
      get probe() {
        return (probe ??= trainingProbe(source, configuration, spec.blocks));
      },
    };
  }

  probe(): ProbeInputs {
    return sessionProbe(this.source, this.spec.blocks);
  }

  linearBaseline(): Promise<Evaluation> {
    return trainLinearBaseline(this.setting, this.step);
  }

  async fork(): Promise<TrialRun> {
    const { setting, moment, source } = this;
    const state = await this.state();
    const sampler = trialSampler(moment.configuration, source);
    sampler.restore(moment.sampler.save());
    const copy = {
      ...moment,
      sampler,
      loss: moment.loss.copy(),
      lastChange: new Map(moment.lastChange),
    };
    return new EngineTrialRun(
      setting,
      setting.engine.createModel(state, source),
      state.network.spec,
      copy,
      this.sink,
    );
  }

  record(name: string, x: number, y: number): void {
    const series = (this.sink.series[name] ??= { x: [], y: [] });
    series.x.push(x);
    series.y.push(Number.isFinite(y) ? y : null);
  }

  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    const done = await work();
    (this.sink.timings[name] ??= []).push((performance.now() - from) / 1000);
    return done;
  }

  dispose(): void {
    this.model.dispose();
  }
}

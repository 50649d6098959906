import { type Configuration } from '../../configuration/schema';
import { activeClasses, Sampler } from '../../data/sampler';
import { initialNetwork, initialState, softmaxRegression } from '../../network/initialise';
import type { TrainingState } from '../../network/network';
import type { DataSource, Engine } from '../../training/engine';
import type { Control, Pin, Sweep, TwinKind } from '../protocol';
import { type LoggedControl, pinFor, withControl } from './controls';
import { controlsOf, Runner } from './runner';
import { Seats } from './seats';
import { RunningSweep } from './sweep';
import { type Moment, UndoStack } from './undo';

/** The control network: lives through the same batches and hot changes, from the same start, at its own step. */
export interface Twin {
  kind: TwinKind;
  runner: Runner;
  sampler: Sampler;
  /** The configuration as the twin has come to know it, and how much of the log it has lived through. */
  configuration: Configuration;
  cursor: number;
}

/** Changes of one control join one pin while they follow each other this closely. */
const PIN_JOIN_STEPS = 50;

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
  readonly log: LoggedControl[] = [];
  readonly undo = new UndoStack();
  private pins: { pin: Pin; control: Control['name'] | null; from: string }[] = [];
  private nextPin = 1;
  configuration: Configuration;

  /** `first` is the configuration the run started with: what a twin starts from. */
  constructor(
    readonly first: Configuration,
    private engine: Engine,
    readonly source: DataSource,
  ) {
    this.configuration = first;
    this.sampler = this.newSampler();
    this.main = new Runner('main', engine, this.initial(first), source, this.sampler);
    const linear = initialState(softmaxRegression(source.size, source.classes), first.optimiser);
    this.baseline = new Runner('baseline', engine, linear, source, null);
  }

  private newSampler(): Sampler {
    const { seed, batch } = this.first;
    return new Sampler({ seed, batch, total: this.source.train.total, labels: this.source.train.labels });
  }

  private initial(configuration: Configuration): TrainingState {
    return initialState(
      initialNetwork(configuration, this.source.size, this.source.classes),
      configuration.optimiser,
    );
  }

  get stepsPerEpoch(): number {
    return this.sampler.stepsPerEpoch;
  }

  get twinBehind(): boolean {
    return this.twin !== null && this.twin.runner.step < this.main.step;
  }

  /** Training images needed before `steps` more steps. */
  required(steps: number): number {
    return this.sampler.required(activeClasses(this.configuration.classes, this.source.classes), steps);
  }

  /** Trains the main network and all that go in step with it by `steps` steps. */
  async train(steps: number): Promise<void> {
    const { batch } = this.configuration;
    const active = activeClasses(this.configuration.classes, this.source.classes);
    const indices = new Uint32Array(steps * batch);
    for (let k = 0; k < steps; k++) this.sampler.next(active, indices, k * batch);
    const controls = controlsOf(this.configuration);
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
    for (; twin.cursor < this.log.length && this.log[twin.cursor].step <= twin.runner.step; twin.cursor++) {
      this.twinLives(twin, this.log[twin.cursor].control);
    }
    const next = this.log.at(twin.cursor)?.step ?? Infinity;
    const count = Math.min(steps, next - twin.runner.step, this.main.step - twin.runner.step);
    const { batch } = this.configuration;
    const active = activeClasses(twin.configuration.classes, this.source.classes);
    const indices = new Uint32Array(count * batch);
    for (let k = 0; k < count; k++) twin.sampler.next(active, indices, k * batch);
    await twin.runner.model.train(indices, batch, count, controlsOf(twin.configuration));
    twin.runner.step += count;
    return count;
  }

  private twinLives(twin: Twin, control: Control): void {
    if (control.name === 'lambda' && twin.kind === 'lambda-zero') return;
    twin.configuration = withControl(twin.configuration, control);
    if (control.name === 'o' && twin.kind !== 'tanh' && twin.configuration.oMode !== 'off') {
      twin.runner.model.setO(control.layer, control.value);
    }
  }

  /** Starts a twin at step 0 (it catches up by itself), or ends it. */
  async changeTwin(kind: TwinKind): Promise<void> {
    if (this.paired) this.part(await this.main.model.exportState(), null);
    this.setTwin(kind);
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
    const { seats } = new Seats(this.engine.createGroup(states, this.source), 2);
    [this.main.model, twin.runner.model] = seats;
    this.paired = true;
  }

  /** Takes a pair apart again, at given states (null: the twin is about to go). */
  private part(main: TrainingState, twin: TrainingState | null): void {
    this.main.model.dispose();
    this.main.model = this.engine.createModel(main, this.source);
    if (this.twin && twin) this.twin.runner.model = this.engine.createModel(twin, this.source);
    this.paired = false;
  }

  private setTwin(kind: TwinKind): void {
    this.twin?.runner.model.dispose();
    this.twin = null;
    if (kind === 'off') return;
    const configuration: Configuration =
      kind === 'tanh'
        ? { ...this.first, activation: 'tanh' }
        : kind === 'lambda-zero'
          ? { ...this.first, lambda: 0 }
          : this.first;
    const sampler = this.newSampler();
    const runner = new Runner('twin', this.engine, this.initial(configuration), this.source, sampler);
    this.twin = { kind, runner, sampler, configuration, cursor: 0 };
  }

  /** Starts a sweep from the present network, or ends it. */
  async setSweep(sweep: Sweep | null): Promise<void> {
    this.sweep?.dispose();
    this.sweep = null;
    if (!sweep) return;
    const state = await this.main.model.exportState();
    this.sweep = new RunningSweep(sweep, this.engine, this.source, state, this.main.step);
  }

  /** Applies a hot change to the main network and logs it; returns the pin to show, if any. */
  control(control: Control, currentO: number): Pin | null {
    const made = pinFor(this.configuration, control, currentO);
    this.configuration = withControl(this.configuration, control);
    if (control.name === 'o') this.main.model.setO(control.layer, control.value);
    this.log.push({ step: this.main.step, control });
    if (!made) return null;
    const last = this.pins.at(-1);
    if (
      last?.control === control.name &&
      this.main.step - last.pin.step <= PIN_JOIN_STEPS &&
      made.label.includes(' → ')
    ) {
      const target = made.label.slice(made.label.indexOf(' → '));
      last.pin = { ...last.pin, label: last.from + target };
      return last.pin;
    }
    return this.pin({ ...made, report: null }, control.name);
  }

  /** A new mark on the timeline at the present step. */
  pin(made: Omit<Pin, 'id' | 'step'>, control: Control['name'] | null = null): Pin {
    const pin: Pin = { ...made, id: this.nextPin++, step: this.main.step };
    this.pins.push({ pin, control, from: made.label.split(' → ')[0] });
    return pin;
  }

  /** Renames a pin (a held button counts up on one). */
  relabel(pin: Pin, label: string, report: Pin['report']): Pin {
    const fresh = { ...pin, label, report };
    this.pins = this.pins.map((entry) => (entry.pin.id === pin.id ? { ...entry, pin: fresh } : entry));
    return fresh;
  }

  get allPins(): Pin[] {
    return this.pins.map(({ pin }) => pin);
  }

  /** The whole session as it stands. */
  async moment(): Promise<Moment> {
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
      lastPin: this.nextPin - 1,
    };
  }

  /** Goes back to a moment of this run; returns the ids of the pins that are no more. */
  restore(moment: Moment): number[] {
    this.configuration = { ...moment.configuration, engine: this.configuration.engine };
    if (this.paired) {
      const twin = moment.twin?.kind === this.twin?.kind ? moment.twin : null;
      if (twin?.state.step !== moment.main.step)
        this.part(moment.main.training, twin?.state.training ?? null);
    }
    this.main.load(moment.main);
    this.baseline.load(moment.baseline);
    this.log.length = Math.min(this.log.length, moment.logged);
    const gone = this.pins.filter(({ pin }) => pin.id > moment.lastPin).map(({ pin }) => pin.id);
    this.pins = this.pins.filter(({ pin }) => pin.id <= moment.lastPin);
    if (this.twin) {
      const { kind } = this.twin;
      if (moment.twin?.kind === kind) {
        this.twin.runner.load(moment.twin.state);
        this.twin.cursor = moment.twin.cursor;
        this.twin.configuration = moment.twin.configuration;
      } else this.setTwin(kind);
    }
    return gone;
  }

  /** Continues a stored run: its log and pins' numbering come with it. */
  adopt(moment: Moment, log: LoggedControl[]): void {
    this.log.push(...log);
    this.nextPin = moment.lastPin + 1;
    if (moment.twin) this.setTwin(moment.twin.kind);
    this.restore(moment);
  }

  /** Moves every network to another engine, at a moment of this run; returns the ids of the pins that are no more. */
  move(engine: Engine, moment: Moment): number[] {
    this.engine = engine;
    this.paired = false;
    this.main.move(engine, moment.main);
    this.baseline.move(engine, moment.baseline);
    const { twin } = this;
    if (twin && moment.twin?.kind === twin.kind) twin.runner.move(engine, moment.twin.state);
    else if (twin) this.setTwin(twin.kind);
    return this.restore(moment);
  }

  dispose(): void {
    this.main.model.dispose();
    this.baseline.model.dispose();
    this.twin?.runner.model.dispose();
    this.sweep?.dispose();
  }
}

import type { Configuration } from '../../configuration/schema';
import type { Command, Event, Pace, RunStatus } from '../protocol';
import { type Checkpoint, forgetCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoints';
import { DataHost } from './dataHost';
import { EngineHost } from './engineHost';
import { Pacer, Speedometer, yieldToMessages } from './loop';
import { Reporter } from './reporter';
import { TrainingRun } from './run';
import { Structure } from './structure';
import type { Moment } from './undo';

export type Post = (event: Event, transfer?: Transferable[]) => void;

/** What the session tells itself. */
interface Internal {
  type: 'device-lost';
  reason: string;
}

const CHECKPOINT_MS = 10_000;
const KEEP_DIAGONAL_STEPS = 20;

/**
 * The thread that owns the engine, as an actor: commands are handled one at a time, between submissions; in between,
 * one slice of work (training, a twin catching up, an evaluation) at a time.
 */
export class Session {
  private inbox: (Command | Internal)[] = [];
  private wake: (() => void) | null = null;
  private run: TrainingRun | null = null;
  private status: RunStatus = 'starting';
  private message: string | null = null;
  private pace: Pace = 'watch';
  private restAt: number | null = null;
  /** Steps still to do of a `step` command, then pause. */
  private budget: number | null = null;
  private readonly pacer = new Pacer();
  private readonly speed = new Speedometer();
  private readonly engines: EngineHost;
  private readonly data: DataHost;
  private readonly reporter: Reporter;
  private readonly structure: Structure;
  private lastSaved = 0;
  private lastRead = 0;
  private unread = 0;
  /** Milliseconds of work since the last read, waiting not counted. */
  private busy = 0;
  private offered = false;
  /** The newest moment known to be sound: what a lost device or a NaN goes back to. */
  private sound: Moment | null = null;
  private resumeAfterPath = false;

  constructor(private readonly post: Post) {
    this.engines = new EngineHost(post, (reason) => this.tell({ type: 'device-lost', reason }));
    this.data = new DataHost(post, () => this.wake?.());
    this.reporter = new Reporter(post);
    this.structure = new Structure(post, this.reporter);
  }

  receive(command: Command): void {
    // Of several scrubs waiting, only the newest is worth computing.
    if (command.type === 'path-at') this.inbox = this.inbox.filter((waiting) => waiting.type !== 'path-at');
    this.tell(command);
  }

  private tell(command: Command | Internal): void {
    this.inbox.push(command);
    this.wake?.();
  }

  async live(): Promise<never> {
    for (;;) {
      let wait = Infinity;
      try {
        const command = this.inbox.shift();
        if (command) {
          await this.handle(command);
          wait = 0;
        } else wait = await this.work();
      } catch (error) {
        this.fail(error);
      }
      if (wait > 0 && this.inbox.length === 0) await this.sleep(wait);
      else await yieldToMessages();
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => this.wake?.(), ms) : null;
      this.wake = () => {
        if (timer !== null) clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }

  private fail(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.post({ type: 'problem', severity: 'error', title: 'Something went wrong', detail });
    if (this.status === 'playing' || this.status === 'waiting') this.setStatus('paused', null);
    else if (this.status === 'starting' || this.status === 'loading') this.setStatus('failed', detail);
  }

  private setStatus(status: RunStatus, message: string | null): void {
    this.status = status;
    this.message = message;
    if (status !== 'playing') this.speed.clear();
    this.postStatus();
  }

  private postStatus(): void {
    this.reporter.status({
      status: this.status,
      step: this.run?.main.step ?? 0,
      stepsPerSecond: this.status === 'playing' ? this.speed.stepsPerSecond : 0,
      pace: this.pace,
      message: this.message,
      undoDepth: this.run?.undo.depth ?? 0,
    });
  }

  private async handle(command: Command | Internal): Promise<void> {
    if (command.type === 'device-lost') return this.recover(command.reason);
    if (command.type === 'start') return this.start(command.configuration, command.resume, command.base);
    if (command.type === 'forget-checkpoint') return forgetCheckpoint();
    const { run } = this;
    if (!run) return;
    switch (command.type) {
      case 'play':
        await this.closePath(true);
        this.restAt = command.restAt;
        this.budget = null;
        this.pace = command.pace;
        this.pacer.reset();
        this.setStatus('playing', null);
        return;
      case 'pause':
        return this.pause('paused', null);
      case 'pace':
        this.pace = command.pace;
        this.postStatus();
        return;
      case 'step':
        await this.closePath(true);
        this.budget =
          command.count === 'step' ? 1 : command.count === 'epoch' ? run.stepsPerEpoch : command.count;
        this.setStatus('playing', null);
        return;
      case 'control': {
        const { control } = command;
        const key = `control:${control.name}${control.name === 'o' ? control.layer : ''}`;
        await this.closePath(true);
        await this.remember(key);
        const o =
          control.name === 'o' ? (await run.main.model.exportNetwork()).parameters.o[control.layer] : 0;
        const pin = run.control(control, o);
        if (pin) this.post({ type: 'pin', pin });
        if (control.name === 'o') {
          await this.reporter.look(run);
          await this.reporter.snapshots(run);
        }
        this.postStatus();
        return;
      }
      case 'operate':
        await this.closePath(true);
        if (await this.structure.ask(run, command.operation, command.confirmed ?? false)) return;
        await this.remember(`gesture:${command.gesture}`);
        await this.structure.operate(run, command.operation, command.gesture);
        if (this.status !== 'playing') this.reporter.startFull(run);
        this.postStatus();
        return;
      case 'path':
        await this.closePath(true);
        this.resumeAfterPath = this.status === 'playing';
        await this.remember(`path:${performance.now()}`);
        await this.structure.openPath(run, command.operation);
        this.setStatus('path', null);
        return;
      case 'path-at':
        return this.structure.pathAt(run, command.t);
      case 'path-end':
        await this.closePath(command.keep);
        if (!this.resumeAfterPath) this.reporter.startFull(run);
        this.setStatus(this.resumeAfterPath ? 'playing' : 'paused', null);
        return;
      case 'undo':
        return this.goBack();
      case 'twin':
        run.setTwin(command.kind);
        this.post({ type: 'twin', kind: command.kind, step: 0, target: run.main.step });
        if (run.twin) await this.reporter.look(run);
        return;
      case 'engine':
        return this.switchEngine(command.engine);
      case 'evaluate': {
        this.reporter.startFull(run);
        return;
      }
      case 'checkpoint':
        return this.save();
    }
  }

  private async closePath(keep: boolean): Promise<void> {
    if (!this.run || !this.structure.open) return;
    const moved = await this.structure.closePath(this.run, keep);
    if (!moved) this.run.undo.pop();
    if (this.status === 'path') this.setStatus('paused', null);
  }

  private async start(wanted: Configuration, resume: boolean, base: string): Promise<void> {
    this.structure.forget();
    this.run?.dispose();
    this.run = null;
    this.sound = null;
    this.unread = 0;
    this.pacer.reset();
    this.reporter.clear();
    this.setStatus('starting', null);
    const found = resume || !this.offered ? await loadCheckpoint() : null;
    if (resume && !found) {
      const detail = 'There is no stored run any more: this is a fresh start.';
      this.post({ type: 'problem', severity: 'notice', title: 'Nothing to continue', detail });
    }
    const stored: Checkpoint | null = resume ? found : null;
    const configuration = stored ? stored.first : wanted;
    const loading = this.data.load(configuration, base);
    const engine = await this.engines.open(wanted.engine);
    this.setStatus('loading', null);
    await loading.ready('test', 200);
    await loading.ready('train', 1);
    const run = new TrainingRun({ ...configuration, engine: wanted.engine }, engine, loading.source);
    if (stored) run.adopt(stored.moment, stored.log);
    this.run = run;
    this.post({
      type: 'started',
      configuration: run.configuration,
      step: run.main.step,
      stepsPerEpoch: run.stepsPerEpoch,
      resumed: stored !== null,
    });
    if (found && !resume && !this.offered && found.moment.main.step > 0) {
      const { configuration: last, main } = found.moment;
      this.post({ type: 'checkpoint-found', configuration: last, step: main.step, savedAt: found.savedAt });
    }
    this.offered = true;
    this.lastSaved = performance.now();
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    this.setStatus('paused', null);
  }

  /** Puts the present moment on the undo stack unless the change belongs to the newest entry. */
  private async remember(key: string): Promise<void> {
    const { run } = this;
    if (!run || run.undo.joins(key, performance.now())) return;
    await this.read(true);
    this.sound = await run.moment();
    run.undo.push({ moment: this.sound, key, at: performance.now() });
  }

  private async goBack(): Promise<void> {
    const { run } = this;
    if (this.structure.open) {
      await this.closePath(false);
      this.setStatus('paused', null);
      return;
    }
    const entry = run?.undo.pop();
    if (!run || !entry) return;
    await this.read(true);
    const removedPins = run.restore(entry.moment);
    this.budget = null;
    this.post({ type: 'undone', step: run.main.step, removedPins, configuration: run.configuration });
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    // Undo is for looking: training on would at once leave the moment that was asked for.
    this.setStatus('paused', null);
  }

  private async switchEngine(choice: Configuration['engine']): Promise<void> {
    const { run } = this;
    if (!run) return;
    await this.read(true);
    const before = await run.moment();
    const old = this.engines.current;
    const engine = await this.engines.open(choice);
    run.configuration = { ...run.configuration, engine: choice };
    if (engine !== old) {
      await run.move(engine, { ...before, configuration: run.configuration });
      old?.dispose();
      this.post({
        type: 'pin',
        pin: run.pin({ kind: 'engine', label: `Engine: ${engine.info.label}`, report: null }),
      });
    }
    this.pacer.reset();
    this.postStatus();
  }

  /** The device is gone: a fresh engine goes on from the newest sound moment. */
  private async recover(reason: string): Promise<void> {
    const { run, sound } = this;
    const engine = await this.engines.reopen();
    if (!run) return;
    const moment = sound ?? null;
    if (!moment) {
      this.post({ type: 'problem', severity: 'error', title: 'The GPU was lost', detail: reason });
      return;
    }
    await run.move(engine, moment);
    this.post({ type: 'undone', step: run.main.step, removedPins: [], configuration: run.configuration });
    this.post({
      type: 'problem',
      severity: 'notice',
      title: 'The GPU was lost and found again',
      detail: `${reason} The run goes on from step ${run.main.step}.`,
    });
    await this.reporter.snapshots(run);
    this.setStatus('paused', null);
  }

  /** One slice of work; returns how long the loop may sleep (Infinity: until a message comes). */
  private async work(): Promise<number> {
    const { run } = this;
    if (!run) return Infinity;
    if (run.twinBehind) return this.catchUp(run);
    if (this.status === 'playing' || this.status === 'waiting') return this.slice(run);
    if (await this.reporter.fullSlice(run)) return 0;
    return Infinity;
  }

  private async catchUp(run: TrainingRun): Promise<number> {
    const started = performance.now();
    while (run.twinBehind && performance.now() - started < 60) await run.trainTwin(8);
    await this.reporter.metrics(run);
    const { twin } = run;
    if (twin) {
      this.post({ type: 'twin', kind: twin.kind, step: twin.runner.step, target: run.main.step });
      if (!run.twinBehind) {
        await this.reporter.look(run);
        await this.reporter.snapshots(run);
      }
    }
    return 0;
  }

  private async slice(run: TrainingRun): Promise<number> {
    const now = performance.now();
    const wait = this.pacer.wait(this.pace, now);
    if (wait > 1) return wait;
    const { step } = run.main;
    const untilLook = this.reporter.stepsUntilLook(step, this.pacer.msPerStep);
    const untilRest = this.restAt === null ? Infinity : Math.max(0, this.restAt - step);
    const limit = Math.min(untilLook, untilRest, this.budget ?? Infinity);
    const steps = this.pacer.steps(this.budget === null ? this.pace : 'fast', now, limit);
    if (run.required(steps) > run.source.train.ready) {
      if (this.status !== 'waiting') this.setStatus('waiting', 'Waiting for the next images to arrive');
      return 50;
    }
    if (this.status === 'waiting') this.setStatus('playing', null);
    await run.train(steps);
    this.busy += performance.now() - now;
    this.unread += steps;
    if (this.budget !== null) this.budget -= steps;
    const due = run.main.step;
    const ends = this.budget === 0 || (this.restAt !== null && due >= this.restAt);
    const looks = steps === untilLook;
    if (!(await this.read(ends || looks))) return 0;
    if (run.configuration.keepDiagonal && due % KEEP_DIAGONAL_STEPS < steps)
      await this.structure.keepDiagonal(run);
    if (looks) await this.reporter.look(run);
    if (this.reporter.snapshotDue) await this.reporter.snapshots(run);
    if (performance.now() - this.lastSaved > CHECKPOINT_MS) await this.save();
    if (this.budget === 0) await this.pause('paused', null);
    else if (ends) await this.pause('resting', 'Resting to spare your battery. Play to go on.');
    else this.reporter.statusDue(() => this.postStatus());
    return 0;
  }

  /** Reads metrics back about ten times a second (or now); false if the run broke down on the way. */
  private async read(now: boolean): Promise<boolean> {
    const { run } = this;
    if (!run || this.unread === 0) return true;
    const time = performance.now();
    if (!now && time - this.lastRead < 90 && this.unread < 128) return true;
    const finite = await this.reporter.metrics(run);
    const ended = performance.now();
    this.pacer.measured(this.busy + ended - time, this.unread);
    this.busy = 0;
    this.speed.mark(ended, run.main.step);
    this.lastRead = ended;
    this.unread = 0;
    if (finite) return true;
    if (this.sound) run.undo.push({ moment: this.sound, key: 'broken', at: ended });
    this.setStatus('failed', `The loss stopped being a number at step ${run.main.step}.`);
    const detail = `The loss stopped being a finite number at step ${run.main.step}: the learning rate or λ is too large for this network. Undo goes back to the last sound moment.`;
    this.post({ type: 'problem', severity: 'error', title: 'Training broke down', detail });
    await this.reporter.snapshots(run);
    return false;
  }

  private async pause(status: 'paused' | 'resting', message: string | null): Promise<void> {
    const { run } = this;
    if (!run || this.structure.open) return;
    this.restAt = null;
    this.budget = null;
    await this.read(true);
    if (this.status === 'failed') return;
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    this.setStatus(status, message);
    await this.save();
    this.reporter.startFull(run);
  }

  private async save(): Promise<void> {
    const { run } = this;
    if (!run || run.main.step === 0) return;
    this.lastSaved = performance.now();
    const moment = await run.moment();
    this.sound = moment;
    if (await saveCheckpoint({ version: 1, savedAt: Date.now(), first: run.first, moment, log: run.log })) {
      this.post({ type: 'checkpointed', step: run.main.step });
    }
  }
}

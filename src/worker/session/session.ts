import { errorMessage } from '../../base/errorMessage';
import type { Configuration } from '../../configuration/schema';
import { registerOwn } from '../../data/ownEntry';
import type { Engine } from '../../training/engine';
import type { SessionCommand, SessionEvent, RunStatus } from '../protocol';
import { RunChanges } from './runChanges';
import { type Checkpoint, forgetCheckpoint, loadCheckpoint } from './checkpoints';
import { DataHost } from './dataHost';
import { EngineHost } from './engineHost';
import { yieldToMessages } from './pacing';
import { type DeviceLostMessage, CommandQueue } from './commandQueue';
import { blackInputs, sessionProbe } from './evaluation';
import { Reporter } from './reporter';
import { TrainingRun } from './run';
import { EngineRefusal } from './runner';
import { StructuralOperations } from './structuralOperations';
import { postTwinState, postUndone } from './postEvents';
import { tasksScheduledAt } from './tasks';
import { type TrainerHost, Trainer } from './trainer';

export type PostEvent = (event: SessionEvent, transfer?: Transferable[]) => void;

type Start = Extract<SessionCommand, { type: 'start' }>;

/**
 * The thread that owns the engine, as an actor: commands are handled one at a time, between submissions; in between,
 * one slice of work (training, a twin catching up, an evaluation) at a time.
 */
export class Session implements TrainerHost {
  status: RunStatus = 'starting';
  /** The number of the start being served. */
  runNumber = 0;
  private readonly mailbox = new CommandQueue();
  /** Ends the waiting of a start that a newer one has made pointless. */
  private supersede: (() => void) | null = null;
  private run: TrainingRun | null = null;
  private message: string | null = null;
  private readonly engines: EngineHost;
  private readonly data: DataHost;
  private readonly reporter: Reporter;
  private readonly structure: StructuralOperations;
  private readonly trainer: Trainer;
  private readonly changes: RunChanges;
  private offered = false;
  /** The stored run that was offered: kept here, since the present one overwrites it in storage. */
  private stored: Checkpoint | null = null;
  private resumeAfterPath = false;

  constructor(private readonly post: PostEvent) {
    this.engines = new EngineHost(post, (reason) => this.mailbox.put({ type: 'device-lost', reason }));
    this.data = new DataHost(post, () => this.mailbox.wake());
    this.reporter = new Reporter(post);
    this.structure = new StructuralOperations(post, this.reporter);
    this.trainer = new Trainer(post, this.reporter, this.structure, this);
    this.changes = new RunChanges(post, this.reporter, this.structure, this.trainer, this);
  }

  receive(command: SessionCommand): void {
    if (command.type === 'start') this.supersede?.();
    this.mailbox.put(command);
  }

  async live(): Promise<never> {
    for (;;) {
      let wait = Infinity;
      try {
        const command = this.mailbox.take();
        if (command) {
          await this.handle(command);
          wait = 0;
        } else wait = await this.work();
      } catch (error) {
        this.fail(error);
      }
      if (wait > 0 && this.mailbox.empty) await this.mailbox.sleep(wait);
      else await yieldToMessages();
    }
  }

  private fail(error: unknown): void {
    // Operations on a lost device reject before the loss itself is told: that message says what happens next.
    const lost = error instanceof Error && error.name === 'AbortError';
    const detail = errorMessage(error);
    if (!lost) this.post({ type: 'problem', severity: 'error', title: 'That did not work', detail });
    if (this.status === 'playing' || this.status === 'waiting') this.setStatus('paused', null);
    else if (this.status === 'starting' || this.status === 'loading') this.setStatus('failed', detail);
    else this.postStatus();
  }

  setStatus(status: RunStatus, message: string | null): void {
    this.status = status;
    this.message = message;
    this.postStatus();
  }

  postStatus(): void {
    this.reporter.status({
      status: this.status,
      step: this.run?.main.step ?? 0,
      stepsPerSecond: this.status === 'playing' ? this.trainer.stepsPerSecond : 0,
      gpuMsPerStep: this.trainer.gpuMsPerStep,
      pace: this.trainer.pace,
      message: this.message,
      undoDepth: this.run?.undo.depth ?? 0,
    });
  }

  keepSchedule(run: TrainingRun): Promise<void> {
    return this.changes.keepSchedule(run);
  }

  private async handle(command: SessionCommand | DeviceLostMessage): Promise<void> {
    if (command.type === 'device-lost') return this.recover(command.reason);
    if (command.type === 'start') return this.start(command);
    if (command.type === 'forget-checkpoint') {
      this.stored = null;
      return forgetCheckpoint();
    }
    const { run, trainer, changes } = this;
    if (!run) {
      if (command.type === 'subject')
        this.post({ type: 'no-subject', id: command.id, reason: 'The network is not there yet.' });
      return;
    }
    switch (command.type) {
      case 'play':
        await this.changes.closePath(run, true);
        trainer.restAt = command.restAt;
        trainer.budget = null;
        trainer.pace = command.pace;
        trainer.rest();
        this.setStatus('playing', null);
        return;
      case 'pause':
        return trainer.pause(run, 'paused', null);
      case 'pace':
        trainer.pace = command.pace;
        this.postStatus();
        return;
      case 'step': {
        await this.changes.closePath(run, true);
        const { count } = command;
        trainer.budget = count === 'step' ? 1 : count === 'epoch' ? run.stepsPerEpoch : count;
        this.setStatus('playing', null);
        return;
      }
      case 'control':
        return changes.control(run, command.control);
      case 'operate':
        await this.changes.closePath(run, true);
        if (await this.structure.ask(run, command.operation, command.confirmed ?? false)) return;
        await this.changes.undoably(run, `gesture:${command.gesture}`, () =>
          this.structure.operate(run, command.operation, command.gesture),
        );
        if (this.status !== 'playing') this.reporter.startFull(run);
        this.postStatus();
        return;
      case 'path':
        await this.changes.closePath(run, true);
        this.resumeAfterPath = this.status === 'playing';
        await this.changes.undoably(run, `path:${performance.now()}`, () =>
          this.structure.openPath(run, command.operation),
        );
        this.setStatus('path', null);
        return;
      case 'path-at':
        return this.structure.pathAt(run, command.t);
      case 'path-end':
        await this.changes.closePath(run, command.keep);
        if (!this.resumeAfterPath) this.reporter.startFull(run);
        this.setStatus(this.resumeAfterPath ? 'playing' : 'paused', null);
        return;
      case 'undo':
        return this.goBack(run);
      case 'twin':
        return changes.twin(run, command.kind);
      case 'sweep':
        return changes.sweep(run, command.sweep);
      case 'engine':
        return this.switchEngine(run, command.engine);
      case 'evaluate':
        this.reporter.startFull(run);
        return;
      case 'lose-device':
        this.engines.current?.dispose();
        return;
      case 'subject':
        return this.tellSubject(run, command.id);
      case 'checkpoint':
        if (!this.structure.open && (await trainer.read(run, true))) await trainer.save(run);
    }
  }

  /** The network as it stands, for an analysis; who asks is told in any case. */
  private async tellSubject(run: TrainingRun, id: number): Promise<void> {
    try {
      const network = await run.main.model.exportNetwork();
      const { twin, source, main } = run;
      this.post({
        type: 'subject',
        id,
        step: main.step,
        network,
        probe: { ...sessionProbe(source, main.blocks), black: blackInputs(source, main.blocks) },
        twin: twin && {
          kind: twin.kind,
          step: twin.runner.step,
          network: await twin.runner.model.exportNetwork(),
        },
      });
    } catch (error) {
      this.post({ type: 'no-subject', id, reason: 'The network could not be read just now.' });
      throw error;
    }
  }

  private async start({
    configuration: wanted,
    resume,
    base,
    run: number,
    network,
    own,
  }: Start): Promise<void> {
    this.runNumber = number;
    let newer = false;
    const superseded = new Promise<void>((resolve) => {
      this.supersede = () => {
        newer = true;
        resolve();
      };
    });
    this.structure.forget();
    this.trainer.forget();
    this.reporter.clear();
    this.run?.dispose();
    this.run = null;
    registerOwn(own ?? null);
    this.setStatus('starting', null);
    const found = this.stored ?? (resume || !this.offered ? await loadCheckpoint() : null);
    this.stored = resume ? null : found;
    if (resume && !found) {
      const detail = 'There is no stored run any more: this is a fresh start.';
      this.post({ type: 'problem', severity: 'notice', title: 'Nothing to continue', detail });
    }
    const stored: Checkpoint | null = resume ? found : null;
    const began = stored ? stored.first : { ...wanted, tasks: tasksScheduledAt(wanted, 0) ?? wanted.tasks };
    const first: Configuration = { ...began, engine: wanted.engine };
    const loading = this.data.load(first, base);
    const old = this.engines.current;
    const engine = await this.engines.open(wanted.engine);
    this.engines.leave(old);
    this.setStatus('loading', null);
    await Promise.race([Promise.all([loading.ready('test', 200), loading.ready('train', 1)]), superseded]);
    // The flag is set from outside while this waits.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
    if (newer) return;
    const given = (stored ? stored.given : network) ?? null;
    const run = await this.onAnEngine(
      engine,
      (willing) => new TrainingRun(first, willing, loading.source, given),
    );
    if (stored) run.adopt(stored.moment, stored.log);
    await this.trainer.begin(run);
    this.run = run;
    this.post({
      type: 'started',
      configuration: run.configuration,
      step: run.main.step,
      stepsPerEpoch: run.stepsPerEpoch,
      resumed: stored !== null,
      given,
    });
    if (given && !stored)
      this.post({ type: 'pin', pin: run.pin({ kind: 'note', label: 'Imported weights', report: null }) });
    if (found && !resume && !this.offered && found.moment.main.step > 0) {
      const { configuration, main } = found.moment;
      this.post({ type: 'checkpoint-found', configuration, step: main.step, savedAt: found.savedAt });
    }
    this.offered = true;
    postTwinState(run, this.post);
    await this.reporter.widths(run);
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    this.setStatus('paused', null);
  }

  /** Does something on an engine or, where that refuses the network, on one that stands in for it. */
  private async onAnEngine<T>(engine: Engine, act: (engine: Engine) => T): Promise<T> {
    try {
      return act(engine);
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      return act(await this.engines.standIn(engine, error.message));
    }
  }

  private async goBack(run: TrainingRun): Promise<void> {
    if (this.structure.open) {
      await this.changes.closePath(run, false);
      this.setStatus('paused', null);
      return;
    }
    await this.trainer.read(run, true);
    const entry = run.undo.pop();
    if (!entry) return;
    await this.changes.endSweep(run);
    const { twin } = run;
    const pins = run.restore(entry.moment);
    this.trainer.budget = null;
    await postUndone(run, this.post, this.reporter, pins, twin);
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    // Undo is for looking: training on would at once leave the moment that was asked for.
    this.reporter.startFull(run);
    this.setStatus('paused', null);
  }

  private async switchEngine(run: TrainingRun, choice: Configuration['engine']): Promise<void> {
    await this.changes.closePath(run, true);
    await this.trainer.read(run, true);
    await this.changes.endSweep(run);
    const before = await run.moment();
    const old = this.engines.current;
    const engine = await this.engines.open(choice);
    run.configuration = { ...run.configuration, engine: choice };
    if (engine !== old) {
      await this.onAnEngine(engine, (willing) => run.move(willing, before));
      this.engines.leave(old);
      const label = `Engine: ${this.engines.current?.info.label ?? engine.info.label}`;
      this.post({ type: 'pin', pin: run.pin({ kind: 'engine', label, report: null }) });
    }
    this.trainer.rest();
    this.postStatus();
  }

  /** The device is gone: a fresh engine goes on from the newest sound moment. */
  private async recover(reason: string): Promise<void> {
    this.structure.forget();
    const engine = await this.engines.reopen();
    const { run } = this;
    const moment = this.trainer.sound;
    if (!run || !moment) return;
    this.trainer.forget();
    this.trainer.sound = moment;
    run.sweep = null;
    this.post({ type: 'sweep', state: null });
    const { twin } = run;
    const pins = await this.onAnEngine(engine, (willing) => run.move(willing, moment));
    await postUndone(run, this.post, this.reporter, pins, twin);
    this.post({
      type: 'problem',
      severity: 'notice',
      title: 'The GPU was lost and found again',
      detail: `${reason} The run goes on from step ${run.main.step}.`,
    });
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    this.setStatus('paused', null);
  }

  /** One slice of work; returns how long the loop may sleep (Infinity: until a message comes). */
  private async work(): Promise<number> {
    const { run } = this;
    if (!run) return Infinity;
    if (run.twinBehind && !this.structure.open) return this.trainer.catchUp(run);
    if (run.canPair && !this.structure.open && (await this.trainer.read(run, true))) await run.pair();
    if (this.status === 'playing' || this.status === 'waiting') return this.trainer.slice(run);
    return (await this.reporter.fullSlice(run)) ? 0 : Infinity;
  }
}

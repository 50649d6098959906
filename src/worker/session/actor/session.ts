import { errorMessage } from '../../../base/errorMessage';
import { blackInputs, testProbe } from '../../../run/probes';
import type { PostEvent, RunStatus, SessionCommand } from '../../protocol';
import { DataHost } from '../hosts/dataHost';
import { EngineHost } from '../hosts/engineHost';
import type { SessionRun } from '../networks/sessionRun';
import { StructuralOperations } from '../operations/structuralOperations';
import { postTwinState } from '../report/postEvents';
import { Reporter } from '../report/reporter';
import { type DeviceLostMessage, CommandQueue } from './commandQueue';
import { yieldToMessages } from './pacing';
import { RunChanges } from './runChanges';
import { RunMoves } from './runMoves';
import { RunStarts, type StartCommand } from './runStarts';
import { type TrainerHost, Trainer } from './trainer';

/**
 * The thread that owns the engine, as an actor: commands are handled one at a time, between submissions; in between,
 * one slice of work (training, a twin catching up, an evaluation) at a time.
 */
export class Session implements TrainerHost {
  status: RunStatus = 'starting';
  /** The number of the start being served. */
  runNumber = 0;
  private readonly queue = new CommandQueue();
  private run: SessionRun | null = null;
  private message: string | null = null;
  private readonly engines: EngineHost;
  private readonly reporter: Reporter;
  private readonly structure: StructuralOperations;
  private readonly trainer: Trainer;
  private readonly changes: RunChanges;
  private readonly starts: RunStarts;
  private readonly moves: RunMoves;
  private resumeAfterPath = false;

  /** `checkAlways`: graphics cards that are emulated are checked as well (tests). */
  constructor(
    private readonly post: PostEvent,
    checkAlways = false,
  ) {
    this.engines = new EngineHost(
      post,
      (reason) => this.queue.put({ type: 'device-lost', reason }),
      () => this.queue.wake(),
      checkAlways,
    );
    this.starts = new RunStarts(post, this.engines, new DataHost(post, () => this.queue.wake()));
    this.reporter = new Reporter(post);
    this.structure = new StructuralOperations(post, this.reporter);
    this.trainer = new Trainer(post, this.reporter, this.structure, this);
    this.changes = new RunChanges(post, this.reporter, this.structure, this.trainer, this);
    this.moves = new RunMoves(
      post,
      this.engines,
      this.reporter,
      this.structure,
      this.trainer,
      this.changes,
      this,
    );
  }

  /** Takes a command from the page; it is handled when its turn comes. */
  receive(command: SessionCommand): void {
    if (command.type === 'start') this.starts.supersede();
    this.queue.put(command);
  }

  /** Lives for as long as the thread does: commands first, then a slice of work, then sleep until something comes. */
  async live(): Promise<never> {
    for (;;) {
      let wait = Infinity;
      try {
        const command = this.queue.take();
        if (command) {
          await this.handle(command);
          wait = 0;
        } else wait = await this.work();
      } catch (error) {
        this.fail(error);
      }
      if (wait > 0 && this.queue.empty) await this.queue.sleep(wait);
      else await yieldToMessages();
    }
  }

  private fail(error: unknown): void {
    // Operations on a lost device reject before the loss itself is told: that message says what happens next.
    const lost = error instanceof Error && error.name === 'AbortError';
    const detail = errorMessage(error);
    const title = 'That did not work';
    if (!lost) this.post({ type: 'problem', severity: 'error', title, detail, ofRun: true });
    if (this.status === 'playing' || this.status === 'waiting') this.setStatus('paused', null);
    else if (this.status === 'starting' || this.status === 'loading') this.setStatus('failed', detail);
    else this.postStatus();
  }

  /** Takes on a status and tells the page, with a sentence for the visitor where there is one. */
  setStatus(status: RunStatus, message: string | null): void {
    this.status = status;
    this.message = message;
    this.postStatus();
  }

  /** Tells the page how things stand. */
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

  switchTasks(run: SessionRun, tasks: readonly number[]): Promise<void> {
    return this.changes.switchTasks(run, tasks);
  }

  private async handle(command: SessionCommand | DeviceLostMessage): Promise<void> {
    if (command.type === 'device-lost') return this.moves.recover(this.run, command.reason);
    if (command.type === 'start') return this.start(command);
    if (command.type === 'forget-checkpoint') return this.starts.forgetStored();
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
        trainer.budget = count === 'step' ? 1 : count === 'epoch' ? run.main.stepsPerEpoch : count;
        this.setStatus('playing', null);
        return;
      }
      case 'control':
        return changes.control(run, command.control);
      case 'operate':
        await this.changes.closePath(run, true);
        if (this.structure.ask(run, command.operation, command.confirmed ?? false)) return;
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
        return this.moves.goBack(run);
      case 'twin':
        return changes.twin(run, command.kind);
      case 'sweep':
        return changes.sweep(run, command.sweep);
      case 'engine':
        return this.moves.switchEngine(run, command.engine);
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
  private async tellSubject(run: SessionRun, id: number): Promise<void> {
    try {
      const network = await run.main.model.exportNetwork();
      const { twin, source, main } = run;
      this.post({
        type: 'subject',
        id,
        step: main.step,
        network,
        probe: { ...testProbe(source, main.blocks), black: blackInputs(source, main.blocks) },
        twin: twin && {
          kind: twin.kind,
          step: twin.run.step,
          network: await twin.run.model.exportNetwork(),
        },
      });
    } catch (error) {
      this.post({ type: 'no-subject', id, reason: 'The network could not be read just now.' });
      throw error;
    }
  }

  private async start(command: StartCommand): Promise<void> {
    this.runNumber = command.run;
    this.structure.forget();
    this.trainer.forget();
    this.reporter.clear();
    this.run?.dispose();
    this.run = null;
    this.setStatus('starting', null);
    const begun = await this.starts.begin(command, () => this.setStatus('loading', null));
    if (!begun) return;
    const { run } = begun;
    await this.trainer.begin(run);
    this.run = run;
    this.starts.announce(begun);
    postTwinState(run, this.post);
    this.reporter.widths(run);
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
    if ((await this.moves.adoptProven(run)) || (await this.moves.retile(run))) return 0;
    const wait =
      this.status === 'playing' || this.status === 'waiting'
        ? await this.trainer.slice(run)
        : (await this.reporter.fullSlice(run))
          ? 0
          : Infinity;
    // The check of the graphics card takes its turns once training has moved, or while there is nothing else to do.
    const { engines } = this;
    if (wait === Infinity || run.main.step > 0) engines.graphics.turn();
    if (!this.structure.open) await engines.tuning.turn(run, engines.current, this.status === 'playing');
    return wait;
  }
}

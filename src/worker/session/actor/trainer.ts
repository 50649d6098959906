import { OWN_ENTRY } from '../../../data/ownEntry';
import { adaptationInterval, type AutomaticAction } from '../../../run/cadence';
import type { PostEvent, RunStatus, TrainingPace } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import type { StructuralOperations } from '../operations/structuralOperations';
import type { Reporter } from '../report/reporter';
import { saveCheckpoint } from '../storage/checkpoints';
import type { SessionState } from '../storage/undo';
import { GpuTimeMeter, SlicePacer, StepRateMeter } from './pacing';

const CHECKPOINT_MS = 10_000;
/** Metrics are read back this often, in milliseconds, and after at most this many steps. */
const READ_MS = 90;
const READ_STEPS = 128;

/** What those who carry out commands ask of the session. */
export interface TrainerHost {
  readonly status: RunStatus;
  setStatus(status: RunStatus, message: string | null): void;
  postStatus(): void;
  /** Makes a switch of tasks that the schedule asks for. */
  switchTasks(run: SessionRun, tasks: readonly number[]): Promise<void>;
}

/** Trains in slices: paces, reads metrics back, looks at test images, saves, stops where it should. */
export class Trainer {
  pace: TrainingPace = 'watch';
  restAt: number | null = null;
  /** Steps still to do of a `step` command, then pause. */
  budget: number | null = null;
  /** The newest moment known to be sound: what a lost device or a NaN goes back to. */
  sound: SessionState | null = null;
  private readonly pacer = new SlicePacer();
  private readonly speed = new StepRateMeter();
  private readonly gpu = new GpuTimeMeter();
  private lastSaved = 0;
  private lastRead = 0;
  private unread = 0;
  /** Milliseconds of work since the last read, waiting not counted. */
  private busy = 0;

  constructor(
    private readonly post: PostEvent,
    private readonly reporter: Reporter,
    private readonly structure: StructuralOperations,
    private readonly host: TrainerHost,
  ) {}

  get stepsPerSecond(): number {
    return this.speed.stepsPerSecond;
  }

  /** Milliseconds of the GPU per step of the main network; null where they are not measured. */
  get gpuMsPerStep(): number | null {
    return this.gpu.msPerStep;
  }

  /** Another run begins, on whatever engine: nothing measured holds. */
  async begin(run: SessionRun): Promise<void> {
    this.forget();
    this.lastSaved = performance.now();
    this.sound = await run.moment();
  }

  /** No run is there, or it goes on from elsewhere: nothing that was asked of the one before holds. */
  forget(): void {
    this.sound = null;
    this.budget = null;
    this.restAt = null;
    this.unread = 0;
    this.busy = 0;
    this.rest();
  }

  /** Forgets the measured pace: another pace, another engine. */
  rest(): void {
    this.pacer.reset();
    this.speed.clear();
    this.gpu.clear();
  }

  /** Puts the present moment on the undo stack unless the change belongs to the newest entry; true if it did. */
  async remember(run: SessionRun, key: string): Promise<boolean> {
    if (run.undo.joins(key, performance.now())) return false;
    if (!(await this.read(run, true))) return false;
    this.sound = await run.moment();
    run.undo.push({ moment: this.sound, key, at: performance.now() });
    return true;
  }

  /** Trains a twin that is behind for a twentieth of a second or so; returns how long the loop may sleep. */
  async catchUp(run: SessionRun): Promise<number> {
    const started = performance.now();
    while (run.twinBehind && performance.now() - started < 60) await run.trainTwin(8);
    await this.reporter.metrics(run);
    const { twin } = run;
    if (twin) {
      const { step } = twin.run;
      this.post({ type: 'twin', kind: twin.kind, step, target: run.main.step, anew: false });
      if (!run.twinBehind) {
        await this.reporter.look(run);
        await this.reporter.snapshots(run);
      }
    }
    return 0;
  }

  /**
   * One slice of training at the present pace, up to the next step where the page is to see something, the run acts by itself or a budget
   * ends; returns how many milliseconds the loop may sleep.
   */
  async slice(run: SessionRun): Promise<number> {
    const now = performance.now();
    const wait = this.pacer.wait(this.pace, now);
    if (wait > 1) return wait;
    const { step } = run.main;
    const untilLook = this.reporter.stepsUntilLook(step, this.pacer.msPerStep);
    const untilRest = this.restAt === null ? Infinity : Math.max(0, this.restAt - step);
    const limit = Math.min(untilLook, untilRest, run.main.stepsUntilAction, this.budget ?? Infinity);
    const steps = this.pacer.steps(this.budget === null ? this.pace : 'fast', now, limit);
    if (run.main.requiredImages(steps) > run.source.train.ready) {
      if (this.host.status !== 'waiting')
        this.host.setStatus('waiting', 'Waiting for the next images to arrive');
      return 50;
    }
    if (this.host.status === 'waiting') this.host.setStatus('playing', null);
    const actions = await run.train(steps);
    this.busy += performance.now() - now;
    this.unread += steps;
    if (this.budget !== null) this.budget -= steps;
    const due = run.main.step;
    const ends = this.budget === 0 || (this.restAt !== null && due >= this.restAt);
    const looks = steps === untilLook;
    if (!(await this.read(run, ends || looks || actions.length > 0))) return 0;
    for (const action of actions) await this.perform(run, action);
    if (looks) await this.reporter.look(run);
    if (looks && this.reporter.sweepDue) await this.reporter.lookAtSweep(run);
    if (this.reporter.snapshotDue) await this.reporter.snapshots(run);
    if (performance.now() - this.lastSaved > CHECKPOINT_MS) await this.save(run);
    if (this.budget === 0) await this.pause(run, 'paused', null);
    else if (ends) await this.pause(run, 'resting', 'Resting to spare your battery. Play to go on.');
    else this.reporter.statusDue(() => this.host.postStatus());
    return 0;
  }

  /** Does something the run does by itself, and tells the page; part of the run, so nothing for undo to take back. */
  private async perform(run: SessionRun, action: AutomaticAction): Promise<void> {
    if (action.kind === 'switch-tasks') return this.host.switchTasks(run, action.tasks);
    const decisions = await run.main.perform(action);
    if (decisions.length === 0) return;
    this.post({ type: 'pin', pin: run.pins.decided(decisions, adaptationInterval(run.main.cadence)) });
    this.post({ type: 'adapted', decisions });
    this.reporter.widths(run);
  }

  /** Reads metrics back about ten times a second (or now); false if the run broke down on the way. */
  async read(run: SessionRun, now: boolean): Promise<boolean> {
    if (this.unread === 0) return true;
    const time = performance.now();
    if (!now && time - this.lastRead < READ_MS && this.unread < READ_STEPS) return true;
    const finite = await this.reporter.metrics(run);
    const ended = performance.now();
    this.pacer.measured(this.busy + ended - time, this.unread);
    this.busy = 0;
    this.speed.mark(ended, run.main.step);
    this.gpu.add(run.main.model.gpuTime?.() ?? null);
    this.lastRead = ended;
    this.unread = 0;
    if (finite) return true;
    if (this.sound) run.undo.push({ moment: this.sound, key: 'broken', at: ended });
    this.host.setStatus('failed', `The loss stopped being a number at step ${run.main.step}.`);
    const detail = `The loss stopped being a finite number at step ${run.main.step}: the learning rate or λ is too large for this network. Undo goes back to the last sound moment.`;
    this.post({ type: 'problem', severity: 'error', title: 'Training broke down', detail, ofRun: true });
    await this.reporter.snapshots(run);
    return false;
  }

  /** Stops training, with everything the page shows brought up to the step, and stores the run. */
  async pause(run: SessionRun, status: 'paused' | 'resting', message: string | null): Promise<void> {
    if (this.structure.open) return;
    this.restAt = null;
    this.budget = null;
    await this.read(run, true);
    if (this.host.status === 'failed') return;
    await this.reporter.look(run);
    await this.reporter.lookAtSweep(run);
    await this.reporter.snapshots(run);
    this.host.setStatus(status, message);
    await this.save(run);
    this.reporter.startFull(run);
  }

  /** Stores the run as it stands, where it is sound and has taken a step. */
  async save(run: SessionRun): Promise<void> {
    if (run.main.step === 0 || this.host.status === 'failed' || !(await this.read(run, true))) return;
    this.lastSaved = performance.now();
    const moment = await run.moment();
    this.sound = moment;
    const { first, given, log } = run;
    if (
      await saveCheckpoint({
        version: 3,
        savedAt: Date.now(),
        first,
        given,
        moment,
        log,
        ...(first.data === 'own' && { own: OWN_ENTRY.savedAt }),
      })
    ) {
      this.post({ type: 'checkpointed', step: run.main.step });
    }
  }
}

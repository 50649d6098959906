import { OWN_ENTRY } from '../../data/ownEntry';
import type { TrainingPace, RunStatus } from '../protocol';
import { runAdaptationRound, stepsUntilAdaptation } from './adaptation';
import { saveCheckpoint } from './checkpoints';
import { GpuTimeMeter, SlicePacer, StepRateMeter } from './pacing';
import type { Reporter } from './reporter';
import type { TrainingRun } from './run';
import type { PostEvent } from './session';
import type { StructuralOperations } from './structuralOperations';
import { stepsUntilSwitch } from './tasks';
import type { SessionState } from './undo';

const CHECKPOINT_MS = 10_000;
const KEEP_DIAGONAL_STEPS = 20;
/** Metrics are read back this often, in milliseconds, and after at most this many steps. */
const READ_MS = 90;
const READ_STEPS = 128;

/** What the trainer asks of the session. */
export interface TrainerHost {
  readonly status: RunStatus;
  setStatus(status: RunStatus, message: string | null): void;
  postStatus(): void;
  /** Makes the switch of tasks that the schedule asks for at this step, if any. */
  keepSchedule(run: TrainingRun): Promise<void>;
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
  async begin(run: TrainingRun): Promise<void> {
    this.forget();
    this.lastSaved = performance.now();
    this.sound = await run.moment();
  }

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
  async remember(run: TrainingRun, key: string): Promise<boolean> {
    if (run.undo.joins(key, performance.now())) return false;
    if (!(await this.read(run, true))) return false;
    this.sound = await run.moment();
    run.undo.push({ moment: this.sound, key, at: performance.now() });
    return true;
  }

  async catchUp(run: TrainingRun): Promise<number> {
    const started = performance.now();
    while (run.twinBehind && performance.now() - started < 60) await run.trainTwin(8);
    await this.reporter.metrics(run);
    const { twin } = run;
    if (twin) {
      const { step } = twin.runner;
      this.post({ type: 'twin', kind: twin.kind, step, target: run.main.step, anew: false });
      if (!run.twinBehind) {
        await this.reporter.look(run);
        await this.reporter.snapshots(run);
      }
    }
    return 0;
  }

  async slice(run: TrainingRun): Promise<number> {
    const now = performance.now();
    const wait = this.pacer.wait(this.pace, now);
    if (wait > 1) return wait;
    const { step } = run.main;
    const untilLook = this.reporter.stepsUntilLook(step, this.pacer.msPerStep);
    const untilRest = this.restAt === null ? Infinity : Math.max(0, this.restAt - step);
    // Turning at given steps, not at ends of slices, keeps a run the same on a slow machine and a fast one.
    const untilTurn = run.configuration.keepDiagonal
      ? KEEP_DIAGONAL_STEPS - (step % KEEP_DIAGONAL_STEPS)
      : Infinity;
    const untilAdapt = stepsUntilAdaptation(run);
    const untilTasks = stepsUntilSwitch(run.configuration, step);
    const limit = Math.min(untilLook, untilRest, untilTurn, untilAdapt, untilTasks, this.budget ?? Infinity);
    const steps = this.pacer.steps(this.budget === null ? this.pace : 'fast', now, limit);
    if (run.required(steps) > run.source.train.ready) {
      if (this.host.status !== 'waiting')
        this.host.setStatus('waiting', 'Waiting for the next images to arrive');
      return 50;
    }
    if (this.host.status === 'waiting') this.host.setStatus('playing', null);
    await run.train(steps);
    this.busy += performance.now() - now;
    this.unread += steps;
    if (this.budget !== null) this.budget -= steps;
    const due = run.main.step;
    const ends = this.budget === 0 || (this.restAt !== null && due >= this.restAt);
    const looks = steps === untilLook;
    const [adapts, switches] = [steps === untilAdapt, steps === untilTasks];
    if (!(await this.read(run, ends || looks || adapts || switches))) return 0;
    if (adapts) await runAdaptationRound(run, this.post, this.reporter);
    if (switches) await this.host.keepSchedule(run);
    if (steps === untilTurn) await this.structure.keepDiagonal(run);
    if (looks) await this.reporter.look(run);
    if (looks && this.reporter.sweepDue) await this.reporter.lookAtSweep(run);
    if (this.reporter.snapshotDue) await this.reporter.snapshots(run);
    if (performance.now() - this.lastSaved > CHECKPOINT_MS) await this.save(run);
    if (this.budget === 0) await this.pause(run, 'paused', null);
    else if (ends) await this.pause(run, 'resting', 'Resting to spare your battery. Play to go on.');
    else this.reporter.statusDue(() => this.host.postStatus());
    return 0;
  }

  /** Reads metrics back about ten times a second (or now); false if the run broke down on the way. */
  async read(run: TrainingRun, now: boolean): Promise<boolean> {
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

  async pause(run: TrainingRun, status: 'paused' | 'resting', message: string | null): Promise<void> {
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

  async save(run: TrainingRun): Promise<void> {
    if (run.main.step === 0 || this.host.status === 'failed' || !(await this.read(run, true))) return;
    this.lastSaved = performance.now();
    const moment = await run.moment();
    this.sound = moment;
    const { first, given, log } = run;
    if (
      await saveCheckpoint({
        version: 2,
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

import type { Configuration } from '../../../configuration/schema';
import type { PostEvent } from '../../protocol';
import type { EngineHost } from '../hosts/engineHost';
import type { Engine } from '../../../training/engine';
import type { CompiledEngine } from '../../../training/webgpu/engine';
import type { SessionRun } from '../networks/sessionRun';
import type { StructuralOperations } from '../operations/structuralOperations';
import { postUndone } from '../report/postEvents';
import type { Reporter } from '../report/reporter';
import type { SessionState } from '../storage/undo';
import type { RunChanges } from './runChanges';
import type { Trainer, TrainerHost } from './trainer';

/** Moves a run as a whole: back to an earlier moment (undo), to another engine, or to a fresh one after the device was lost. */
export class RunMoves {
  constructor(
    private readonly post: PostEvent,
    private readonly engines: EngineHost,
    private readonly reporter: Reporter,
    private readonly structure: StructuralOperations,
    private readonly trainer: Trainer,
    private readonly changes: RunChanges,
    private readonly host: TrainerHost,
  ) {}

  /** Takes back the newest change; a path that is open is left where it began. */
  async goBack(run: SessionRun): Promise<void> {
    if (this.structure.open) {
      await this.changes.closePath(run, false);
      this.host.setStatus('paused', null);
      return;
    }
    await this.trainer.read(run, true);
    const entry = run.undo.pop();
    if (!entry) return;
    await this.changes.endSweep(run);
    const { twin } = run;
    const pins = run.restore(entry.moment);
    this.trainer.budget = null;
    postUndone(run, this.post, this.reporter, pins, twin);
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    // Undo is for looking: training on would at once leave the moment that was asked for.
    this.reporter.startFull(run);
    this.host.setStatus('paused', null);
  }

  /** Puts the run on another engine at the step where it is; the network it was on the old one is the network it is on the new one. */
  async switchEngine(run: SessionRun, choice: Configuration['engine']): Promise<void> {
    await this.changes.closePath(run, true);
    await this.trainer.read(run, true);
    await this.changes.endSweep(run);
    const before = await run.moment();
    const old = this.engines.current;
    const engine = await this.engines.open(choice);
    run.chooseEngine(choice);
    if (engine !== old) await this.moveTo(run, engine, before, old);
    this.trainer.rest();
    this.host.postStatus();
  }

  private async moveTo(run: SessionRun, engine: Engine, at: SessionState, old: Engine | null): Promise<void> {
    await this.engines.onWilling(engine, (willing) => run.move(willing, at));
    this.engines.leave(old);
    const label = `Engine: ${this.engines.current?.info.label ?? engine.info.label}`;
    this.post({ type: 'pin', pin: run.pin({ kind: 'engine', label, report: null }) });
  }

  /**
   * The graphics card has been proven while another engine trained: the run moves over where it is faster. Waits while a path is open or a
   * sweep runs, which a move would end; returns whether anything was done.
   */
  async adoptProven(run: SessionRun): Promise<boolean> {
    const { graphics } = this.engines;
    const { proven } = graphics;
    if (!proven || this.structure.open || run.sweep) return false;
    graphics.proven = null;
    if (!(await this.trainer.read(run, true))) {
      proven.dispose();
      return true;
    }
    const before = await run.moment();
    const old = this.engines.current;
    const faster = await this.engines.compare(proven);
    if (faster) {
      await this.moveTo(run, faster, before, old);
      const { label, adapter } = this.engines.current?.info ?? faster.info;
      this.post({
        type: 'problem',
        severity: 'notice',
        title: 'Training goes on on the graphics card',
        detail: `${label} has passed its self-check on ${adapter} and is faster here than ${old?.info.label ?? 'the engine before'}. The run goes on from step ${run.main.step} with its weights, moments and batches.`,
      });
    }
    this.trainer.rest();
    this.host.postStatus();
    return true;
  }

  /** Better tile sizes were found: the networks are compiled anew with them, and are what they were. As `adoptProven`, it may wait. */
  async retile(run: SessionRun): Promise<boolean> {
    const { tuning, current } = this.engines;
    const { better } = tuning;
    if (!better || !current || !('useTiles' in current) || this.structure.open || run.sweep) return false;
    tuning.better = null;
    if (!(await this.trainer.read(run, true))) return true;
    const moment = await run.moment();
    (current as CompiledEngine).useTiles(better);
    await this.engines.onWilling(current, (willing) => run.move(willing, moment));
    this.trainer.rest();
    return true;
  }

  /** The device is gone: a fresh engine goes on from the newest sound moment. */
  async recover(run: SessionRun | null, reason: string): Promise<void> {
    this.structure.forget();
    const before = this.engines.current;
    const engine = await this.engines.reopen();
    const moment = this.trainer.sound;
    if (!run || !moment) return;
    this.trainer.forget();
    this.trainer.sound = moment;
    run.forgetSweep();
    this.post({ type: 'sweep', state: null });
    const { twin } = run;
    const pins = await this.engines.onWilling(engine, (willing) => run.move(willing, moment));
    postUndone(run, this.post, this.reporter, pins, twin);
    const now = this.engines.current ?? engine;
    const same = now.info.id === before?.info.id;
    this.post({
      type: 'problem',
      severity: 'notice',
      title: same ? 'The GPU was lost and found again' : `The GPU was lost: ${now.info.label} goes on`,
      detail: `${reason} The run goes on from step ${run.main.step}${same ? '.' : ', with its weights, moments and batches.'}`,
    });
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
    this.host.setStatus('paused', null);
  }
}

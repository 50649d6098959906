import type { DataSource } from '../../../data/source';
import { type HotSetting, touchesBlocks } from '../../../configuration/hotSettings';
import { validateTasks } from '../../../run/tasks';
import type { PostEvent, SessionCommand } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import type { StructuralOperations } from '../operations/structuralOperations';
import type { Reporter } from '../report/reporter';
import { switchLabel } from '../timeline/pinLabels';
import type { Trainer, TrainerHost } from './trainer';

/**
 * Settings that change what an evaluation of the same weights says (E is measured in another way, or μ weighs another
 * path), so that the network is evaluated again at once.
 */
const REEVALUATED_SETTINGS: readonly HotSetting['name'][] = ['measure', 'energySite', 'mu'];

/** What a visitor changes about a run in progress: hot settings, tasks, sweep and twin. */
export class RunChanges {
  constructor(
    private readonly post: PostEvent,
    private readonly reporter: Reporter,
    private readonly structure: StructuralOperations,
    private readonly trainer: Trainer,
    private readonly host: TrainerHost,
  ) {}

  /** Changes a hot setting, as one undo step with those of the same slider just before. Throws a sentence for people where it cannot be. */
  async control(run: SessionRun, asked: HotSetting): Promise<void> {
    const control = checked(asked, run.source);
    const isO = control.name === 'o';
    await this.closePath(run, true);
    if (touchesBlocks(control)) {
      if (!(await this.trainer.read(run, true))) return;
      await this.endSweep(run);
    }
    if (isO && (await run.main.model.exportNetwork()).spec.hidden.at(control.layer)?.o === 'off')
      throw new Error(`o of layer ${control.layer + 1} is off: choose fixed or trained in Set-up.`);
    // A slider's values are one change; every switch of blocks is one of its own, as its pin is.
    const key = touchesBlocks(control)
      ? `blocks:${performance.now()}`
      : `control:${control.name}${isO ? control.layer : ''}`;
    await this.undoably(run, key, async () => {
      const o = isO ? (await run.main.model.exportNetwork()).parameters.o[control.layer] : 0;
      const pin = await run.change(control, o);
      if (pin) this.post({ type: 'pin', pin });
    });
    if (touchesBlocks(control)) this.reporter.widths(run);
    if (isO || REEVALUATED_SETTINGS.includes(control.name) || touchesBlocks(control)) {
      await this.reporter.look(run);
      await this.reporter.snapshots(run);
      if (this.host.status !== 'playing') this.reporter.startFull(run);
    }
    this.host.postStatus();
  }

  /** Makes a switch of tasks that the schedule asks for; part of the run, so nothing for undo to take back. */
  async switchTasks(run: SessionRun, wanted: readonly number[]): Promise<void> {
    if (switchLabel(run.configuration, wanted) === null) return;
    await this.endSweep(run);
    const tasks = validateTasks(wanted, run.source);
    const pin = await run.change({ name: 'tasks', value: tasks }, 0);
    if (pin) this.post({ type: 'pin', pin });
    this.post({ type: 'tasks', tasks });
    this.reporter.widths(run);
  }

  /** Starts a sweep from the network as it is, or ends it. */
  async sweep(run: SessionRun, sweep: Extract<SessionCommand, { type: 'sweep' }>['sweep']): Promise<void> {
    await this.closePath(run, true);
    await this.trainer.read(run, true);
    this.post({ type: 'sweep', state: null });
    await run.setSweep(sweep);
    await this.reporter.lookAtSweep(run);
  }

  /** A sweep belongs to the moment it was started from: going elsewhere ends it. */
  async endSweep(run: SessionRun): Promise<void> {
    if (!run.sweep) return;
    await run.setSweep(null);
    this.post({ type: 'sweep', state: null });
  }

  /** Starts a twin, or ends it, and tells the page where it stands. */
  async twin(run: SessionRun, kind: Extract<SessionCommand, { type: 'twin' }>['kind']): Promise<void> {
    await this.closePath(run, true);
    await this.trainer.read(run, true);
    await run.changeTwin(kind);
    const { twin } = run;
    this.post({ type: 'twin', kind, step: twin?.run.step ?? 0, target: run.main.step, anew: true });
    this.reporter.widths(run);
    if (twin) await this.reporter.look(run);
    if (twin && !run.twinBehind) await this.reporter.snapshots(run);
  }

  /** Does something that undo takes back; if it fails, there is nothing to take back. */
  async undoably(run: SessionRun, key: string, act: () => Promise<void>): Promise<void> {
    const pushed = await this.trainer.remember(run, key);
    try {
      await act();
    } catch (error) {
      if (pushed) run.undo.pop();
      throw error;
    }
  }

  /** Ends a path of bases, if one is open: where it stands (keep) or where it began. */
  async closePath(run: SessionRun, keep: boolean): Promise<void> {
    if (!this.structure.open) return;
    const moved = await this.structure.closePath(run, keep);
    if (!moved) run.undo.pop();
    if (this.host.status === 'path') this.host.setStatus('paused', null);
  }
}

/** A hot change as it may be carried out; throws a sentence for people. */
function checked(control: HotSetting, source: DataSource): HotSetting {
  return control.name === 'tasks' ? { ...control, value: validateTasks(control.value, source) } : control;
}

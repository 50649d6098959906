import { layerWidths } from '../../network/network';
import { METRIC_COLUMNS } from '../../training/engine';
import type { SessionEvent } from '../protocol';
import { snapshotOf } from '../snapshot';
import {
  answerShare,
  observeWatched,
  evaluationPoint,
  type EvaluationTask,
  scoreObservation,
} from './evaluation';
import type { TrainingRun } from './run';
import type { Runner } from './runner';
import type { PostEvent } from './session';

const SNAPSHOT_MS = 160;
const STATUS_MS = 200;
/** Share of the time that may go into looking at test images while training. */
const LOOK_SHARE = 0.15;
/** The page has no use for more looks than this apart, in milliseconds. */
const LOOK_MS = 125;
const FULL_CHUNK = 1000;

/** Posts what the page draws: metrics, evaluations, snapshots, status. Reads back as little and as seldom as will do. */
export class Reporter {
  private lastSnapshot = 0;
  private lastStatus = 0;
  private lookMs = 20;
  private sweepMs = 0;
  private nextSweep = 0;
  /** The evaluation of the whole test split under way: a chunk at a time, between other work. */
  private full: { runners: Runner[]; step: number; from: number; n: number; correct: number } | null = null;

  constructor(private readonly post: PostEvent) {}

  clear(): void {
    this.full = null;
    this.lastSnapshot = 0;
  }

  status(status: Omit<Extract<SessionEvent, { type: 'status' }>, 'type'>): void {
    this.lastStatus = performance.now();
    this.post({ type: 'status', ...status });
  }

  statusDue(send: () => void): void {
    if (performance.now() - this.lastStatus >= STATUS_MS) send();
  }

  get snapshotDue(): boolean {
    return performance.now() - this.lastSnapshot >= SNAPSHOT_MS;
  }

  /** Reads and posts the metrics of all runners; false if the main network's loss is no longer finite. */
  async metrics(run: TrainingRun): Promise<boolean> {
    let finite = true;
    for (const runner of runners(run)) {
      const { rows, columns, values } = await runner.model.metrics();
      if (rows === 0) continue;
      if (runner === run.main) finite = lossesFinite(values, rows, columns);
      const firstStep = runner.step - rows + 1;
      this.post({ type: 'metrics', block: { runner: runner.id, firstStep, rows, columns, values } }, [
        values.buffer,
      ]);
    }
    return finite;
  }

  /** Steps until the next look at the test images: every 10 at least, seldomer where looking is dear. */
  stepsUntilLook(step: number, msPerStep: number | null): number {
    const affordable = Math.max(this.lookMs / LOOK_SHARE, LOOK_MS) / Math.max(0.05, msPerStep ?? 30);
    const every = 10 * Math.max(1, Math.ceil(affordable / 10));
    return every - (step % every);
  }

  /** Looks at the watched test images with every runner in step. */
  async look(run: TrainingRun): Promise<void> {
    this.forgetFull();
    const started = performance.now();
    for (const runner of runners(run)) {
      if (runner.step !== run.main.step) continue;
      const seen = await observeWatched(runner.model, run.source, run.configuration);
      this.post({
        type: 'evaluation',
        point: evaluationPoint(runner, run.source, seen, questions(run, runner)),
      });
    }
    this.lookMs = 0.5 * this.lookMs + 0.5 * (performance.now() - started);
  }

  /** Looks at the copies of a sweep, if there is one; dearer than one network, so seldomer while training. */
  async lookAtSweep(run: TrainingRun): Promise<void> {
    if (!run.sweep) return;
    const started = performance.now();
    const state = await run.sweep.look(run.main.step, run.configuration);
    this.post({ type: 'sweep', state });
    this.sweepMs = performance.now() - started;
    this.nextSweep = performance.now() + Math.max(400, this.sweepMs / LOOK_SHARE);
  }

  get sweepDue(): boolean {
    return performance.now() >= this.nextSweep;
  }

  /** Posts the widths of main network and twin: to be called whenever they may have changed. */
  async widths(run: TrainingRun): Promise<void> {
    for (const runner of run.twin ? [run.main, run.twin.runner] : [run.main]) {
      const { spec } = await runner.model.exportNetwork();
      const point = { step: runner.step, widths: layerWidths(spec) };
      this.post({ type: 'widths', runner: runner.id, point });
    }
  }

  async snapshots(run: TrainingRun): Promise<void> {
    this.lastSnapshot = performance.now();
    await this.snapshot(run.main);
    if (run.twin && run.twin.runner.step === run.main.step) await this.snapshot(run.twin.runner);
  }

  async snapshot(runner: Runner): Promise<void> {
    const snapshot = snapshotOf(await runner.model.exportNetwork(), runner.id, runner.step);
    const arrays = [...snapshot.weights, ...snapshot.biases, ...snapshot.psi, snapshot.o];
    this.post(
      { type: 'snapshot', snapshot },
      arrays.map((a) => a.buffer as ArrayBuffer),
    );
  }

  /** Begins to evaluate the whole test split; goes on slice by slice while nothing else is to do. */
  startFull(run: TrainingRun): void {
    this.full = { runners: [run.main, run.baseline], step: run.main.step, from: 0, n: 0, correct: 0 };
  }

  /** The network is another one now: what was counted so far is of no use. */
  forgetFull(): void {
    this.full = null;
  }

  /** One chunk of the full evaluation; false when there is nothing (more) to do. */
  async fullSlice(run: TrainingRun): Promise<boolean> {
    const { full } = this;
    const { test } = run.source;
    if (!full || full.runners.length === 0 || test.ready < test.total) return false;
    if (full.step !== run.main.step) {
      this.full = null;
      return false;
    }
    const runner = full.runners[0];
    const n = Math.min(FULL_CHUNK, test.total - full.from);
    const { measure, energySite } = run.configuration;
    const seen = await runner.model.observe('test', full.from, n, measure, energySite);
    const scored = scoreObservation(seen, run.source, full.from, questions(run, runner));
    full.correct += scored.correct;
    full.n += scored.n;
    full.from += n;
    if (full.from === test.total) {
      const accuracy = answerShare(full);
      this.post({ type: 'full-evaluation', runner: runner.id, step: full.step, n: full.n, accuracy });
      full.runners.shift();
      full.from = 0;
      full.n = full.correct = 0;
    }
    return full.runners.length > 0;
  }
}

/** What a runner is asked about the test images. */
function questions(run: TrainingRun, { blocks }: Runner): EvaluationTask {
  return { blocks, tasks: run.configuration.tasks };
}

function runners(run: TrainingRun): Runner[] {
  return run.twin ? [run.main, run.baseline, run.twin.runner] : [run.main, run.baseline];
}

function lossesFinite(values: Float32Array, rows: number, columns: number): boolean {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < METRIC_COLUMNS.length; c++)
      if (!Number.isFinite(values[r * columns + c])) return false;
  }
  return true;
}

import { layerWidths } from '../../../network/network';
import { firstBrokenRow } from '../../../run/breakdown';
import { type EvaluationTask, TestEvaluation } from '../../../run/evaluation';
import type { PostEvent, SessionEvent } from '../../protocol';
import { snapshotOf } from '../../snapshot';
import type { ReportedNetwork, SessionRun } from '../networks/sessionRun';
import { evaluationPoint, observeWatched } from './evaluationPoint';

const SNAPSHOT_MS = 160;
const STATUS_MS = 200;
/** Share of the time that may go into looking at test images while training. */
const LOOK_SHARE = 0.15;
/** The page has no use for more looks than this apart, in milliseconds. */
const LOOK_MS = 125;

/** An evaluation of the whole test split under way: the networks still to be evaluated, and how far the first of them is. */
interface FullEvaluation {
  waiting: ReportedNetwork[];
  step: number;
  evaluation: TestEvaluation | null;
}

/** Posts what the page draws: metrics, evaluations, snapshots, status. Reads back as little and as seldom as will do. */
export class Reporter {
  private lastSnapshot = 0;
  private lastStatus = 0;
  private lookMs = 20;
  private sweepMs = 0;
  private nextSweep = 0;
  /** The evaluation of the whole test split under way: a chunk at a time, between other work. */
  private full: FullEvaluation | null = null;

  constructor(private readonly post: PostEvent) {}

  /** Another run begins. */
  clear(): void {
    this.full = null;
    this.lastSnapshot = 0;
  }

  /** Posts a status now. */
  status(status: Omit<Extract<SessionEvent, { type: 'status' }>, 'type'>): void {
    this.lastStatus = performance.now();
    this.post({ type: 'status', ...status });
  }

  /** Sends a status if the last one was a fifth of a second ago or more. */
  statusDue(send: () => void): void {
    if (performance.now() - this.lastStatus >= STATUS_MS) send();
  }

  /** Whether the page should see fresh weights. */
  get snapshotDue(): boolean {
    return performance.now() - this.lastSnapshot >= SNAPSHOT_MS;
  }

  /** Reads and posts the metrics of all networks; false if those of the main network show that training has broken down. */
  async metrics(run: SessionRun): Promise<boolean> {
    let sound = true;
    for (const { id, network, step } of run.networks) {
      const { rows, columns, values } = await network.model.metrics();
      if (rows === 0) continue;
      if (id === 'main') sound = firstBrokenRow({ columns, values }) === null;
      const firstStep = step - rows + 1;
      this.post({ type: 'metrics', block: { runner: id, firstStep, rows, columns, values } }, [
        values.buffer,
      ]);
    }
    return sound;
  }

  /** Steps until the next look at the test images: every 10 at least, seldomer where looking is dear. */
  stepsUntilLook(step: number, msPerStep: number | null): number {
    const affordable = Math.max(this.lookMs / LOOK_SHARE, LOOK_MS) / Math.max(0.05, msPerStep ?? 30);
    const every = 10 * Math.max(1, Math.ceil(affordable / 10));
    return every - (step % every);
  }

  /** Looks at the watched test images with every runner in step. */
  async look(run: SessionRun): Promise<void> {
    this.forgetFull();
    const started = performance.now();
    for (const shown of run.networks) {
      if (shown.step !== run.main.step) continue;
      const seen = await observeWatched(shown.network.model, run.source, run.configuration);
      this.post({
        type: 'evaluation',
        point: evaluationPoint(shown, run.source, seen, evaluationTask(run, shown)),
      });
    }
    this.lookMs = 0.5 * this.lookMs + 0.5 * (performance.now() - started);
  }

  /** Looks at the copies of a sweep, if there is one; dearer than one network, so seldomer while training. */
  async lookAtSweep(run: SessionRun): Promise<void> {
    if (!run.sweep) return;
    const started = performance.now();
    const state = await run.sweep.look(run.main.step, run.configuration);
    this.post({ type: 'sweep', state });
    this.sweepMs = performance.now() - started;
    this.nextSweep = performance.now() + Math.max(400, this.sweepMs / LOOK_SHARE);
  }

  /** Whether the copies of a sweep should be evaluated again. */
  get sweepDue(): boolean {
    return performance.now() >= this.nextSweep;
  }

  /** Posts the widths of main network and twin: to be called whenever they may have changed. */
  widths(run: SessionRun): void {
    for (const { id, network, step } of run.networks) {
      if (id === 'baseline') continue;
      this.post({ type: 'widths', runner: id, point: { step, widths: layerWidths(network.spec) } });
    }
  }

  /** Posts the weights of the main network and, where it is in step, of the twin. */
  async snapshots(run: SessionRun): Promise<void> {
    this.lastSnapshot = performance.now();
    for (const shown of run.networks)
      if (shown.id !== 'baseline' && shown.step === run.main.step) await this.snapshot(shown);
  }

  private async snapshot({ id, network, step }: ReportedNetwork): Promise<void> {
    const snapshot = snapshotOf(await network.model.exportNetwork(), id, step);
    const arrays = [...snapshot.weights, ...snapshot.biases, ...snapshot.psi, snapshot.o];
    this.post(
      { type: 'snapshot', snapshot },
      arrays.map((a) => a.buffer as ArrayBuffer),
    );
  }

  /** Begins to evaluate the whole test split; goes on slice by slice while nothing else is to do. */
  startFull(run: SessionRun): void {
    const waiting = run.networks.filter(({ id }) => id !== 'twin');
    this.full = { waiting, step: run.main.step, evaluation: null };
  }

  /** The network is another one now: what was counted so far is of no use. */
  forgetFull(): void {
    this.full = null;
  }

  /** Looks at the next images of the full evaluation; false when there is nothing (more) to do. */
  async fullSlice(run: SessionRun): Promise<boolean> {
    const { full } = this;
    const { test } = run.source;
    const shown = full?.waiting.at(0);
    if (!full || !shown || test.ready < test.total) return false;
    if (full.step !== run.main.step) {
      this.full = null;
      return false;
    }
    const { measure, energySite } = run.configuration;
    full.evaluation ??= new TestEvaluation(run.source, evaluationTask(run, shown), (from, count) =>
      shown.network.model.observe('test', from, count, measure, energySite),
    );
    const { evaluation } = full;
    await evaluation.advance();
    if (evaluation.done) {
      const { n, accuracy } = evaluation.result(measure);
      this.post({ type: 'full-evaluation', runner: shown.id, step: full.step, n, accuracy });
      full.waiting.shift();
      full.evaluation = null;
    }
    return full.waiting.length > 0;
  }
}

/** What a network is asked about the test images. */
function evaluationTask(
  { configuration: { tasks } }: SessionRun,
  { network }: ReportedNetwork,
): EvaluationTask {
  return { blocks: network.blocks, tasks };
}

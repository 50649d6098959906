import { isIsotropic, type Network, type TrainingState } from '../../../network/network';
import { testProbe } from '../../../run/probes';
import type { Run } from '../../../run/run';
import { invarianceReport } from '../../../topology/invariance';
import { missingCorrections } from '../../../topology/operations/operations';
import type { Operation, OperationResult } from '../../../topology/types';
import type { Pin, PostEvent } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import type { Reporter } from '../report/reporter';
import { type BasisTurn, OpenPath } from './openPath';
import { operationLabel } from './operationLabel';

/** One operation, or several of one gesture taken as one, with the network before it. */
interface ReportedOperation {
  operation: Operation;
  before: Network;
  result: Pick<OperationResult, 'promise' | 'sigmaRemoved' | 'corrections'>;
}

const PROMISES = ['exact', 'first-order', 'none'] as const;
/** What two operations in a row promise together. */
function weaker(a: OperationResult['promise'], b: OperationResult['promise']): OperationResult['promise'] {
  return PROMISES[Math.max(PROMISES.indexOf(a), PROMISES.indexOf(b))];
}

/** The structural operations a visitor asks for, with questions first and reports afterwards; the run carries them out. */
export class StructuralOperations {
  private path: OpenPath | null = null;
  /** Layers whose inexact removal the visitor has agreed to. */
  private readonly agreed = new Set<number>();
  private gesture: (ReportedOperation & { id: number; pin: Pin }) | null = null;

  constructor(
    private readonly post: PostEvent,
    private readonly reporter: Reporter,
  ) {}

  /** Whether a path of bases is open. */
  get open(): boolean {
    return this.path !== null;
  }

  /** A new run begins. */
  forget(): void {
    this.path = null;
    this.gesture = null;
    this.agreed.clear();
  }

  /** Asks the visitor first where a removal lacks o or ψ; true if the question was posed. */
  ask(run: SessionRun, operation: Operation, confirmed: boolean): boolean {
    if (operation.kind !== 'remove') return false;
    const { spec } = run.main;
    if (operation.layer >= spec.hidden.length) return false;
    const missing = missingCorrections(spec, operation.layer);
    if (missing.length === 0 || (operation.where === 'approximate' && this.agreed.has(operation.layer)))
      return false;
    if (confirmed) {
      if (operation.where === 'approximate') this.agreed.add(operation.layer);
      return false;
    }
    this.post({ type: 'removal-question', operation, missing, options: ['exact', 'approximate'] });
    return true;
  }

  /** Carries out an operation and reports it; nothing is told that the engine had no memory for. */
  async operate(run: SessionRun, asked: Operation, gesture: number): Promise<void> {
    const { operation, before, result } = await run.main.operate(asked);
    // An elementwise twin is put through the same turn of basis as the main network.
    if (operation.kind !== 'remove' && operation.kind !== 'grow') await controlOf(run)?.operate(operation);
    await this.announce(run, operation, before, result, gesture);
  }

  private async announce(
    run: SessionRun,
    operation: Operation,
    before: TrainingState,
    result: OperationResult,
    gesture: number | null,
  ): Promise<void> {
    const whole = this.wholeGesture(run, { operation, before: before.network, result }, gesture);
    const after = result.state.network;
    const probe = testProbe(run.source, after.spec.blocks);
    const report = invarianceReport(whole.before, after, probe, whole.operation, whole.result);
    const label = operationLabel(whole.operation);
    const pin = whole.pin
      ? run.pins.relabel(whole.pin, label, report)
      : run.pin({ kind: 'operation', label, report });
    this.gesture = gesture === null ? null : { ...whole, id: gesture, pin };
    this.post({ type: 'pin', pin });
    this.post({ type: 'operated', report, step: run.main.step });
    this.reporter.widths(run);
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
  }

  /** What one gesture has done so far: a held button counts up on its first pin, and is reported as one operation. */
  private wholeGesture(
    run: SessionRun,
    now: ReportedOperation,
    gesture: number | null,
  ): ReportedOperation & { pin: Pin | null } {
    const open = this.gesture;
    const { operation, result } = now;
    if (!open || open.id !== gesture || run.pins.all.at(-1)?.id !== open.pin.id) return { ...now, pin: null };
    if (operation.kind !== 'remove' && operation.kind !== 'grow') return { ...now, pin: null };
    if (open.operation.kind !== operation.kind || open.operation.layer !== operation.layer)
      return { ...now, pin: null };
    return {
      operation: { ...operation, count: open.operation.count + operation.count },
      before: open.before,
      result: {
        promise: weaker(open.result.promise, result.promise),
        sigmaRemoved: [...open.result.sigmaRemoved, ...result.sigmaRemoved],
        corrections: result.corrections,
      },
      pin: open.pin,
    };
  }

  /** Opens a path for the main network and, as the control, an elementwise twin. */
  async openPath(run: SessionRun, operation: BasisTurn): Promise<void> {
    const control = controlOf(run);
    this.path = await OpenPath.open(run, operation, control ? [run.main, control] : [run.main]);
    await this.pathAt(run, 0);
  }

  /** Puts the networks at R(t) and says what that did to their function. */
  async pathAt(run: SessionRun, t: number): Promise<void> {
    const { path } = this;
    if (!path) return;
    this.post({ type: 'frame', frame: await path.at(t) });
    await this.reporter.snapshots(run);
  }

  /** Ends the path where it stands (keep) or where it began; true if the network moved. */
  async closePath(run: SessionRun, keep: boolean): Promise<boolean> {
    const { path } = this;
    if (!path) return false;
    this.path = null;
    const moved = keep && path.moved;
    const { before, after } = path.close(moved);
    this.post({ type: 'path-closed' });
    if (moved) {
      const exact = isIsotropic(after.network.spec, path.operation.layer);
      const promise = exact ? 'exact' : 'none';
      const result: OperationResult = { state: after, sigmaRemoved: [], corrections: [], promise };
      await this.announce(run, path.operation, before, result, null);
    } else {
      await this.reporter.look(run);
      await this.reporter.snapshots(run);
    }
    return moved;
  }
}

/** The twin that serves as control for turns of basis: elementwise, and in step. */
function controlOf({ twin, twinBehind }: SessionRun): Run | null {
  return twin?.kind === 'tanh' && !twinBehind ? twin.run : null;
}

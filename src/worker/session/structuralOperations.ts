import type { CriterionId } from '../../topology/ids';
import { isIsotropicActivation } from '../../activations/lookup';
import { identityMatrix, multiplyMatrices, transposeMatrix } from '../../network/linearAlgebra';
import { outputsOf } from '../../data/tasks';
import type { Matrix, Network, TrainingState } from '../../network/network';
import { invarianceReport, logitDeviation } from '../../topology/invariance';
import {
  applyBasis,
  missingCorrections,
  applyOperation,
  pathsInTheWay,
} from '../../topology/operations/operations';
import { type BasisPath, basisPath } from '../../topology/operations/paths';
import type { Operation, OperationResult } from '../../topology/types';
import type { Observation } from '../../training/engine';
import type { Pin } from '../protocol';
import { answerShare, observeWatched, sessionProbe, scoreObservation } from './evaluation';
import { completeOperation, operationOptions } from './operationOptions';
import type { Reporter } from './reporter';
import type { TrainingRun } from './run';
import type { Runner } from './runner';
import type { PostEvent } from './session';

type Turn = Extract<Operation, { kind: 'left' | 'full' | 'rotate' }>;

/** A network somewhere on a path: always computed from where the path began, so that nothing accumulates. */
interface Traveller {
  runner: Runner;
  base: TrainingState;
  path: BasisPath;
  seen: Observation;
}

interface OpenPath {
  operation: Turn;
  travellers: Traveller[];
  t: number;
}

/** One operation, or several of one gesture taken as one. */
interface Part {
  operation: Operation;
  before: Network;
  result: Pick<OperationResult, 'promise' | 'sigmaRemoved' | 'corrections'>;
}

const PROMISES = ['exact', 'first-order', 'none'] as const;
/** What two operations in a row promise together. */
function weaker(a: OperationResult['promise'], b: OperationResult['promise']): OperationResult['promise'] {
  return PROMISES[Math.max(PROMISES.indexOf(a), PROMISES.indexOf(b))];
}

/** How a label says what chose the units removed; σ, the paper's, goes without saying. */
const CHOSEN_BY: Record<CriterionId, string> = {
  sigma: '',
  'sigma-outgoing': ' by σ·‖column‖',
  gradient: ' by gradient',
  energy: ' by energy',
  random: ' at random',
};

/** What an operation is called on its pin. */
export function operationLabel(operation: Operation): string {
  const layer = `layer ${operation.layer + 1}`;
  switch (operation.kind) {
    case 'left':
      return `Diagonalised ${layer}`;
    case 'full':
      return `Fully diagonalised ${layer}`;
    case 'rotate':
      return `Rotated ${layer} to a random basis`;
    case 'remove':
      return `−${operation.count} of ${layer}${CHOSEN_BY[operation.criterion ?? 'sigma']}`;
    case 'grow':
      return `+${operation.count} in ${layer}`;
    case 'sparsify':
      return 'Sparsified';
    case 'zero-biases':
      return 'Biases removed';
  }
}

/** max |RᵀR − I|: how far a computed basis is from orthogonal. */
function orthogonality(r: Matrix): number {
  const gram = multiplyMatrices(transposeMatrix(r), r).data;
  const unit = identityMatrix(r.rows).data;
  return gram.reduce((worst, value, i) => Math.max(worst, Math.abs(value - unit[i])), 0);
}

/** Structural operations on a running session: pure functions of topology/, applied between training steps. */
export class StructuralOperations {
  private path: OpenPath | null = null;
  /** Layers whose inexact removal the visitor has agreed to. */
  private readonly agreed = new Set<number>();
  private gesture: (Part & { id: number; pin: Pin }) | null = null;

  constructor(
    private readonly post: PostEvent,
    private readonly reporter: Reporter,
  ) {}

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
  async ask(run: TrainingRun, operation: Operation, confirmed: boolean): Promise<boolean> {
    if (operation.kind !== 'remove') return false;
    const { spec } = await run.main.model.exportNetwork();
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

  async operate(run: TrainingRun, asked: Operation, gesture: number): Promise<void> {
    const operation = completeOperation(asked, run);
    const before = await run.main.model.exportState();
    const result = applyOperation(before, operation, operationOptions(run));
    run.main.model.importState(result.state);
    // Nothing is announced that the engine had no memory for.
    await run.main.model.ready?.();
    if (operation.kind === 'remove' || operation.kind === 'grow')
      run.lastChange.set(operation.layer, run.main.step);
    await this.throughTwin(run, operation);
    await this.announce(run, operation, before, result, gesture);
  }

  /** An elementwise twin is put through the same turn of basis as the main network. */
  private async throughTwin(run: TrainingRun, operation: Operation): Promise<void> {
    const runner = tanhTwinRunner(run);
    if (!runner || operation.kind === 'remove' || operation.kind === 'grow') return;
    runner.model.importState(
      applyOperation(await runner.model.exportState(), operation, operationOptions(run)).state,
    );
  }

  private async announce(
    run: TrainingRun,
    operation: Operation,
    before: TrainingState,
    result: OperationResult,
    gesture: number | null,
  ): Promise<void> {
    const whole = this.wholeGesture(run, { operation, before: before.network, result }, gesture);
    const after = result.state.network;
    const report = invarianceReport(
      whole.before,
      after,
      sessionProbe(run.source, after.spec.blocks),
      whole.operation,
      whole.result,
    );
    const label = operationLabel(whole.operation);
    const pin = whole.pin
      ? run.pins.relabel(whole.pin, label, report)
      : run.pin({ kind: 'operation', label, report });
    this.gesture = gesture === null ? null : { ...whole, id: gesture, pin };
    this.post({ type: 'pin', pin });
    this.post({ type: 'operated', report, step: run.main.step });
    await this.reporter.widths(run);
    await this.reporter.look(run);
    await this.reporter.snapshots(run);
  }

  /** What one gesture has done so far: a held button counts up on its first pin, and is reported as one operation. */
  private wholeGesture(run: TrainingRun, now: Part, gesture: number | null): Part & { pin: Pin | null } {
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
  async openPath(run: TrainingRun, operation: Turn): Promise<void> {
    const travellers: Traveller[] = [];
    const twin = tanhTwinRunner(run);
    for (const runner of twin ? [run.main, twin] : [run.main]) {
      const base = await runner.model.exportState();
      const path = basisPath(base.network, operation);
      travellers.push({
        runner,
        base,
        path,
        seen: await observeWatched(runner.model, run.source, run.configuration),
      });
    }
    this.path = { operation, travellers, t: 0 };
    await this.pathAt(run, 0);
  }

  /** Puts the networks at R(t) and says what that did to their function. */
  async pathAt(run: TrainingRun, t: number): Promise<void> {
    const { path } = this;
    if (!path) return;
    path.t = Math.min(1, Math.max(0, t));
    const results: { residual: number; accuracy: number }[] = [];
    let worst = 0;
    let n = 0;
    for (const { runner, base, path: bases, seen } of path.travellers) {
      const { r, q } = bases.at(path.t);
      if (runner === run.main) worst = Math.max(orthogonality(r), q ? orthogonality(q) : 0);
      runner.model.importState(applyBasis(base, bases.layer, r, q, operationOptions(run)));
      const now = await observeWatched(runner.model, run.source, run.configuration);
      const { blocks } = runner;
      const labels = outputsOf(run.source, blocks, run.source.test.labels.subarray(0, seen.n));
      const { maxAbsLogit } = logitDeviation(
        seen.logits,
        now.logits.subarray(0, seen.logits.length),
        labels,
        base.network.spec.outputs,
      );
      const scored = scoreObservation(now, run.source, 0, { blocks, tasks: run.configuration.tasks });
      results.push({ residual: maxAbsLogit, accuracy: answerShare(scored) });
      n = scored.n;
    }
    const [main, twin = null] = results;
    this.post({
      type: 'frame',
      frame: {
        t: path.t,
        kind: path.operation.kind,
        layer: path.operation.layer,
        ...main,
        n,
        orthogonality: worst,
        twin,
      },
    });
    await this.reporter.snapshots(run);
  }

  /** Ends the path where it stands (keep) or where it began; true if the network moved. */
  async closePath(run: TrainingRun, keep: boolean): Promise<boolean> {
    const { path } = this;
    if (!path) return false;
    this.path = null;
    const moved = keep && path.t > 0;
    const [main] = path.travellers;
    for (const { runner, base, path: bases } of path.travellers) {
      const { r, q } = bases.at(path.t);
      runner.model.importState(moved ? applyBasis(base, bases.layer, r, q, operationOptions(run)) : base);
    }
    this.post({ type: 'path-closed' });
    if (moved) {
      const state = await run.main.model.exportState();
      const promise = isIsotropicActivation(state.network.spec.activation) ? 'exact' : 'none';
      const { r, q } = main.path.at(path.t);
      const exact = applyBasis(main.base, path.operation.layer, r, q, operationOptions(run));
      const result: OperationResult = { state: exact, sigmaRemoved: [], corrections: [], promise };
      await this.announce(run, path.operation, main.base, result, null);
    } else {
      await this.reporter.look(run);
      await this.reporter.snapshots(run);
    }
    return moved;
  }

  /** Turns every hidden layer of an isotropic network to its diagonal basis, input to output: no pin, no report. */
  async keepDiagonal(run: TrainingRun): Promise<void> {
    let state = await run.main.model.exportState();
    const options = operationOptions(run);
    if (!isIsotropicActivation(state.network.spec.activation)) return;
    for (let layer = 0; layer < state.network.spec.hidden.length; layer++) {
      if (!pathsInTheWay(state.network.spec, layer))
        ({ state } = applyOperation(state, { kind: 'left', layer }, options));
    }
    run.main.model.importState(state);
  }
}

/** The twin that serves as control for turns of basis: elementwise, and in step. */
function tanhTwinRunner(run: TrainingRun): Runner | null {
  return run.twin?.kind === 'tanh' && !run.twinBehind ? run.twin.runner : null;
}

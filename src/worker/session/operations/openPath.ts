import { outputsOf } from '../../../data/tasks';
import { identityMatrix, multiplyMatrices, transposeMatrix } from '../../../network/linearAlgebra';
import type { Matrix, TrainingState } from '../../../network/network';
import { answerShare, scoreObservation } from '../../../run/evaluation';
import type { Run } from '../../../run/run';
import { logitDeviation } from '../../../topology/invariance';
import { applyBasis } from '../../../topology/operations/operations';
import { type BasisPath, basisPath } from '../../../topology/operations/paths';
import type { Operation } from '../../../topology/types';
import type { Observation } from '../../../training/engine';
import type { PathFrame } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import { observeWatched } from '../report/evaluationPoint';

/** An operation that only changes the basis, so that there is a path of true networks to it. */
export type BasisTurn = Extract<Operation, { kind: 'left' | 'full' | 'rotate' }>;

/** A network on a path of bases, with where it set out and what it answered there. */
interface Traveller {
  run: Run;
  /** Every frame is computed from here, so that nothing accumulates. */
  base: TrainingState;
  bases: BasisPath;
  seen: Observation;
}

/** max |RᵀR − I|: how far a computed basis is from orthogonal. */
function orthogonality(r: Matrix): number {
  const gram = multiplyMatrices(transposeMatrix(r), r).data;
  const unit = identityMatrix(r.rows).data;
  return gram.reduce((worst, value, i) => Math.max(worst, Math.abs(value - unit[i])), 0);
}

/** A path of bases that the visitor walks with the main network and, as the control, an elementwise twin. */
export class OpenPath {
  private t = 0;

  private constructor(
    private readonly session: SessionRun,
    readonly operation: BasisTurn,
    private readonly travellers: readonly Traveller[],
  ) {}

  /** Opens a path that begins at the networks as they stand, the main network first. */
  static async open(session: SessionRun, operation: BasisTurn, runs: readonly Run[]): Promise<OpenPath> {
    const travellers: Traveller[] = [];
    for (const run of runs) {
      const base = await run.model.exportState();
      const bases = basisPath(base.network, operation);
      const seen = await observeWatched(run.model, session.source, session.configuration);
      travellers.push({ run, base, bases, seen });
    }
    return new OpenPath(session, operation, travellers);
  }

  /** Whether the networks have left where the path began. */
  get moved(): boolean {
    return this.t > 0;
  }

  /** Puts the networks at R(t), t in [0, 1], and returns what that did to their function on the watched test images. */
  async at(t: number): Promise<PathFrame> {
    const { operation, session, travellers } = this;
    const { source, configuration } = session;
    this.t = Math.min(1, Math.max(0, t));
    const results: { residual: number; accuracy: number }[] = [];
    let worst = 0;
    let n = 0;
    for (const traveller of travellers) {
      const { run, base, bases, seen } = traveller;
      const { r, q } = bases.at(this.t);
      if (run === session.main) worst = Math.max(orthogonality(r), q ? orthogonality(q) : 0);
      run.reshape(this.stateOf(traveller));
      const now = await observeWatched(run.model, source, configuration);
      const labels = outputsOf(source, run.blocks, source.test.labels.subarray(0, seen.n));
      const logits = now.logits.subarray(0, seen.logits.length);
      const { maxAbsLogit } = logitDeviation(seen.logits, logits, labels, base.network.spec.outputs);
      const scored = scoreObservation(now, source, 0, { blocks: run.blocks, tasks: configuration.tasks });
      results.push({ residual: maxAbsLogit, accuracy: answerShare(scored) });
      n = scored.n;
    }
    const [main, twin = null] = results;
    const { kind, layer } = operation;
    return { t: this.t, kind, layer, ...main, n, orthogonality: worst, twin };
  }

  /**
   * Leaves the networks where they stand (keep) or puts them back where the path began; returns the main network at the beginning and
   * as it now is, in float64.
   */
  close(keep: boolean): { before: TrainingState; after: TrainingState } {
    for (const traveller of this.travellers)
      traveller.run.reshape(keep ? this.stateOf(traveller) : traveller.base);
    const [main] = this.travellers;
    return { before: main.base, after: keep ? this.stateOf(main) : main.base };
  }

  /** A network at R(t), computed from where the path began. */
  private stateOf({ base, bases }: Traveller): TrainingState {
    const { r, q } = bases.at(this.t);
    return applyBasis(base, bases.layer, r, q, this.session.main.operationOptions);
  }
}

import type { NetworkSpec } from '../../network/spec';
import { useLab } from '../../store/lab';
import { fullRefusal } from './neurons/legality';

/** Statuses in which the worker takes operations. */
const OPERABLE = new Set(['paused', 'resting', 'playing', 'waiting']);

/** Why the network cannot be operated on at this moment, or null. */
function busyReason(): string | null {
  const { run } = useLab.getState();
  return OPERABLE.has(run.status) ? null : 'Not while the lab is starting or a path is open.';
}

/** Why no weight matrix can be made diagonal, or null. Matrices 1, 3, 5 … between isotropic layers can. */
export function sparsifyRefusal(spec: NetworkSpec | undefined): string | null {
  if (!spec) return 'The network is not there yet.';
  return fullRefusal(spec, 1) === null ? null : 'Needs two hidden layers or more.';
}

/** Makes every second weight matrix diagonal: an exact operation on the whole network. */
export function requestSparsify(): void {
  const lab = useLab.getState();
  if (busyReason() === null && sparsifyRefusal(lab.snapshots.main?.spec) === null)
    lab.operate({ kind: 'sparsify', layer: 1 }, Date.now());
}

/** Sets every bias and ψ to 0. The classes are then divided by straight lines through the origin. */
export function requestZeroBiases(): void {
  if (busyReason() === null) useLab.getState().operate({ kind: 'zero-biases', layer: 0 }, Date.now());
}

import { cloneState, type TrainingState } from '../network/network';
import { fullLegality, turn } from './diagonalise';
import type { OperationResult } from './types';

/** The weight matrices that can be diagonal at the same time: 1, 3, 5 … (diagonalising one rewrites its neighbours). */
export function sparsifiable(state: TrainingState): number[] {
  const { spec } = state.network;
  return spec.hidden.map((_, l) => l).filter((l) => l % 2 === 1 && fullLegality(spec, l).legal);
}

/** Full diagonalisation of every second weight matrix (facts §3, Exp 5). Throws where there is none to diagonalise. */
export function sparsify(state: TrainingState): OperationResult {
  const layers = sparsifiable(state);
  if (layers.length === 0)
    throw new Error(
      'Sparsifying needs two hidden layers or more: only weights between them can be diagonal.',
    );
  return layers.reduce<OperationResult>((done, layer) => turn(done.state, { kind: 'full', layer }), {
    state,
    promise: 'exact',
    sigmaRemoved: [],
    corrections: [],
  });
}

/** Sets every bias and ψ to 0, moments included. Not function-preserving: what is left has a linear argmax (facts §4). */
export function zeroBiases(state: TrainingState): OperationResult {
  const next = cloneState(state);
  const { first, second } = next.optimiser;
  for (const tensors of [next.network.parameters, first, ...(second ? [second] : [])])
    for (const vector of [...tensors.biases, ...tensors.psi]) vector.fill(0);
  return { state: next, promise: 'none', sigmaRemoved: [], corrections: ['Every bias and ψ is 0 now.'] };
}

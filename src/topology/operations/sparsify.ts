import { cloneTrainingState, type TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { fullDiagonalisationAllowed, changeBasis } from './diagonalise';
import { prepareOptimiser, tensorValues, type TensorName } from '../optimiserTransport';
import type { OperationOptions, OperationResult } from '../types';

/** The weight matrices that can be diagonal at the same time: 1, 3, 5 … (diagonalising one rewrites its neighbours). */
export function sparsifiable(spec: NetworkSpec): number[] {
  return spec.hidden.map((_, l) => l).filter((l) => l % 2 === 1 && fullDiagonalisationAllowed(spec, l).legal);
}

/**
 * Full diagonalisation of every second weight matrix, exact on isotropic networks. Throws where there is none
 * to diagonalise.
 */
export function sparsifyNetwork(state: TrainingState, options: OperationOptions = {}): OperationResult {
  const layers = sparsifiable(state.network.spec);
  if (layers.length === 0)
    throw new Error(
      'Sparsifying needs two hidden layers or more: only weights between them, away from parallel paths, can be diagonal.',
    );
  return layers.reduce<OperationResult>(
    (done, layer) => changeBasis(done.state, { kind: 'full', layer }, options),
    {
      state,
      promise: 'exact',
      sigmaRemoved: [],
      corrections: [],
    },
  );
}

/**
 * Sets every bias and ψ to 0. Not function-preserving: what is left has a linear argmax. Their first moments start
 * again at 0, so that no momentum brings the old values back; second moments as `transport` says. Throws on networks with
 * parallel paths or convolutions, whose units act one by one: no argmax becomes linear there.
 */
export function zeroNetworkBiases(state: TrainingState, options: OperationOptions = {}): OperationResult {
  if (state.network.spec.hidden.some(({ paths, convolution }) => paths ?? convolution))
    throw new Error(
      'A network with parallel paths or convolutions does not become linear without its biases.',
    );
  const next = cloneTrainingState(state);
  const { parameters } = next.network;
  const touched: TensorName[] = [
    ...parameters.biases.map((_, layer) => ({ kind: 'biases' as const, layer })),
    ...parameters.psi.map((_, layer) => ({ kind: 'psi' as const, layer })),
  ];
  const optimiser = prepareOptimiser(next.optimiser, touched, options);
  for (const name of touched) {
    tensorValues(parameters, name).fill(0);
    tensorValues(optimiser.first, name).fill(0);
  }
  return {
    state: { network: next.network, optimiser },
    promise: 'none',
    sigmaRemoved: [],
    corrections: ['Every bias and ψ is 0 now.'],
  };
}

import type { TrainingState } from '../../network/network';
import { changeBasis } from './diagonalise';
import { growNeurons } from './grow';
import { removeNeurons } from './remove';
import { sparsifyNetwork, zeroNetworkBiases } from './sparsify';
import type { Operation, OperationOptions, OperationResult } from '../types';

/**
 * Carries out a structural operation on a training state; the input is never changed. Moments go along as `options` say (by
 * default both, new entries at 0). Throws a sentence for people when it is not possible, also where a probe is needed and missing.
 */
export function applyOperation(
  state: TrainingState,
  operation: Operation,
  options: OperationOptions = {},
): OperationResult {
  switch (operation.kind) {
    case 'left':
    case 'full':
    case 'rotate':
      return changeBasis(state, operation, options);
    case 'remove':
      return removeNeurons(state, operation, options);
    case 'grow':
      return growNeurons(state, operation, options);
    case 'sparsify':
      return sparsifyNetwork(state, options);
    case 'zero-biases':
      return zeroNetworkBiases(state, options);
  }
}

export { applyBasis, basisRefusal } from './basis';
export { fullDiagonalisationAllowed } from './diagonalise';
export { missingCorrections } from './remove';

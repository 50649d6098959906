import type { TrainingState } from '../../network/network';
import { turn } from './diagonalise';
import { grow } from './grow';
import { remove } from './remove';
import { sparsify, zeroBiases } from './sparsify';
import type { Operation, OperationOptions, OperationResult } from '../types';

/**
 * Carries out a structural operation on a training state; the input is never changed. Moments go along as `options` say (by
 * default both, new entries at 0). Throws a sentence for people when it is not possible, also where a probe is needed and missing.
 */
export function operate(
  state: TrainingState,
  operation: Operation,
  options: OperationOptions = {},
): OperationResult {
  switch (operation.kind) {
    case 'left':
    case 'full':
    case 'rotate':
      return turn(state, operation, options);
    case 'remove':
      return remove(state, operation, options);
    case 'grow':
      return grow(state, operation, options);
    case 'sparsify':
      return sparsify(state, options);
    case 'zero-biases':
      return zeroBiases(state, options);
  }
}

export { applyBasis, networkInBasis, pathsInTheWay } from './basis';
export { basesOf, fullLegality } from './diagonalise';
export { missingCorrections } from './remove';

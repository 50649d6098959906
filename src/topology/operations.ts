import type { TrainingState } from '../network/network';
import { turn } from './diagonalise';
import { grow } from './grow';
import { remove } from './remove';
import { sparsify, zeroBiases } from './sparsify';
import type { Operation, OperationResult } from './types';

/** Carries out a structural operation on a training state, moments included; the input is never changed. Throws a sentence for people when it is not possible. */
export function operate(state: TrainingState, operation: Operation): OperationResult {
  switch (operation.kind) {
    case 'left':
    case 'full':
    case 'rotate':
      return turn(state, operation);
    case 'remove':
      return remove(state, operation.layer, operation.count, operation.where);
    case 'grow':
      return grow(state, operation.layer, operation.count, operation.seed);
    case 'sparsify':
      return sparsify(state);
    case 'zero-biases':
      return zeroBiases(state);
  }
}

export { applyBasis, networkInBasis } from './basis';
export { basesOf, fullLegality } from './diagonalise';
export { missingCorrections } from './remove';

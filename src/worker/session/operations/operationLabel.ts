import type { Operation } from '../../../topology/types';

/** How a label says what chose the units removed; σ, the paper's, goes without saying. */
const CHOSEN_BY: Record<NonNullable<Extract<Operation, { kind: 'remove' }>['criterion']>, string> = {
  sigma: '',
  'sigma-outgoing': ' by σ·‖column‖',
  gradient: ' by gradient',
  energy: ' by energy',
  random: ' at random',
};

/** What a structural operation is called on its pin. */
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

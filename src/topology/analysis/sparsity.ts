import { initialTrainingState } from '../../network/initialise';
import { parameterCount, type Network } from '../../network/network';
import { referenceForward } from '../../network/reference';
import { applyOperation } from '../operations/operations';
import { nonZeroParameters } from '../sparsity';
import type { ProbeInputs } from '../types';
import { diagonalLayers, layeredMultiplies, removedByDiagonalising } from './counts';
import { requireIsotropic } from './singleUnit';
import { appliedWeights, sparseForward } from './sparseForward';
import type { SparsityReport } from './types';

/**
 * The network after full diagonalisation of every second weight matrix; the network itself where no matrix can be made
 * diagonal.
 */
function diagonalised(network: Network): Network {
  if (diagonalLayers(network.spec.hidden.length).length === 0) return network;
  return applyOperation(initialTrainingState(network, 'sgd'), { kind: 'sparsify', layer: 1 }).state.network;
}

/**
 * What full diagonalisation of every second matrix saves: parameters above `threshold` before and after, against the closed form, and
 * the multiplications of a sparse forward pass whose logits are compared with the layered pass of the network as it was.
 */
export function sparsityReport(network: Network, threshold: number, probe: ProbeInputs): SparsityReport {
  requireIsotropic(network, 'Diagonalising every second matrix');
  if (!(threshold >= 0)) throw new Error('The threshold must be 0 or more.');
  const after = diagonalised(network);
  const applied = appliedWeights(after);
  const diagonal = applied.flatMap(({ kind }, l) => (kind === 'diagonal' ? [l] : []));
  const dense = referenceForward(network, probe.x, probe.n).logits;
  const sparse = sparseForward(after, applied, probe.x, probe.n);
  const parameters = parameterCount(network.spec);
  const nonZeroBefore = nonZeroParameters(network, threshold);
  const nonZeroAfter = nonZeroParameters(after, threshold);
  return {
    diagonal,
    threshold,
    parameters,
    nonZeroBefore,
    nonZeroAfter,
    expectedRemovedPercent: (100 * removedByDiagonalising(network.spec)) / parameters,
    removedPercent: (100 * (nonZeroBefore - nonZeroAfter)) / parameters,
    denseMultiplies: layeredMultiplies(network.spec),
    sparseMultiplies: layeredMultiplies(network.spec, diagonal),
    maxAbsLogit: dense.reduce((top, value, i) => Math.max(top, Math.abs(value - sparse[i])), 0),
    n: probe.n,
  };
}

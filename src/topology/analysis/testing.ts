import { cloneNetwork, createMatrix, type Matrix, type Network } from '../../network/network';
import { networkInBasis } from '../operations/basis';
import { basisTargets } from '../operations/diagonalise';

/** A network with a hidden layer in its diagonal basis, by the operations themselves: tests only. */
export function inDiagonalBasis(network: Network, layer: number): Network {
  return networkInBasis(network, layer, basisTargets(network, { kind: 'left', layer }).r);
}

const withoutEntry = (v: Float64Array, unit: number): Float64Array => v.filter((_, i) => i !== unit);

function withoutRow({ rows, cols, data }: Matrix, unit: number): Matrix {
  return createMatrix(
    rows - 1,
    cols,
    data.filter((_, i) => Math.floor(i / cols) !== unit),
  );
}

function withoutColumn({ rows, cols, data }: Matrix, unit: number): Matrix {
  return createMatrix(
    rows,
    cols - 1,
    data.filter((_, i) => i % cols !== unit),
  );
}

/** The network with one unit of its present basis cut out entry by entry, and the corrections of a removal: tests only. */
export function withoutUnit(
  network: Network,
  layer: number,
  unit: number,
  corrections: { o: boolean; psi: boolean },
): Network {
  const out = cloneNetwork(network);
  const { spec, parameters } = out;
  const hidden = spec.hidden[layer];
  const b = parameters.biases[layer][unit];
  const above = parameters.weights[layer + 1];
  if (corrections.o) {
    if (hidden.o === 'off') parameters.o[layer] = 0;
    hidden.o = 'fixed';
    parameters.o[layer] += b * b;
  }
  if (corrections.psi) {
    if (hidden.psi === 'off' || hidden.psi === 'expectation') parameters.psi[layer].fill(0);
    hidden.psi = 'fixed';
    for (let j = 0; j < above.rows; j++) parameters.psi[layer][j] += above.data[j * above.cols + unit] * b;
  }
  hidden.width -= 1;
  parameters.weights[layer] = withoutRow(parameters.weights[layer], unit);
  parameters.biases[layer] = withoutEntry(parameters.biases[layer], unit);
  if (layer > 0) parameters.psi[layer - 1] = withoutEntry(parameters.psi[layer - 1], unit);
  parameters.weights[layer + 1] = withoutColumn(above, unit);
  return out;
}
